"""Calendars: one occurrence as a file, any search as a feed."""

from datetime import UTC, datetime
from functools import partial
from typing import Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from halsonav.lib.formats import ical
from halsonav.lib.kept import Kept
from halsonav.lib.text import in_language
from halsonav.places.nearness import find_position
from halsonav.programme.finder import Finder
from halsonav.programme.models import Occurrence, OccurrenceQuerySet
from halsonav.programme.queries import wordings
from halsonav.website import find_view
from halsonav.website.answers import kept

MOST: Final = 500
"""So many occurrences are in a feed; one that is cut says so in its description."""
HIGHEST: Final = 2**63 - 1
"""The largest number that a database keeps; an address may hold a larger one."""
CALENDAR_TYPE: Final = "text/calendar; charset=utf-8"
_events: Kept[tuple[object, str, int], bytes] = Kept(6_000)
"""Events by state, language and occurrence: half a kilobyte each."""


@require_safe
def occurrence_calendar(request: HttpRequest, slug: str, occurrence: int) -> HttpResponse:
    """Return one occurrence as a calendar file."""
    if occurrence > HIGHEST:
        raise Http404
    found = _readable([occurrence]).filter(activity__slug=slug).first()
    if found is None:
        raise Http404
    entry = _entry(found, request.LANGUAGE_CODE)
    event = ical.event(entry, request.LANGUAGE_CODE, timezone.now())
    body = ical.write([event], entry.title)
    response = HttpResponse(body, content_type=CALENDAR_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    return response


@require_safe
def search_calendar(request: HttpRequest) -> HttpResponseBase:
    """Return what a search finds as a calendar to subscribe to.

    It holds the 500 that are next in time, and says so when there are more.
    """
    return kept(request, partial(_calendar, request))


def _calendar(request: HttpRequest, finder: Finder) -> HttpResponse:
    query, _problems = find_view.read(request.GET, finder, find_position)
    found = finder.times(query, MOST + 1)
    events = _events_of(finder, found[:MOST])
    body = ical.write(events, _("Hälsonav: gratis aktiviteter"), _cut(len(found)))
    return HttpResponse(body, content_type=CALENDAR_TYPE)


def _cut(found: int) -> str:
    """Return what a feed that does not hold everything says about itself."""
    if found <= MOST:
        return ""
    said = _(
        "Kalendern visar de %(n)d tillfällen som kommer närmast."
        " Det finns fler, och de kommer med efter hand."
    )
    return said % {"n": MOST}


def _events_of(finder: Finder, ids: list[int]) -> list[bytes]:
    """Return the events in the order of the ids; each is written once for a state of the finder."""
    state, language = finder.columns.version, finder.language
    ready = {one: _events.get((state, language, one)) for one in ids}
    for occurrence in _readable([one for one in ids if ready[one] is None]):
        event = ical.event(_entry(occurrence, language), language, datetime.now(UTC))
        ready[occurrence.pk] = _events.put((state, language, occurrence.pk), event)
    return [event for event in ready.values() if event]


def _readable(ids: list[int]) -> OccurrenceQuerySet:
    """Return what everybody may read: a calendar is the same for all, so it can be kept."""
    return (
        Occurrence.objects.visible_to(AnonymousUser())
        .filter(pk__in=ids)
        .select_related("activity__venue", "venue")
        .prefetch_related("activity__texts")
    )


def _entry(occurrence: Occurrence, language: str) -> ical.CalendarEntry:
    activity = occurrence.activity
    texts = wordings(activity, language)
    venue = occurrence.venue or activity.venue
    path = reverse("website:occurrence", args=(activity.slug, occurrence.pk))
    host = settings.ORIGIN.partition("://")[2]
    place = [in_language(venue.names, language, venue.name), venue.address]
    return ical.CalendarEntry(
        uid=f"occurrence-{occurrence.pk}@{host}",
        start=occurrence.starts_at,
        end=occurrence.ends_at,
        title=str(texts["title"].value),
        language=texts["title"].language,
        place=", ".join(part for part in place if part),
        description=str(texts["summary"].value),
        url=settings.ORIGIN + path,
        cancelled=occurrence.is_cancelled,
        stamp=occurrence.changed_at,
        sequence=occurrence.sequence,
        position=None if venue.lat is None or venue.lon is None else (venue.lat, venue.lon),
    )
