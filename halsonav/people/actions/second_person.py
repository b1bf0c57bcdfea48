"""Who may be one of the two persons who take a lost second step away.

Two accounts can be one person's. So neither is quite new, and neither has brought the other in.
"""

from datetime import timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from halsonav.people.models import Invitation, JournalEntry, User

NEW_FOR: Final = timedelta(days=7)
"""How long an account is too new for asking or approving."""


class NotApartError(ValidationError):
    """An account is too new, or one of the two was invited or given a role by the other."""


def refuse_who_is_new(user: User) -> None:
    """Raise `NotApartError` for an account that is younger than a week."""
    if user.joined_at > timezone.now() - NEW_FOR:
        raise NotApartError(f"{_('Ditt konto är nyare än en vecka.')} {_who_can()}")


def refuse_who_belong_together(asker: User | None, user: User) -> None:
    """Raise `NotApartError` when one of them has invited the other or given them a role.

    An asker whose account is gone cannot be told apart from anybody.
    """
    if asker is None or _has_brought_in(asker, user) or _has_brought_in(user, asker):
        said = _(
            "Du och den som bad om det får inte ha bjudit in varandra eller gett varandra en roll."
        )
        raise NotApartError(f"{said} {_who_can()}")


def _has_brought_in(one: User, other: User) -> bool:
    invited = Invitation.objects.filter(invited_by=one, accepted_at__isnull=False)
    given = JournalEntry.objects.about(other).filter(verb="give_role", actor_id=one.pk)
    return (
        invited.filter(email__iexact=other.email).exists()
        or _said_yes(other, invited).exists()
        or given.exists()
    )


def _said_yes(user: User, invited: QuerySet[Invitation]) -> QuerySet[JournalEntry]:
    """Return where the user accepted one of them, with whichever address they had then."""
    numbers = [str(pk) for pk in invited.values_list("pk", flat=True)]
    accepted = JournalEntry.objects.filter(verb="accept_invitation", actor_id=user.pk)
    return accepted.filter(about_type=Invitation._meta.label_lower, about_id__in=numbers)


def _who_can() -> str:
    return _(
        "Någon annan som sköter personalen, eller en driftansvarig, behöver göra det. Finns ingen "
        "annan, kan den som sköter servern hjälpa personen."
    )
