"""What those who manage people meet on Today; nobody is named there, so nothing is read."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from halsonav.design.panels import Panel, Row
from halsonav.lib import dates
from halsonav.people.models import FactorReset, Reader, scope_of, wholly_within
from halsonav.people.permissions import Permission

MOST = 7


def lost_second_steps(user: Reader) -> Panel | None:
    """Return the lost second steps that wait for this user's decision."""
    scope = scope_of(user, Permission.MANAGE_PEOPLE)
    if not scope:
        return None
    theirs = wholly_within(scope).exclude(pk__in=[user.pk])
    waiting = FactorReset.objects.visible_to(user).open(timezone.now()).filter(user__in=theirs)
    others = waiting.exclude(asked_by=user.pk).order_by("asked_at")[:MOST]
    return Panel(_("Väntar på ditt godkännande"), [_row(one) for one in others])


def _row(reset: FactorReset) -> Row:
    return Row(
        when=dates.clock(timezone.localtime(reset.asked_at), "sv"),
        title=_("Någon har tappat sitt andra steg"),
        href=reverse("people:factor_reset", args=[reset.user_id]),
        note=_("En kollega har bett om det. Två behöver vara överens."),
    )
