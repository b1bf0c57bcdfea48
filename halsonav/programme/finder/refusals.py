"""What is said of an address that asks for what there is not: in words, never its codes."""

import re
from collections.abc import Iterable
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from halsonav.lib.punctuation import together

MOST_SAID: Final = 4
MOST_WEEKS: Final = 53
_NUMBER: Final = re.compile(r"^(\d{4})-W(\d{2})$")

_ABOUT: Final = {
    "when": noop("dagar"),
    "time": noop("tid på dagen"),
    "view": noop("visning"),
    "sort": noop("ordning"),
    "by": noop("rader"),
    "centre": noop("verksamhet"),
    "area": noop("område"),
    "want": noop("vad du vill göra"),
    "theme": noop("tema"),
    "kind": noop("typ av aktivitet"),
    "dimension": noop("hälsa"),
    "group": noop("för vem"),
    "age": noop("ålder"),
    "language": noop("språk"),
    "level": noop("nivå"),
    "access": noop("tillgänglighet"),
    "join": noop("anmälan"),
}
"""What a choice is about, as it stands after "ditt val av"."""


def of_choices(names: Iterable[str]) -> list[str]:
    """Return one sentence on all choices that do not exist, named by what they are about."""
    about = [_(_ABOUT[name]) for name in dict.fromkeys(names)][:MOST_SAID]
    if not about:
        return []
    if len(about) == 1:
        said = _("Vi känner inte igen ditt val av %(what)s, så vi har tagit bort det.")
        return [said % {"what": about[0]}]
    said = _("Vi känner inte igen dina val av %(what)s, så vi har tagit bort dem.")
    return [said % {"what": together(about, get_language() or "sv")}]


def of_week(asked: str, *, is_shown: bool) -> str:
    """Return which week does not exist, and what is shown instead: a week, or all that comes."""
    instead = _("Här är den närmaste veckan.") if is_shown else _("Vi visar alla dagar.")
    return f"{_no_such_week(asked)} {instead}"


def _no_such_week(asked: str) -> str:
    found = _NUMBER.match(asked)
    if not found:
        return _("Vi kan inte läsa vilken vecka du menar.")
    year, week = int(found[1]), int(found[2])
    if week == MOST_WEEKS:
        return _("År %(year)d har ingen vecka %(week)d.") % {"year": year, "week": week}
    if not 0 < week < MOST_WEEKS:
        return _("Vecka %(week)d finns inte.") % {"week": week}
    return _("Vi visar inte veckor från år %(year)d.") % {"year": year}


def of_day() -> str:
    """Return that a day does not exist."""
    return _("Den dagen finns inte. Vi visar alla dagar.")
