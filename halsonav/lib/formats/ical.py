"""Writes iCalendar (RFC 5545) over the icalendar library."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar, Event, vText

PRODUCT = "-//Hälsonav//SV"
_END = b"END:VCALENDAR\r\n"


@dataclass(frozen=True)
class CalendarEntry:
    """One event: aware times, `uid` that never changes, `sequence` that grows with each change.

    `language` is the title's own, when it is not that of the calendar.
    """

    uid: str
    start: datetime
    end: datetime
    title: str
    place: str = ""
    description: str = ""
    url: str = ""
    cancelled: bool = False
    stamp: datetime | None = None
    sequence: int = 0
    position: tuple[float, float] | None = None
    language: str = ""


def write(events: Iterable[bytes], name: str, description: str = "") -> bytes:
    """Return a calendar that holds the events, each as `event` gives it.

    The description tells the reader what the calendar holds, when its name does not.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar["X-WR-CALNAME"] = vText(name)
    if description:
        calendar["X-WR-CALDESC"] = vText(description)
    calendar["REFRESH-INTERVAL;VALUE=DURATION"] = "PT6H"
    return bytes(calendar.to_ical()).removesuffix(_END) + b"".join(events) + _END


def event(entry: CalendarEntry, language: str, now: datetime) -> bytes:
    """Return one event as it stands in a calendar of the language; times are written in UTC."""
    return bytes(_event(entry, language, now).to_ical())


def _event(entry: CalendarEntry, language: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamp or now)
    event.add("dtstart", entry.start)
    event.add("dtend", entry.end)
    event.add("sequence", entry.sequence)
    event.add("summary", vText(entry.title, params={"LANGUAGE": entry.language or language}))
    for name, value in (
        ("location", entry.place),
        ("description", entry.description),
        ("url", entry.url),
    ):
        if value:
            event.add(name, value)
    if entry.position:
        event.add("geo", entry.position)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event
