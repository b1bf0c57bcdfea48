"""The monthly look at readings: some are drawn at random, and somebody says of each what it was."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from secrets import SystemRandom
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halsonav.lib.swedish_calendar import at_wall_clock
from halsonav.people import journal
from halsonav.people.models import (
    AskReason,
    Centre,
    JournalEntry,
    Organisation,
    ReadReview,
    ReviewedReading,
    Role,
    RoleAssignment,
    User,
    Verdict,
)

MOST: Final = 20
"""So many lines are drawn for a place and month."""

Place = Centre | Organisation | None
_chance: Final = SystemRandom()


class OwnReadingError(ValidationError):
    """Nobody reviews what they have read themselves."""


class ReviewedAlreadyError(ValidationError):
    """Somebody else has said what the reading was; it stays as they said."""


@transaction.atomic
def draw_reviews(*, by: journal.Actor = None, today: date | None = None) -> int:
    """Draw last month's readings for each place that has a manager, and for the whole; return how
    many reviews were made. What was drawn already is left as it is.
    """
    month = _month_before(today or timezone.localdate())
    made = [_draw(by, month, place) for place in _places()]
    return sum(made)


@transaction.atomic
def review_reading(
    *, by: User, line: ReviewedReading, verdict: Verdict, reason: AskReason | None = None
) -> None:
    """Say what a reading was; one that is to be asked about takes a reason.

    Who asked may say later that it was right. Raises `OwnReadingError`, `ReviewedAlreadyError` for
    another's verdict, or `ValidationError` when the reason is missing or too much.
    """
    if line.reader == by.pk:
        raise OwnReadingError(_("Någon annan än du behöver granska det som du själv har sett."))
    held = ReviewedReading.objects.select_for_update().get(pk=line.pk)
    if held.verdict and held.reviewer_id != by.pk:
        raise ReviewedAlreadyError(_("En kollega har redan granskat den här visningen."))
    held.verdict, held.reason = verdict, reason or ""
    held.reviewer, held.reviewed_at = by, timezone.now()
    held.full_clean()
    held.save(update_fields=["verdict", "reason", "reviewer", "reviewed_at"])
    journal.record(by=by, verb="review_reading", about=held, fields=["verdict"], why=held.reason)


def _month_before(today: date) -> date:
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def _places() -> Iterator[Place]:
    """Yield each centre and organisation where somebody is a manager, and None for the whole."""
    held = RoleAssignment.objects.filter(role=Role.CENTRE_MANAGER, user__is_active=True)
    yield from Centre.objects.filter(pk__in=held.values("centre")).order_by("pk")
    yield from Organisation.objects.filter(pk__in=held.values("organisation")).order_by("pk")
    yield None


def _draw(by: journal.Actor, month: date, place: Place) -> bool:
    where = {
        "centre": place if isinstance(place, Centre) else None,
        "organisation": place if isinstance(place, Organisation) else None,
    }
    numbers = _readings(month, place)
    if not numbers or ReadReview.objects.filter(month=month, **where).exists():
        return False
    review = ReadReview.objects.create(month=month, drawn_at=timezone.now(), **where)
    drawn = _chance.sample(numbers, min(MOST, len(numbers)))
    ReviewedReading.objects.bulk_create(
        [ReviewedReading(review=review, entry=entry, reader=reader) for entry, reader in drawn]
    )
    journal.record(by=by, verb="draw_review", about=review)
    return True


def _readings(month: date, place: Place) -> list[tuple[int, int]]:
    """Return number and reader of each reading in the month by those who work at the place."""
    after = (month + timedelta(days=32)).replace(day=1)
    lines = JournalEntry.objects.readings().filter(
        at__gte=at_wall_clock(month, time.min),
        at__lt=at_wall_clock(after, time.min),
        actor_id__isnull=False,
    )
    if place is not None:
        lines = lines.filter(actor_id__in=_workers(place))
    rows = lines.order_by("number").values_list("number", "actor_id")
    return [(number, reader) for number, reader in rows if reader is not None]


def _workers(place: Centre | Organisation) -> list[int]:
    held = RoleAssignment.objects.all()
    if isinstance(place, Centre):
        held = held.filter(centre=place)
    else:
        within = Organisation.objects.within(place).values("pk")
        held = held.filter(organisation__in=within) | held.filter(centre__organisation__in=within)
    return list(held.values_list("user", flat=True).distinct())
