"""What an activity's page shows."""

import json
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from halsonav.design.running import running
from halsonav.lib import dates
from halsonav.lib.swedish_calendar import wall_clock
from halsonav.programme.finder import ActivityPage, Finder, FinderQuery, Time
from halsonav.website import addresses, listing
from halsonav.website.find_view import address as address_of
from halsonav.website.qr import qr_code

SHOWN: Final = ("title", "summary", "join", "phone", "hours", "talk")
"""What the page's template takes as it is of the ready parts."""
RUNNING: Final = ("join", "talk")
"""What of it is running text."""
SHOWN_OF_PLACE: Final = ("place_note", "transport", "address", "area")
"""What it takes of where the shown time is held."""


def context(finder: Finder, page: ActivityPage, occurrence: int) -> dict[str, Any]:
    """Return the page; the asked-for occurrence stands in the panel, else the next one."""
    shown = page.time_of(occurrence) if occurrence else page.next_time
    parts, place = page.parts, page.place_of(shown)
    return {
        "parts": {name: parts[name] for name in SHOWN}
        | {name: running(parts[name]) for name in RUNNING},
        "place": {name: place[name] for name in SHOWN_OF_PLACE}
        | {"place_note": running(place["place_note"])},
        "join_by_phone": parts["registration"] != "none" and bool(parts["phone"]),
        "phone_href": f"tel:{parts['phone'].replace(' ', '').replace('-', '')}",
        "heading": parts["title"],
        "head": _safe(parts["head"]),
        "body": _safe(place["body"]),
        "foot": _safe(parts["foot"]),
        "panel": _panel(finder, page, shown, occurrence),
        "gone": bool(occurrence) and shown is None,
        "dates": _dates(finder, page, shown),
        "more_dates": _more_dates(page),
        "more_dates_href": f"{reverse('website:activity', args=(page.slug,))}?dates=all#datum",
        "map_href": _map_link(place),
        "travel_href": _travel_link(place),
        "like_it": listing.rows_html(page.like_it),
        "json_ld": _safe(_json_ld(finder, page)),
        "find": addresses.page("find"),
        "qr": qr_code(settings.ORIGIN + reverse("website:activity", args=(page.slug,))),
        "area_href": reverse("website:area", args=(place["area_slug"],)),
    }


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 (made by our own templates when the activity was written)


def _panel(
    finder: Finder, page: ActivityPage, time: Time | None, occurrence: int
) -> dict[str, Any] | None:
    if time is None:
        return None
    is_next = time is page.next_time
    return _clock(finder, time) | {
        "title": _("Nästa gång") if is_next else _("Den här gången"),
        "status": time.said.get("status_text", ""),
        "kind": time.said.get("status_kind", ""),
        "reason": time.said.get("reason", ""),
        "place": time.said.get("venue", ""),
        "calendar": ""
        if time.is_cancelled
        else addresses.of_occurrences("occurrence_calendar", page.slug) % time.occurrence,
    }


def _clock(finder: Finder, time: Time) -> dict[str, str]:
    return _clock_words(time.start, time.end, finder.moment.today, finder.language)


@lru_cache(maxsize=20_000)
def _clock_words(begins: datetime, ends: datetime, today: date, language: str) -> dict[str, str]:
    """Return a time in words; the same for every activity that meets then."""
    start, end = wall_clock(begins), wall_clock(ends)
    with override(language):
        day = dates.long_day(start.date(), language)
        relative = listing.relative_day(start.date(), today, language)
        if relative in (_("I dag"), _("I morgon")):
            day = _("%(relative)s, %(day)s") % {"relative": relative, "day": day}
        return {
            "day": day[:1].upper() + day[1:],
            "start": dates.clock(start, language),
            "end": dates.clock(end, language),
            "iso": start.isoformat(),
            "end_iso": end.isoformat(),
            "time": dates.span(start, end, language),
        }


def _dates(finder: Finder, page: ActivityPage, shown: Time | None) -> list[dict[str, Any]]:
    rows = []
    path = addresses.of_occurrences("occurrence", page.slug)
    here = page.place_of(shown)
    for time in page.times:
        if time is not shown:
            rows.append(
                _clock(finder, time)
                | {
                    "status": time.said.get("status_text", ""),
                    "kind": time.said.get("status_kind", ""),
                    "note": _note(time, elsewhere=page.place_of(time) is not here),
                    "href": path % time.occurrence,
                }
            )
    return rows


def _note(time: Time, *, elsewhere: bool) -> str:
    """Return why the time is not as planned, and where it is when that is not where we are."""
    place = time.said.get("venue", "") if elsewhere else ""
    return " · ".join(part for part in (time.said.get("reason", ""), place) if part)


def _more_dates(page: ActivityPage) -> str:
    left = page.total - len(page.times)
    if left <= 0:
        return ""
    said = ngettext("Och %(n)s tillfälle till.", "Och %(n)s tillfällen till.", left)
    return said % {"n": listing.count_words(left)}


def _map_link(place: dict[str, Any]) -> str:
    """Return our own map of the area; no outside map is asked."""
    query = FinderQuery(facets=(("area", place["area_slug"]),), view="map")
    return address_of(addresses.page("find"), query)


def _travel_link(place: dict[str, Any]) -> str:
    """Return a geo: address, which the visitor's own map opens; nothing leaves before a tap."""
    if place["lat"] is None:
        return ""
    return f"geo:{place['lat']},{place['lon']}?q={quote(place['place'])}"


def _json_ld(finder: Finder, page: ActivityPage) -> str:
    """Return schema.org events of the coming times, safe inside a script element."""
    address = settings.ORIGIN + addresses.of_occurrences("occurrence", page.slug)
    opened: dict[int, str] = {}  # times that say the same share a text, open where they differ
    events = []
    for time in page.times:
        if id(time.said) not in opened:
            event = json.dumps(_event(page, time), ensure_ascii=False)
            opened[id(time.said)] = event.replace("%", "%%").translate(_OPENED)
        words = _clock(finder, time)
        where = address % time.occurrence
        said = {"start": words["iso"], "end": words["end_iso"], "address": where}
        events.append(opened[id(time.said)] % said)
    graph = f'{{"@context": "https://schema.org", "@graph": [{", ".join(events)}]}}'
    return graph.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


_START, _END, _ADDRESS = "\ufdd0", "\ufdd1", "\ufdd2"
_OPENED: Final = str.maketrans({_START: "%(start)s", _END: "%(end)s", _ADDRESS: "%(address)s"})


def _event(page: ActivityPage, time: Time) -> dict[str, Any]:
    """Return the event, with marks for its time and address."""
    parts = page.parts
    return {
        "@type": "Event",
        "name": parts["title"],
        "description": parts["summary"],
        "startDate": _START,
        "endDate": _END,
        **_event_status(time),
        **_attendance(page.place_of(time)),
        "inLanguage": time.said.get("language", []),
        "isAccessibleForFree": parts["free"],
        "organizer": [{"@type": "Organization", "name": name} for name in parts["organisers"]],
        "url": _ADDRESS,
        "offers": {
            "@type": "Offer",
            "price": parts["cost"],
            "priceCurrency": "SEK",
            "url": _ADDRESS,
        },
    }


def _event_status(time: Time) -> dict[str, str]:
    """Return the status, and the time that it had; a new place alone is no new time."""
    before = time.said.get("moved_from")
    if time.is_cancelled:
        return {"eventStatus": "https://schema.org/EventCancelled"}
    if before:
        return {
            "eventStatus": "https://schema.org/EventRescheduled",
            "previousStartDate": before,
        }
    return {"eventStatus": "https://schema.org/EventScheduled"}


def _attendance(place: dict[str, Any]) -> dict[str, Any]:
    """Return how and where one takes part; on the net one learns how on the event's own page.

    A place on the net that has an address or a position too is both.
    """
    where: Any
    virtual = {"@type": "VirtualLocation", "name": place["place"], "url": _ADDRESS}
    if not place["online"]:
        mode, where = "Offline", _event_place(place)
    elif place["address"] or place["lat"] is not None:
        mode, where = "Mixed", [_event_place(place), virtual]
    else:
        mode, where = "Online", virtual
    return {
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "location": where,
    }


def _event_place(place: dict[str, Any]) -> dict[str, Any]:
    said = {"@type": "Place", "name": place["place"], "address": place["address"]}
    if place["lat"] is None:
        return said
    position = {"latitude": place["lat"], "longitude": place["lon"]}
    return said | {"geo": {"@type": "GeoCoordinates"} | position}
