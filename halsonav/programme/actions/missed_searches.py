"""Counts searches without a hit, outside the request that made them and without who."""

import threading
import unicodedata
from collections import Counter
from datetime import date
from typing import Final, NamedTuple

from django.db import DatabaseError, connection, transaction
from django.db.models import F

from halsonav.lib.text import clean
from halsonav.programme.models import MissedSearch

WAIT_SECONDS: Final = 5.0
MOST_WAITING: Final = 500
MOST_A_DAY: Final = 2_000
"""New searches kept of one day: far more than people miss, too few for a machine that asks for
anything at all to fill the disk. What is kept already goes on being counted. The processes do not
wait for one another, so it may be passed by what they write at the same moment."""
MOST_FIGURES: Final = 5
"""A postcode or a year is kept; six figures may be a birthday, a telephone or a case."""


class Missed(NamedTuple):
    """The same words, on the same day, in the same language, with the same filters."""

    day: date
    language: str
    text: str
    filters: str


_lock = threading.Lock()
_waiting: Counter[Missed] = Counter()
_timer: list[threading.Timer] = []


def note_missed_search(*, day: date, language: str, text: str, filters: str) -> None:
    """Remember a search without a hit; it is written a few seconds later, with others.

    A page that is read must not write, so this never touches the database itself. Words that may
    say who somebody is are not kept at all.
    """
    if _may_be_personal(text):
        return
    missed = Missed(day, language, clean(text.lower(), 80), filters[:200])
    with _lock:
        if missed.text and len(_waiting) < MOST_WAITING:
            _waiting[missed] += 1
            _start_timer()


def _may_be_personal(text: str) -> bool:
    """Whether an e-mail address, a telephone or a personal number may stand in the whole text."""
    plain = unicodedata.normalize("NFKC", text)
    return "@" in plain or sum(map(str.isdigit, plain)) > MOST_FIGURES


def _start_timer() -> None:
    if not _timer:
        timer = threading.Timer(WAIT_SECONDS, _write_and_close)
        timer.daemon = True
        _timer.append(timer)
        timer.start()


def _write_and_close() -> None:
    try:
        write_missed_searches()
    except DatabaseError:  # a count is not worth a failure
        return
    finally:
        connection.close()


def write_missed_searches() -> int:
    """Write what waits, as far as the day has room; return how many different searches it was."""
    with _lock:
        _timer.clear()
        batch = dict(_waiting)
        _waiting.clear()
    room = {day: _room(day) for day in {missed.day for missed in batch}}
    for missed, times in batch.items():
        room[missed.day] -= _add(missed, times, may_begin=room[missed.day] > 0)
    return len(batch)


def _room(day: date) -> int:
    return MOST_A_DAY - MissedSearch.objects.filter(day=day).count()


@transaction.atomic
def _add(missed: Missed, times: int, *, may_begin: bool) -> bool:
    """Count on, or begin when there is room; return whether it began."""
    same = MissedSearch.objects.filter(**missed._asdict())
    if same.update(times=F("times") + times) or not may_begin:
        return False
    _, began = MissedSearch.objects.get_or_create(**missed._asdict(), defaults={"times": times})
    if not began:  # another process was there in between
        same.update(times=F("times") + times)
    return began
