"""How long something is kept and what happens then: rules that the register's entries carry.

A rule counts whole days on Sweden's calendar: what is kept thirty days from the first of March may
go when the thirty-first day from it is over, and never an hour before. So neither a summer clock
nor a leap day takes anything away early.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Final

from dateutil.relativedelta import relativedelta
from django.db.models import DateTimeField, Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halsonav.lib.swedish_calendar import at_wall_clock, wall_clock
from halsonav.people.journal import Actor


class Handling(StrEnum):
    """What an archive's plan calls it."""

    KEPT = "kept"
    AFTER = "after"
    LAPSED = "lapsed"


HANDLING_WORDS: Final = {
    Handling.KEPT: _("bevaras"),
    Handling.AFTER: _("gallras efter en tid"),
    Handling.LAPSED: _("gallras vid inaktualitet"),
}


@dataclass(frozen=True)
class Kept:
    """So long, by the calendar; nothing at all means until the time that is counted from."""

    years: int = 0
    months: int = 0
    days: int = 0

    @property
    def is_until(self) -> bool:
        """Say whether what is counted from is itself the end."""
        return not (self.years or self.months or self.days)

    def first_kept(self, today: date) -> date:
        """Return the earliest day whose things are kept still."""
        return today - relativedelta(years=self.years, months=self.months, days=self.days)


Verb = Callable[[Actor, "QuerySet[Any]"], int]
"""Does away with some rows, for somebody; returns how many things are gone."""


def throw_away(by: Actor, rows: "QuerySet[Any]") -> int:
    """Delete the rows and what hangs on them; return how many of them there were."""
    label = rows.model._meta.label
    return rows.delete()[1].get(label, 0)


@dataclass(frozen=True)
class Rule:
    """When some rows of a model go, and by which verb.

    name: a code, once in the register. since: the field that is counted from. handling and
    reference: what the archive's plan calls it, and where it says so. second_person: two people
    must agree. where: which rows the rule is for. guarded: a sudden mass is held for a person;
    not so for what a machine can make any number of in a night.
    """

    name: str
    since: str
    kept: Kept
    reference: str | Promise
    handling: Handling = Handling.AFTER
    verb: Verb = throw_away
    second_person: bool = False
    guarded: bool = True
    where: Q = field(default_factory=Q)

    def due(self, model: type[Model], now: datetime) -> "QuerySet[Any]":
        """Return the rows that may go at a moment, in order."""
        rows = model._default_manager.filter(self.where)
        return rows.filter(**{f"{self.since}__lt": self._before(model, now)}).order_by("pk")

    def _before(self, model: type[Model], now: datetime) -> date | datetime:
        by_moment = isinstance(model._meta.get_field(self.since), DateTimeField)
        if by_moment and self.kept.is_until:
            return now
        day = self.kept.first_kept(wall_clock(now).date())
        return at_wall_clock(day, time()) if by_moment else day


ACCOUNT: Final = _("Personuppgifter om användare: så länge kontot finns och ett år därefter.")
SAFETY_LOG: Final = _("Uppgifter om säkerhet i it-system: vid inaktualitet.")
PASSING: Final = _("Meddelanden av tillfällig eller ringa betydelse: efter trettio dagar.")
USED_UP: Final = _("Frågor och länkar som har använts eller blivit för gamla: vid inaktualitet.")
PLANNING: Final = _("Underlag för planering utan personuppgifter: efter två år.")
