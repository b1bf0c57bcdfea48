"""Whether the clock can be trusted: it is held against what has ticked beside it.

A wrong clock would forget too much, and what is forgotten is gone. So every few minutes the time is
noted beside the machine's own count of seconds since it started, which nobody sets. A jump of one
that the other does not show, a long silence, a time before what the journal already holds, or a
database that lives at another time: then the clock is in doubt until a person says it is right.
"""

import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from halsonav.people import journal
from halsonav.people.models import ClockReading, Doubt, JournalEntry

TOLERANCE: Final = timedelta(minutes=10)
"""What clocks are put right by in passing."""
LONGEST_SILENCE: Final = timedelta(hours=24)
_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
_ONLY: Final = 1


@dataclass(frozen=True)
class Ticks:
    """Seconds since the machine started, and which start that was; "" where none can tell."""

    boot: str
    seconds: float


def ticks() -> Ticks:
    """Return the machine's own count."""
    counted = getattr(time, "CLOCK_BOOTTIME", None)
    with suppress(OSError):
        if counted is not None:
            return Ticks(_BOOT.read_text("ascii").strip()[:40], time.clock_gettime(counted))
    return Ticks("", 0.0)


@transaction.atomic
def look(counted: Ticks | None = None) -> str:
    """Note the time; return why it is in doubt (a `Doubt`), or "" when it can be trusted."""
    now, counted = timezone.now(), counted or ticks()
    last = ClockReading.objects.select_for_update().filter(pk=_ONLY).first()
    if last is None:
        last = ClockReading(pk=_ONLY, at=now, boot=counted.boot, seconds=counted.seconds)
    doubt = last.doubt or _doubt(last, now, counted)
    began = bool(doubt) and not last.doubt
    last.doubt, last.at = doubt, now
    last.boot, last.seconds = counted.boot, counted.seconds
    last.save()
    if began:
        journal.record(by=None, verb="doubt_clock", about=last, fields=["doubt"], why=doubt)
    return doubt


def current_doubt() -> str:
    """Return why the clock is in doubt as far as is known, without noting anything."""
    return ClockReading.objects.filter(pk=_ONLY).values_list("doubt", flat=True).first() or ""


def _doubt(last: ClockReading, now: datetime, counted: Ticks) -> str:
    passed = now - last.at
    if passed < -TOLERANCE or _journal_is_ahead(now):
        return Doubt.BACKWARDS
    if counted.boot and counted.boot == last.boot:
        drift = passed - timedelta(seconds=counted.seconds - last.seconds)
        if abs(drift) > TOLERANCE:
            return Doubt.JUMPED
    if passed > LONGEST_SILENCE:
        return Doubt.SILENCE
    return Doubt.DATABASE if _database_disagrees(now) else ""


def _journal_is_ahead(now: datetime) -> bool:
    latest = JournalEntry.objects.order_by("-number").values_list("at", flat=True).first()
    return latest is not None and latest > now + TOLERANCE


def _database_disagrees(now: datetime) -> bool:
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
    return bool(abs(theirs - timezone.now()) > TOLERANCE)
