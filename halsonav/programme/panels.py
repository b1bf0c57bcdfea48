"""What the programme puts on Today: the day's occurrences, and what people looked for in vain."""

from datetime import datetime, time, timedelta
from typing import Final
from urllib.parse import urlencode

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halsonav.design.panels import Panel, Row
from halsonav.lib import dates
from halsonav.lib.swedish_calendar import at_wall_clock, wall_clock
from halsonav.people.models import Reader
from halsonav.people.permissions import Permission
from halsonav.people.rules import centres_where
from halsonav.programme.models import MissedSearch, Occurrence, OccurrenceStatus

MOST_ROWS: Final = 7
LOOK_BACK: Final = timedelta(days=30)
FEWEST_TIMES: Final = 3
"""Words that were searched for only once or twice may be about one person, and say nothing yet."""


def occurrences_today(user: Reader) -> Panel | None:
    """Return today's occurrences at the user's own centres, in order of time."""
    today = timezone.localdate()
    first, last = at_wall_clock(today, time()), at_wall_clock(today + timedelta(days=1), time())
    listed = (
        Occurrence.objects.visible_to(user)
        .filter(starts_at__gte=first, starts_at__lt=last)
        .filter(activity__centre__in=centres_where(user, Permission.SEE_WORKSPACE))
        .select_related("activity", "activity__venue", "venue")
        .order_by("starts_at")[:MOST_ROWS]
    )
    rows = [_row(occurrence) for occurrence in listed]
    return Panel(title=_("Dagens tillfällen"), rows=rows) if rows else None


def _row(occurrence: Occurrence) -> Row:
    language = translation.get_language() or "sv"
    start: datetime = wall_clock(occurrence.starts_at)
    venue = occurrence.venue or occurrence.activity.venue
    said = "" if occurrence.status == OccurrenceStatus.PLANNED else occurrence.get_status_display()
    return Row(
        when=dates.clock(start, language),
        title=occurrence.activity.title,
        href=reverse("website:occurrence", args=(occurrence.activity.slug, occurrence.pk)),
        note=" · ".join(part for part in (venue.name, str(said)) if part),
        late=occurrence.is_cancelled,
    )


def missed_searches(user: Reader) -> Panel | None:
    """Return what was searched for in vain three times or more in thirty days, the most first."""
    since = timezone.localdate() - LOOK_BACK
    listed = (
        MissedSearch.objects.visible_to(user)
        .filter(day__gte=since)
        .values("text")
        .annotate(sum=Sum("times"))
        .filter(sum__gte=FEWEST_TIMES)
        .order_by("-sum", "text")[:MOST_ROWS]
    )
    rows = [
        Row(
            when=ngettext("%(n)d gång", "%(n)d gånger", row["sum"]) % {"n": row["sum"]},
            title=row["text"],
            href=f"{reverse('website:find')}?{urlencode({'q': row['text']})}",
        )
        for row in listed
    ]
    return Panel(title=_("Sökningar utan träff"), rows=rows) if rows else None
