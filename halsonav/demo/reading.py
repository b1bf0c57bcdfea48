"""Reads the demo's content files."""

import tomllib
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any, Final

from halsonav.lib.swedish_calendar import monday_of

CONTENT: Final = Path(__file__).parent / "content"
SUMMER_WEEKS: Final = range(26, 33)


def read(name: str) -> dict[str, Any]:
    """Return a content file as it stands."""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text("utf-8"))


def activities() -> list[dict[str, Any]]:
    """Return every activity, in order of address."""
    files = sorted((CONTENT / "activities").glob("*.toml"))
    return [tomllib.loads(path.read_text("utf-8")) for path in files]


def plan_of(block: dict[str, Any], today: date) -> dict[str, Any]:
    """Return a schedule's model fields from its weeks relative to this one."""
    first = monday_of(today) + timedelta(weeks=block["from_week"])
    last = monday_of(today) + timedelta(weeks=block["to_week"], days=6)
    skipped = _summer(first, last) if block.get("not_in_summer") else []
    return {
        "rule": block["rule"],
        "first_day": first,
        "last_day": last,
        "start": time.fromisoformat(block["start"]),
        "end": time.fromisoformat(block["end"]),
        "skipped_days": skipped,
    }


def _summer(first: date, last: date) -> list[str]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day.isoformat() for day in days if day.isocalendar().week in SUMMER_WEEKS]
