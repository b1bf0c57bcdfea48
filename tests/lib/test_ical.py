"""What we write as a calendar, another reader understands."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from halsonav.lib.formats.ical import CalendarEntry, event, write

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
START = datetime(2026, 11, 24, 9, tzinfo=UTC)
ENTRY = CalendarEntry("one@exempel.se", START, START + timedelta(minutes=90), "Promenad")
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=200
).filter(str.strip)


def calendar_of(*entries: CalendarEntry, language: str = "sv") -> bytes:
    return write([event(entry, language, NOW) for entry in entries], "Allt")


def read(*entries: CalendarEntry, language: str = "sv") -> list[object]:
    return list(Calendar.from_ical(calendar_of(*entries, language=language)).walk("VEVENT"))


def test_an_event_comes_back() -> None:
    body = write([event(ENTRY, "sv", NOW)], "Allt, alltid")
    calendar = Calendar.from_ical(body)
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert b"X-WR-CALNAME:Allt\\, alltid\r\n" in body
    [found] = calendar.walk("VEVENT")
    assert found["UID"] == "one@exempel.se"
    assert found.decoded("DTSTART") == START
    assert found.decoded("DTEND") - found.decoded("DTSTART") == timedelta(minutes=90)
    assert found.decoded("DTSTAMP") == NOW
    assert (found["STATUS"], found["SEQUENCE"]) == ("CONFIRMED", 0)
    assert not {"LOCATION", "DESCRIPTION", "URL", "GEO"} & set(found)
    assert b"DTSTART:20261124T090000Z" in body
    assert not [line for line in body.split(b"\r\n") if len(line) > 75]


def test_every_fact_is_written() -> None:
    entry = CalendarEntry(
        "two@exempel.se", START, START + timedelta(hours=1), "Promenad", "Parken, vid dammen",
        "Vi går; alla är med.\nTa med kaffe", "https://exempel.se/aktiviteter/promenad/1/",
        cancelled=True, stamp=NOW - timedelta(days=1), sequence=4, position=(57.69, 11.98),
    )  # fmt: skip
    [event] = Calendar.from_ical(calendar_of(entry)).walk("VEVENT")
    assert event["LOCATION"] == entry.place
    assert event["DESCRIPTION"] == entry.description
    assert event["URL"] == entry.url
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 4)
    assert event.decoded("DTSTAMP") == entry.stamp
    assert event.decoded("GEO") == (57.69, 11.98)


@pytest.mark.parametrize(
    ("language", "title"), [("sv", "Gåtur"), ("ar", "نزهة في الحديقة"), ("en", "Walk")]
)
def test_a_title_says_its_language(language: str, title: str) -> None:
    entry = CalendarEntry("one@exempel.se", START, START, title)
    [event] = Calendar.from_ical(calendar_of(entry, language=language)).walk("VEVENT")
    assert event["SUMMARY"] == title
    assert event["SUMMARY"].params["LANGUAGE"] == language


def test_an_empty_calendar_is_a_calendar() -> None:
    assert read() == []


@given(TEXT, TEXT)
def test_no_text_breaks_out_of_its_line(title: str, place: str) -> None:
    entry = CalendarEntry("one@exempel.se", START, START, title, place)
    body = calendar_of(entry)
    [event] = Calendar.from_ical(body).walk("VEVENT")
    assert event["SUMMARY"] == title
    assert event["LOCATION"] == place
    assert body.count(b"BEGIN:VEVENT") == body.count(b"END:VEVENT") >= 1


@pytest.mark.parametrize("line", ["\r\n", "\n"])
def test_a_line_break_in_a_title_adds_no_property(line: str) -> None:
    entry = CalendarEntry("one@exempel.se", START, START, f"Yoga{line}STATUS:CANCELLED")
    [event] = Calendar.from_ical(calendar_of(entry)).walk("VEVENT")
    assert event["STATUS"] == "CONFIRMED"
    assert str(event["SUMMARY"]).startswith("Yoga")
