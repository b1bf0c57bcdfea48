"""What this room keeps about people: next to nothing."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from halsonav.people.personal_data import TASK
from halsonav.people.privacy.field_words import say
from halsonav.people.privacy.register import Entry, Who, declare, nothing_about_people
from halsonav.people.privacy.retention import PLANNING, Kept, Rule

_NOTHING: Final = (
    "programme.Theme", "programme.TargetGroup", "programme.ActivityText", "programme.FinderGroup",
    "programme.FinderCard", "programme.FinderPage", "programme.FinderRow", "programme.FinderText",
    "programme.FinderWord", "programme.FinderState", "programme.FinderChange",
    "programme.Schedule", "programme.Occurrence", "programme.Activity",
)  # fmt: skip


def register() -> None:
    """Put it in the register, and say its words."""
    say(
        {
            "programme.MissedSearch.day": _("dag"),
            "programme.MissedSearch.language": _("språk"),
            "programme.MissedSearch.text": _("det som någon sökte på"),
            "programme.MissedSearch.filters": _("val som gjorde sökningen smalare"),
            "programme.MissedSearch.times": _("antal gånger den dagen"),
        }
    )
    for model in _NOTHING:
        nothing_about_people(model)
    declare(
        Entry(
            model="programme.MissedSearch",
            called=_("sökningar utan träff"),
            fields=("day", "language", "text", "filters", "times"),
            who=Who.RESIDENT,
            purpose=_("För att planera det som saknas. Vem som sökte sparas inte."),
            ground=TASK,
            seen_by=_("De som planerar aktiviteter, när minst tre har sökt på samma sak."),
            until=_("I två år."),
            rule=Rule(
                name="programme.missed_search_old",
                since="day",
                kept=Kept(years=2),
                reference=PLANNING,
            ),
        ),
    )
