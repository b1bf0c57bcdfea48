"""What is stored about somebody, made from the register: every field of every entry, and why.

What the register does not name is not here, and a test sees to it that it names everything.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from halsonav.lib import dates
from halsonav.people.models import DataRequest, JournalEntry, User
from halsonav.people.privacy import register
from halsonav.people.privacy.field_words import word_for
from halsonav.people.privacy.register import Entry


@dataclass(frozen=True)
class Value:
    """A field of a row: what it is called and what stands in it, in words."""

    name: str
    value: str


@dataclass(frozen=True)
class Part:
    """What one entry of the register holds about somebody."""

    model: str
    what: str
    purpose: str
    ground: str
    seen_by: str
    until: str
    rows: list[list[Value]]

    def as_plain(self) -> dict[str, Any]:
        """Return it for a machine: rows with the fields' own words."""
        told = asdict(self)
        told["rows"] = [{one.name: one.value for one in row} for row in self.rows]
        return told


def of_person(user: User) -> list[Part]:
    """Return all that is stored about somebody with an account, of their address too."""
    parts = [_part(entry, _of(entry, user), user) for entry in register.entries() if entry.person]
    parts += [*of_address(user.email), _readings_of(user)]
    return [part for part in parts if part.rows]


def of_address(address: str) -> list[Part]:
    """Return all that is stored about an e-mail address, whether or not it has an account."""
    entries = register.of_addresses()
    parts = [_part(entry, register.rows_of_address(entry, address), None) for entry in entries]
    return [part for part in parts if part.rows]


def is_anything_kept(address: str) -> bool:
    """Say whether anything but the question itself is stored about an address."""
    entries = (one for one in register.of_addresses() if one.model_class is not DataRequest)
    return any(register.rows_of_address(entry, address).exists() for entry in entries)


def fields_of_addresses() -> list[str]:
    """Return the names of all fields that are shown about an address."""
    entries = register.of_addresses()
    return sorted({f"{one.model}.{name}" for one in entries for name in one.fields})


def _of(entry: Entry, user: User) -> "QuerySet[Any]":
    return entry.model_class._default_manager.filter(**{entry.person: user.pk})


def _part(entry: Entry, rows: "QuerySet[Any]", user: User | None) -> Part:
    return Part(
        model=entry.model,
        what=str(entry.called),
        purpose=str(entry.purpose),
        ground=str(entry.ground),
        seen_by=str(entry.seen_by),
        until=str(entry.until),
        rows=[list(_values(entry, row, user)) for row in rows.order_by("-pk")],
    )


def _values(entry: Entry, row: Model, user: User | None) -> Iterator[Value]:
    for name in entry.fields:
        field: Any = row._meta.get_field(name)
        told = _("Sparas omräknat eller krypterat, och visas inte.")
        if name not in entry.hidden:
            told = in_words(_shown(row, name), user)
        yield Value(word_for(field), told)


def _shown(row: Model, name: str) -> Any:
    """Return a field's value, or what a person reads where it is chosen from a list."""
    if row._meta.get_field(name).many_to_many:
        return [str(one) for one in getattr(row, name).all()]
    choice = getattr(row, f"get_{name}_display", None)
    return choice() if choice else getattr(row, name)


def in_words(value: Any, user: User | None) -> str:
    """Return a value as a person reads it; somebody else is never named."""
    if isinstance(value, User):
        return _("du") if value == user else _("en annan person")
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _moment(value: datetime) -> str:
    local = timezone.localtime(value)
    return f"{local:%Y-%m-%d} {dates.clock(local, translation.get_language() or 'sv')}"


def _readings_of(user: User) -> Part:
    """Return each time that somebody else saw the user's data: when, what and why, not who."""
    shown = JournalEntry.objects.showing(user).exclude(actor_id=user.pk).order_by("-number")
    return Part(
        model="people.JournalEntry",
        what=_("gånger som andra har sett dina uppgifter"),
        purpose=_("För att du ska veta när dina uppgifter har visats."),
        ground=_("Du har rätt att få veta det."),
        seen_by=_("Du själv, och de som sköter driften."),
        until=_("Tas inte bort: en journal som går att ändra visar inget."),
        rows=[_reading(entry) for entry in shown],
    )


def _reading(entry: JournalEntry) -> list[Value]:
    return _named(entry, ("at", "fields", "why"))


def _named(row: Model, names: Iterable[str]) -> list[Value]:
    words: Sequence[tuple[Any, str]] = [(row._meta.get_field(name), name) for name in names]
    return [Value(word_for(field), in_words(getattr(row, name), None)) for field, name in words]
