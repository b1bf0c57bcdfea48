"""Counts searches without a hit, outside the request that made them and without who."""

import threading
from collections import Counter
from datetime import date, timedelta
from typing import Final, NamedTuple

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from halsonav.lib.text import clean
from halsonav.people import journal
from halsonav.programme.models import MissedSearch

WAIT_SECONDS: Final = 5.0
KEPT: Final = timedelta(days=730)
MOST_WAITING: Final = 500


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

    A page that is read must not write, so this never touches the database itself.
    """
    missed = Missed(day, language, clean(text.lower(), 80), filters[:200])
    with _lock:
        if missed.text and len(_waiting) < MOST_WAITING:
            _waiting[missed] += 1
            _start_timer()


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
    """Write what waits; return how many different searches it was."""
    with _lock:
        _timer.clear()
        batch = dict(_waiting)
        _waiting.clear()
    for missed, times in batch.items():
        _add(missed, times)
    return len(batch)


@transaction.atomic
def forget_old_missed_searches(*, by: journal.Actor) -> int:
    """Delete searches without a hit that are older than two years; return how many."""
    last = timezone.localdate() - KEPT
    old = MissedSearch.objects.filter(day__lt=last)
    first = old.first()
    if first is None:
        return 0
    journal.record(by=by, verb="missed_search.forget", about=first)
    return old.delete()[0]


@transaction.atomic
def _add(missed: Missed, times: int) -> None:
    row, created = MissedSearch.objects.get_or_create(**missed._asdict(), defaults={"times": times})
    if not created:
        MissedSearch.objects.filter(pk=row.pk).update(times=F("times") + times)
