"""Users: people who sign in. Residents need no account."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from rules.permissions import has_perm

from halsonav.people.models.organisation import Organisation
from halsonav.people.models.reader import Reader
from halsonav.people.permissions import Permission, roles_with


@dataclass(frozen=True)
class Scope:
    """Where a permission is held: everywhere, or at these centres and in these organisations.

    `organisations` holds ids with everything below them already counted in.
    """

    everywhere: bool = False
    centres: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.centres or self.organisations)

    def covers(self, *, centre: int | None = None, organisation: int | None = None) -> bool:
        """Say whether a centre (with its organisation) or an organisation lies within."""
        return self.everywhere or centre in self.centres or organisation in self.organisations

    def holds(self, *, centre: str = "", organisation: str = "") -> Q:
        """Return the condition on rows whose lookup paths lead to a centre or an organisation."""
        if self.everywhere:
            return ~Q(pk__in=[])
        condition = Q(pk__in=[])
        if centre:
            condition |= Q(**{f"{centre}__in": self.centres})
            condition |= Q(**{f"{centre}__organisation__in": self.organisations})
        if organisation:
            condition |= Q(**{f"{organisation}__in": self.organisations})
        return condition


NOWHERE = Scope()


class UserQuerySet(models.QuerySet["User"]):
    """Lists of users."""

    def visible_to(self, user: Reader) -> Self:
        """Return oneself, and those with a role where the user may manage people."""
        scope = scope_of(user, Permission.MANAGE_PEOPLE)
        if scope.everywhere:
            return self.all()
        here = scope.holds(
            centre="role_assignments__centre", organisation="role_assignments__organisation"
        )
        return self.filter(Q(pk=user.pk) | Q(pk__in=User.objects.filter(here).values("pk")))


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes users and finds them by e-mail, whatever the case of its letters."""

    def create_user(
        self, email: str, password: str | None = None, *, display_name: str, language: str = "sv"
    ) -> "User":
        """Return a new saved user; without a password nobody can sign in with one."""
        user = User(email=email.strip().lower(), display_name=display_name, language=language)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user with the e-mail; raise `User.DoesNotExist`."""
        found: User = self.get(email__iexact=(username or "").strip())
        return found


class User(AbstractBaseUser):
    """Somebody who signs in by e-mail. What they may do follows from their roles alone."""

    email = models.EmailField("e-post", unique=True)
    display_name = models.CharField("visningsnamn", max_length=120)
    is_active = models.BooleanField("aktiv", default=True)
    language = models.CharField("språk", max_length=3, default="sv")
    is_protected = models.BooleanField("skyddade personuppgifter", default=False)
    closed_at = models.DateTimeField("stängt", null=True, blank=True)
    joined_at = models.DateTimeField("tillagd", default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = "användare"
        verbose_name_plural = "användare"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_is_theirs_alone"),
            models.CheckConstraint(
                condition=~Q(email="") & ~Q(display_name=""), name="user_has_an_email_and_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def get_full_name(self) -> str:
        """Return the name that others see."""
        return self.display_name

    get_short_name = get_full_name

    @property
    def is_staff(self) -> bool:
        """Say whether the user holds any role."""
        return bool(self._held)

    @cached_property
    def _held(self) -> tuple[tuple[str, int | None, int | None, str], ...]:
        """Roles with the ids of their centre and organisation and their origin, read once."""
        if not self.is_active or self.pk is None:
            return ()
        rows = self.role_assignments.values_list("role", "centre_id", "organisation_id", "origin")
        return tuple(rows)

    @property
    def roles(self) -> frozenset[str]:
        """Return the roles that the user holds somewhere."""
        return frozenset(role for role, _centre, _organisation, _origin in self._held)

    @property
    def follows_provider(self) -> bool:
        """Say whether any role is an identity provider's to give and take."""
        return any(origin for _role, _centre, _organisation, origin in self._held)

    @cached_property
    def _scopes(self) -> dict[Permission, Scope]:
        return {}

    def scope_of(self, permission: Permission) -> Scope:
        """Return where the user holds the permission."""
        if permission not in self._scopes:
            self._scopes[permission] = self._reckon(permission)
        return self._scopes[permission]

    def _reckon(self, permission: Permission) -> Scope:
        roles = roles_with(permission)
        held = [(centre, top) for role, centre, top, _origin in self._held if role in roles]
        tops = {top for _, top in held if top is not None}
        below = Organisation.objects.at_or_below(tops).values_list("pk", flat=True)
        return Scope(
            everywhere=(None, None) in held,
            centres=frozenset(centre for centre, _ in held if centre is not None),
            organisations=frozenset(below) if tops else frozenset(),
        )

    def forget_roles(self) -> None:
        """Read the roles anew at the next question; for whoever has just changed them."""
        self.__dict__.pop("_held", None)
        self.__dict__.pop("_scopes", None)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Say whether the user may; the rules of the rooms answer."""
        return bool(self.is_active and has_perm(perm, self, obj))  # type: ignore[no-untyped-call]

    def has_module_perms(self, app_label: str) -> bool:
        """Say whether the user has anything to do behind the counter."""
        return self.is_staff


def scope_of(user: Reader, permission: Permission) -> Scope:
    """Return where anybody, signed in or not, holds the permission."""
    return user.scope_of(permission) if isinstance(user, User) else NOWHERE
