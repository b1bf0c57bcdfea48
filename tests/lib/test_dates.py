"""Days and clock times are written as each language does, with Western figures."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halsonav.lib import dates

TUESDAY = date(2026, 11, 24)
LANGUAGES = ("sv", "en", "ar")
DAYS = st.dates(date(2000, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("language", "long", "short", "month", "weekday"),
    [
        ("sv", "tisdag 24 november", "tis 24 nov", "24 november", "tisdag"),
        ("en", "Tuesday 24 November", "Tue 24 Nov", "24 November", "Tuesday"),
        ("ar", "الثلاثاء 24 نوفمبر", "الثلاثاء 24 نوفمبر", "24 نوفمبر", "الثلاثاء"),
    ],
)
def test_a_day_in_words(language: str, long: str, short: str, month: str, weekday: str) -> None:
    assert dates.long_day(TUESDAY, language) == long
    assert dates.short_day(TUESDAY, language) == short
    assert dates.day_and_month(TUESDAY, language) == month
    assert dates.weekday(TUESDAY, language) == weekday


@pytest.mark.parametrize(("language", "short"), [("sv", "tis"), ("en", "Tue"), ("ar", "ثلاثاء")])
def test_a_short_weekday_is_shorter_than_the_whole(language: str, short: str) -> None:
    assert dates.short_weekday(TUESDAY, language) == short


@pytest.mark.parametrize(
    ("language", "said"),
    [("sv", "09.05 till 23.30"), ("en", "09:05 to 23:30"), ("ar", "09:05 حتى 23:30")],
)
def test_a_span_in_words(language: str, said: str) -> None:
    start, end = datetime.combine(TUESDAY, time(9, 5)), datetime.combine(TUESDAY, time(23, 30))
    assert dates.span(start, end, language) == said


@pytest.mark.parametrize(
    ("monday", "sv", "en", "ar"),
    [
        (date(2026, 11, 23), "23–29 november", "23 to 29 November", "23 حتى 29 نوفمبر"),
        (date(2026, 12, 28), "28 december–3 januari", "28 December to 3 January",
         "28 ديسمبر حتى 3 يناير"),
    ],
)  # fmt: skip
def test_a_week_in_words(monday: date, sv: str, en: str, ar: str) -> None:
    sunday = monday + timedelta(days=6)
    assert [dates.week_span(monday, sunday, code) for code in LANGUAGES] == [sv, en, ar]


@given(DAYS, st.sampled_from(LANGUAGES), st.times())
def test_figures_are_western_and_arabic_has_no_dash(day: date, language: str, clock: time) -> None:
    start = datetime.combine(day, clock)
    said = (
        dates.long_day(day, language),
        dates.short_day(day, language),
        dates.clock(clock, language),
        dates.span(start, start + timedelta(hours=1), language),
        dates.week_span(day, day + timedelta(days=6), language),
    )
    for words in said:
        assert not any(figure in words for figure in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")
        assert any(figure in words for figure in "0123456789")
        if language != "sv":
            assert not set("–—-") & set(words)


@pytest.mark.parametrize("language", ["", "xx", "tlh", "../etc", "sv_SE_x_y_z"])
def test_an_unknown_language_is_written_in_swedish(language: str) -> None:
    assert dates.long_day(TUESDAY, language) == "tisdag 24 november"
