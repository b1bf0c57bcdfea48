"""What this room keeps about people: next to nothing."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from halsonav.people.personal_data import TASK
from halsonav.people.register import Entry, Who, declare, nothing_about_people
from halsonav.programme.models import Activity

_NOTHING: Final = (
    "programme.Theme", "programme.TargetGroup", "programme.ActivityText", "programme.FinderGroup",
    "programme.FinderCard", "programme.FinderPage", "programme.FinderRow", "programme.FinderText",
    "programme.FinderWord", "programme.FinderState", "programme.FinderChange",
    "programme.Schedule", "programme.Occurrence",
)  # fmt: skip
_OF_STAFF: Final = ("confirmed_by", "confirmed_on")


def register() -> None:
    """Put it in the register."""
    for model in _NOTHING:
        nothing_about_people(model)
    others = {field.name for field in Activity._meta.concrete_fields} - set(_OF_STAFF)
    nothing_about_people("programme.Activity", others)
    declare(
        Entry(
            model="programme.Activity",
            fields=_OF_STAFF,
            who=Who.STAFF,
            purpose=_("För att det ska synas vem som har sett till att uppgifterna stämmer."),
            ground=TASK,
            seen_by=_("De som arbetar i verksamheten."),
            until=_("Tills någon annan bekräftar aktiviteten, eller den tas bort."),
            person="confirmed_by",
        ),
        Entry(
            model="programme.MissedSearch",
            fields=("day", "language", "text", "filters", "times"),
            who=Who.RESIDENT,
            purpose=_("För att planera det som saknas. Vem som sökte sparas inte."),
            ground=TASK,
            seen_by=_("De som planerar aktiviteter, när minst tre har sökt på samma sak."),
            until=_("I två år."),
        ),
    )
