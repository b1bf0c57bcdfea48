"""A clock that jumps is found before anything is forgotten by it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from halsonav.people import clock_witness, journal
from halsonav.people.actions import trust_clock
from halsonav.people.clock_witness import Ticks, look
from halsonav.people.models import ClockReading, JournalEntry, Role
from tests.factories.people import user_with

pytestmark = pytest.mark.django_db
ASKED = clock_witness._database_disagrees
MINUTES = timedelta(minutes=5)


def _later(clock: time_machine.Traveller, truly: timedelta, shown: timedelta) -> str:
    """Let time pass truly, and the clock show something else."""
    last = ClockReading.objects.get()
    clock.shift(shown)
    return look(Ticks(last.boot, last.seconds + truly.total_seconds()))


@pytest.fixture
def clock() -> time_machine.Traveller:  # type: ignore[misc]
    with time_machine.travel("2026-11-28T02:00:00Z", tick=False) as clock:
        assert look(Ticks("first start", 1000.0)) == ""
        yield clock


def test_a_clock_that_goes_as_time_does_is_trusted(clock: time_machine.Traveller) -> None:
    for _ in range(3):
        assert _later(clock, timedelta(hours=23), timedelta(hours=23, seconds=40)) == ""


@pytest.mark.parametrize(
    ("jump", "why"),
    [
        (timedelta(hours=-1), "backwards"),
        (timedelta(hours=1), "jumped"),
        (timedelta(days=1), "jumped"),
        (timedelta(days=400), "jumped"),
    ],
)
def test_a_jump_is_found_and_stays_in_doubt(
    clock: time_machine.Traveller, jump: timedelta, why: str
) -> None:
    assert _later(clock, MINUTES, MINUTES + jump) == why
    assert _later(clock, MINUTES, MINUTES) == why
    assert clock_witness.current_doubt() == why
    assert JournalEntry.objects.filter(verb="doubt_clock", why=why).count() == 1


def test_a_machine_that_starts_anew_is_trusted_after_a_short_silence_alone(
    clock: time_machine.Traveller,
) -> None:
    clock.shift(timedelta(hours=3))
    assert look(Ticks("second start", 20.0)) == ""
    clock.shift(timedelta(days=1, minutes=1))
    assert look(Ticks("third start", 20.0)) == "silence"


def test_a_time_before_what_the_journal_holds_is_in_doubt(clock: time_machine.Traveller) -> None:
    with time_machine.travel("2027-11-28T02:00:00Z"), transaction.atomic():
        journal.record(by=None, verb="test", about=ClockReading.objects.get())
    assert _later(clock, MINUTES, MINUTES) == "backwards"


def test_a_person_can_say_that_it_is_right_after_all(clock: time_machine.Traveller) -> None:
    assert _later(clock, MINUTES, timedelta(days=400)) == "jumped"
    trust_clock(by=user_with(Role.OPERATOR, name="Driftansvarig"))
    assert clock_witness.current_doubt() == ""
    assert look() in ("", "jumped")
    assert JournalEntry.objects.filter(verb="trust_clock").count() == 1


def test_a_database_that_lives_at_another_time_is_in_doubt(
    clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock_witness, "_database_disagrees", lambda now: True)
    assert _later(clock, MINUTES, MINUTES) == "database"


def test_the_machine_counts_seconds_that_nobody_sets() -> None:
    first, then = clock_witness.ticks(), clock_witness.ticks()
    assert first.boot == then.boot
    assert then.seconds >= first.seconds


def test_the_real_clock_and_the_real_database_agree() -> None:
    assert not ASKED(timezone.now())
    if connection.vendor == "postgresql":
        with time_machine.travel("2020-01-01T00:00:00Z"):
            assert ASKED(timezone.now())
    assert look() == ""
    assert look() == ""
    assert timezone.now() - ClockReading.objects.get().at < timedelta(minutes=1)


class AnyJump(TestCase):
    @given(st.integers(-600 * 24, 600 * 24).filter(lambda hours: abs(hours) >= 1))
    def test_no_jump_of_an_hour_or_more_passes(self, hours: int) -> None:
        with time_machine.travel("2026-11-28T02:00:00Z", tick=False) as clock:
            assert look(Ticks("first start", 1000.0)) == ""
            assert _later(clock, MINUTES, MINUTES + timedelta(hours=hours))
            ClockReading.objects.all().delete()
