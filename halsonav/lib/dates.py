"""Days and clock times in words, in each language, over Babel's CLDR data.

Figures are always Western: times and dates must agree with signs, tickets and bus stops.
"""

from datetime import date, datetime, time
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

_UNTIL = {"sv": "till", "en": "to", "ar": "حتى"}
_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_CLOCK = {"sv": "%H.%M"}
_LONG = {"sv": "EEEE d MMMM", "en": "EEEE d MMMM", "ar": "EEEE d MMMM"}
_SHORT = {"sv": "E d MMM", "en": "E d MMM", "ar": "EEEE d MMMM"}


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    """Return the locale; English is British, with the day before the month."""
    try:
        return Locale.parse("en_GB" if language == "en" else language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("sv")


@lru_cache(maxsize=4096)
def _written(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=_locale(language)).translate(_WESTERN)


def long_day(day: date, language: str) -> str:
    """Return "tisdag 24 november"; the year goes without saying."""
    return _written(day, _LONG.get(language, "EEEE d MMMM"), language)


def day_and_month(day: date, language: str) -> str:
    """Return "24 november"."""
    return _written(day, "d MMMM", language)


def short_day(day: date, language: str) -> str:
    """Return "tis 24 nov."; Arabic has no short forms."""
    return _written(day, _SHORT.get(language, "E d MMM"), language).replace(".", "")


def weekday(day: date, language: str) -> str:
    """Return "tisdag"."""
    return _written(day, "EEEE", language)


def short_weekday(day: date, language: str) -> str:
    """Return "tis"; where that is the whole word, a shorter one without its article."""
    said = _written(day, "EEE", language)
    return _written(day, "EEEEEE", language) if said == weekday(day, language) else said


def clock(moment: datetime | time, language: str) -> str:
    """Return "10.00" in Swedish and "10:00" elsewhere."""
    return moment.strftime(_CLOCK.get(language, "%H:%M"))


def until(language: str) -> str:
    """Return the word between two clock times."""
    return _UNTIL.get(language, "–")


def span(start: datetime, end: datetime, language: str) -> str:
    """Return "10.00 till 11.30"; a range is never written with a dash, which turns in Arabic."""
    return f"{clock(start, language)} {until(language)} {clock(end, language)}"


def week_span(monday: date, sunday: date, language: str) -> str:
    """Return "24–30 november" or "28 november–4 december"; "24 to 30 November" in English.

    Only Swedish writes a dash: elsewhere a word stands between, as between clock times.
    """
    first = day_and_month(monday, language)
    if monday.month == sunday.month:
        first = str(monday.day)
    joint = "–" if language == "sv" else f" {until(language)} "
    return f"{first}{joint}{day_and_month(sunday, language)}"
