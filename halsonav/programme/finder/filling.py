"""Ready cards are filled in: each has marks where the time, the address and the day's additions go.

A card is opened at its marks once; to fill it is then one formatting of a string.
"""

import json
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import Any, Final, NamedTuple

from halsonav.lib import dates
from halsonav.lib.swedish_calendar import wall_clock

START: Final = "\ufdd0"  # Unicode's noncharacters: no text that people exchange holds them
START_ISO: Final = "\ufdd1"
END: Final = "\ufdd2"
OCCURRENCE: Final = "\ufdd3"
MORE: Final = "\ufdd4"
DAY: Final = "\ufdd5"
_OPENED: Final = str.maketrans(
    {
        "%": "%%",
        START: "%(start)s",
        START_ISO: "%(iso)s",
        END: "%(end)s",
        OCCURRENCE: "%(occurrence)d",
        MORE: "%(more)s",
        DAY: "%(day)s",
    }
)
_TAIL: Final = ', "id": %(occurrence)d, "start": "%(iso)s", "end": "%(end_iso)s"}'


class Filling(NamedTuple):
    """What goes into a card's marks: minutes since 1970 UTC, the occurrence, a day, more HTML."""

    start: int
    end: int
    occurrence: int
    day: str = ""
    more: str = ""


class Card:
    """A card as it was written: HTML and a JSON object, both with marks."""

    def __init__(self, html: str, data: str) -> None:
        """Open the HTML at its marks."""
        self._html = html.translate(_OPENED)
        self._data = data

    @cached_property
    def facts(self) -> dict[str, Any]:
        """Return what the JSON says, with its marks."""
        return json.loads(self._data)  # type: ignore[no-any-return]

    @cached_property
    def _opened_data(self) -> str:
        return self._data.removesuffix("}").translate(_OPENED) + _TAIL

    def html(self, filling: Filling, language: str) -> str:
        """Return the HTML with the times on Sweden's clocks, written as the language does."""
        start, iso = written(filling.start, language)
        return self._html % {
            "start": start,
            "iso": iso,
            "end": written(filling.end, language)[0],
            "occurrence": filling.occurrence,
            "day": filling.day,
            "more": filling.more,
        }

    def data(self, filling: Filling, origin: str) -> str:
        """Return the JSON object with start, end (RFC 3339, Sweden's offset) and address."""
        return self._opened_data % {
            "start": "",
            "end": "",
            "day": "",
            "iso": written(filling.start, "sv")[1],
            "end_iso": written(filling.end, "sv")[1],
            "occurrence": filling.occurrence,
            "more": origin,
        }


NO_CARD: Final = Card("", "{}")


@lru_cache(maxsize=40_000)
def written(minutes: int, language: str) -> tuple[str, str]:
    """Return a moment (minutes since 1970 UTC) on Sweden's clocks: in words, and as RFC 3339."""
    local = wall_clock(datetime.fromtimestamp(minutes * 60, UTC))
    return dates.clock(local, language), local.isoformat()
