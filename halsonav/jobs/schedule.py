"""Which jobs come back, and when: rooms register theirs in `apps.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Final, Protocol

from django.utils import timezone

LONGEST_PAUSE: Final = timedelta(hours=8)


class When(Protocol):
    """Tells when a job runs next."""

    def next_after(self, moment: datetime) -> datetime:
        """Return the first time after the moment, which is aware."""


@dataclass(frozen=True)
class Every:
    """Again after so long."""

    pause: timedelta

    def next_after(self, moment: datetime) -> datetime:
        """Return the moment plus the pause."""
        return moment + self.pause


@dataclass(frozen=True)
class Daily:
    """Once a day, at a time on Sweden's clocks."""

    at: time

    def next_after(self, moment: datetime) -> datetime:
        """Return the next time that the clock shows it."""
        zone = timezone.get_default_timezone()
        day = moment.astimezone(zone).date()
        today = datetime.combine(day, self.at, zone)
        return today if today > moment else datetime.combine(day + timedelta(days=1), self.at, zone)


@dataclass(frozen=True)
class Job:
    """A job that comes back: its name, what it does, when, and the longest pause after failures."""

    name: str
    run: Callable[[], object]
    when: When = field(compare=False)
    longest_pause: timedelta = LONGEST_PAUSE


_jobs: dict[str, Job] = {}


def every(*, hours: float = 0, minutes: float = 0) -> Every:
    """Return "again after so long"; raise `ValueError` for no time at all."""
    pause = timedelta(hours=hours, minutes=minutes)
    if pause <= timedelta(0):
        raise ValueError("A job must wait a while before it comes back.")
    return Every(pause)


def daily(at: str) -> Daily:
    """Return "each day at", from a clock time like "03:10"."""
    return Daily(time.fromisoformat(at))


def register(
    name: str, run: Callable[[], object], when: When, longest_pause: timedelta = LONGEST_PAUSE
) -> None:
    """Let the job come back; registering the same name again replaces it."""
    _jobs[name] = Job(name, run, when, longest_pause)


def jobs() -> list[Job]:
    """Return every job by name."""
    return [_jobs[name] for name in sorted(_jobs)]


def forget(name: str) -> None:
    """Take a job away."""
    _jobs.pop(name, None)
