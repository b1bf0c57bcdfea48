"""A month's drawn readings, as who may review them is shown them; showing them is a reading."""

from dataclasses import dataclass, field

from django.db import transaction

from halsonav.people.models import JournalEntry, ReadReview, ReviewedReading, User, Verdict
from halsonav.people.pages.access_log import Line, lines_in_words


@dataclass(frozen=True)
class Drawn:
    """One drawn reading: what the log says, and what has been said of it."""

    id: int
    line: Line
    verdict: str
    said: str
    reason: str
    is_own: bool
    is_of_another: bool

    @property
    def is_open(self) -> bool:
        """Say whether the one who looks may say something of it."""
        return not (self.is_own or self.is_of_another) and self.verdict != Verdict.OK


@dataclass(frozen=True)
class ReviewPage:
    """A review, with the readings in the order in which they happened."""

    drawn: list[Drawn] = field(default_factory=list)

    @property
    def left(self) -> int:
        """Return how many wait for the one who looks."""
        return sum(one.is_open and one.verdict == Verdict.WAITING for one in self.drawn)


@transaction.atomic
def review_shown(by: User, review: ReadReview) -> ReviewPage:
    """Return the readings of a review; it is written down who was named."""
    rows = {row.entry: row for row in ReviewedReading.objects.visible_to(by).filter(review=review)}
    entries = list(JournalEntry.objects.filter(number__in=rows).order_by("number"))
    lines = lines_in_words(by, entries, why="people:review")
    return ReviewPage([_drawn(by, rows[line.number], line) for line in lines])


def _drawn(by: User, row: ReviewedReading, line: Line) -> Drawn:
    return Drawn(
        id=row.pk,
        line=line,
        verdict=row.verdict,
        said=str(row.get_verdict_display()),
        reason=str(row.get_reason_display()) if row.reason else "",
        is_own=row.reader == by.pk,
        is_of_another=bool(row.verdict) and row.reviewer_id != by.pk,
    )
