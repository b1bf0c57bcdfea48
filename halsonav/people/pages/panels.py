"""What those who manage people meet on Today; nobody is named there, so nothing is read."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from halsonav.design.panels import Panel, Row
from halsonav.lib import dates
from halsonav.people.models import FactorReset, Reader, ReadReview, scope_of, wholly_within
from halsonav.people.pages.role_places import place_name
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


def readings_to_review(user: Reader) -> Panel | None:
    """Return the reviews with lines that wait for this user, one row each."""
    waiting = ReadReview.objects.waiting_for(user).select_related("centre", "organisation")
    rows = [_review_row(one) for one in waiting.order_by("month", "pk")[:MOST]]
    return Panel(_("Visningar att granska"), rows) if rows else None


def _review_row(review: ReadReview) -> Row:
    return Row(
        when=date_format(review.month, "F").capitalize(),
        title=place_name(review.place) if review.place else _("Hela installationen"),
        href=reverse("people:review", args=[review.pk]),
        note=_("Stickprov: vem har sett uppgifter om andra?"),
    )
