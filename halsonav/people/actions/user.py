"""Making accounts for people who work with the centre."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halsonav.people import journal
from halsonav.people.actions.invitation import withdraw_invitations_of
from halsonav.people.actions.role import refuse_without_operator
from halsonav.people.actions.session import end_sessions
from halsonav.people.letters import send_letter
from halsonav.people.models import User


class EmailTakenError(ValidationError):
    """Another user has the e-mail address."""


@transaction.atomic
def create_user(
    *,
    by: journal.Actor,
    email: str,
    display_name: str,
    password: str | None = None,
    language: str = "sv",
) -> User:
    """Return a new user; raise `EmailTakenError`, or `ValidationError` for what cannot be."""
    address = email.strip().lower()
    if User.objects.filter(email=address).exists():
        raise EmailTakenError({"email": _("Det finns redan ett konto med den adressen.")})
    _check(User(email=address, display_name=display_name, language=language))
    user = User.objects.create_user(address, password, display_name=display_name, language=language)
    journal.record(by=by, verb="create_user", about=user)
    return user


@transaction.atomic
def close_account(*, by: journal.Actor, user: User) -> None:
    """Let nobody sign in to the account any more; its sign-ins and what it has open end at once.

    Raises `LastOperatorError` when nobody would look after the installation any more.
    """
    refuse_without_operator(user)
    user.is_active, user.closed_at = False, timezone.now()
    user.save(update_fields=["is_active", "closed_at"])
    user.forget_roles()
    end_sessions(by=by, user=user)
    withdraw_invitations_of(by=by, user=user)
    send_letter("account_closed", to=user.email, language=user.language)
    journal.record(by=by, verb="close_account", about=user, fields=["is_active"])


@transaction.atomic
def open_account(*, by: journal.Actor, user: User) -> None:
    """Let the account be used again."""
    user.is_active, user.closed_at = True, None
    user.save(update_fields=["is_active", "closed_at"])
    user.forget_roles()
    journal.record(by=by, verb="open_account", about=user, fields=["is_active"])


@transaction.atomic
def choose_language(*, by: journal.Actor, user: User, language: str) -> None:
    """Let the workspace speak the language to the user; raise `ValidationError` if it cannot."""
    if language not in dict(settings.LANGUAGES):
        raise ValidationError({"language": _("Välj ett språk.")})
    user.language = language
    user.save(update_fields=["language"])
    journal.record(by=by, verb="choose_language", about=user, fields=["language"])


def _check(user: User) -> None:
    user.full_clean(exclude=["password"])
