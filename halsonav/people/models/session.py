"""Sign-ins that last: whose, since when, and on what kind of device."""

import re
from typing import Any, ClassVar, Final, Self

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from halsonav.people.models.reader import Reader
from halsonav.people.models.user import User, scope_of
from halsonav.people.permissions import Permission

_HASH: Final = re.compile("[0-9a-f]{64}")


class SessionQuerySet(models.QuerySet["Session"]):
    """Lists of sessions."""

    def visible_to(self, user: Reader) -> Self:
        """Return one's own, and those of the people whom the user may manage."""
        scope = scope_of(user, Permission.MANAGE_PEOPLE)
        if scope.everywhere:
            return self.filter(user__isnull=False)
        here = scope.holds(
            centre="role_assignments__centre", organisation="role_assignments__organisation"
        )
        theirs = User.objects.filter(here).values("pk")
        return self.filter(models.Q(user=user.pk, user__isnull=False) | models.Q(user__in=theirs))

    def kept_as(self, hashed: str) -> Self:
        """Return the one whose key has the hash; what is no hash finds none."""
        return self.filter(pk=hashed) if _HASH.fullmatch(hashed) else self.none()


class Session(AbstractBaseSession):
    """One sign-in on one device. The key is kept as a hash: who reads the table cannot use it."""

    session_key = models.CharField("nyckelns hash", max_length=64, primary_key=True)
    user = models.ForeignKey(
        User, models.CASCADE, verbose_name="användare", null=True, related_name="sessions"
    )
    started_at = models.DateTimeField("inloggad", null=True)
    seen_at = models.DateTimeField("senast sedd", null=True)
    device = models.CharField("enhet", max_length=60, blank=True, default="")

    objects: ClassVar[Any] = SessionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "inloggning"
        verbose_name_plural = "inloggningar"
