"""What is stored about somebody, made from the register: every field of every entry, and why.

What the register does not name is not here, and a test sees to it that it names everything.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Model, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from halsonav.lib import dates
from halsonav.people.journal_words import deed_in_words, reason_in_words
from halsonav.people.models import DataRequest, JournalEntry, User
from halsonav.people.privacy import register
from halsonav.people.privacy.field_words import said_by, word_for
from halsonav.people.privacy.register import Entry


@dataclass(frozen=True)
class Value:
    """A field of a row: what it is called and what stands in it in words, "" for nothing."""

    name: str
    value: str


@dataclass(frozen=True)
class Part:
    """What one entry of the register holds about somebody.

    `lines` says each row of the journal in one sentence, where the rows are too many to be read
    field by field. `hidden` names what is kept besides, of some row, and shown to nobody.
    """

    model: str
    what: str
    purpose: str
    ground: str
    seen_by: str
    until: str
    rows: list[list[Value]]
    lines: list[str]
    hidden: list[str]

    def as_plain(self) -> dict[str, Any]:
        """Return it for a file: under words, as everything else in it."""
        return {
            _("Vad"): self.what,
            _("Varför"): f"{self.purpose} {self.ground}",
            _("Vem som ser det"): self.seen_by,
            _("Hur länge"): self.until,
            _("Uppgifter"): [{one.name: one.value for one in row} for row in self.rows],
            _("Sparas också, men visas inte här"): self.hidden,
        }


def of_person(user: User) -> list[Part]:
    """Return all that is stored about somebody with an account, of their address too."""
    parts = [_part(entry, _of(entry, user), user) for entry in register.entries() if entry.person]
    parts += [_part(one, register.rows_of_number(one, user), user) for one in _marked()]
    found = [part for part in [*parts, *of_address(user.email), _readings_of(user)] if part.rows]
    return sorted(found, key=lambda part: bool(part.lines))  # the journal's come last


def of_address(address: str) -> list[Part]:
    """Return all that is stored about an e-mail address, whether or not it has an account."""
    entries = register.of_addresses()
    parts = [_part(entry, register.rows_of_address(entry, address), None) for entry in entries]
    return [part for part in parts if part.rows]


def is_anything_kept(address: str) -> bool:
    """Say whether anything but the question itself is stored about an address.

    That somebody tried is not enough, or the question itself would be: it is counted.
    """
    entries = (one for one in register.addressed() if one.model_class is not DataRequest)
    return any(register.rows_of_address(entry, address).exists() for entry in entries)


def fields_of_addresses() -> list[str]:
    """Return the names of all fields that are shown about an address."""
    entries = register.of_addresses()
    return sorted({f"{one.model}.{name}" for one in entries for name in one.fields})


def _of(entry: Entry, user: User) -> "QuerySet[Any]":
    return entry.model_class._default_manager.filter(**{entry.person: user.pk})


def _marked() -> list[Entry]:
    return [one for one in register.of_addresses() if one.marked]


def _part(entry: Entry, rows: "QuerySet[Any]", user: User | None) -> Part:
    found = list(rows.order_by("-pk"))
    return Part(
        model=entry.model,
        what=str(entry.called),
        purpose=str(entry.purpose),
        ground=str(entry.ground),
        seen_by=str(entry.seen_by),
        until=str(entry.until),
        rows=[_values(entry, row, user) for row in found],
        lines=[_line(row) for row in found if isinstance(row, JournalEntry)],
        hidden=[word_for(_field(entry, name)) for name in entry.hidden if _any(found, name)],
    )


def _field(entry: Entry, name: str) -> Any:
    return entry.model_class._meta.get_field(name)


def _any(rows: Iterable[Model], name: str) -> bool:
    return any(getattr(row, name) for row in rows)


def _values(entry: Entry, row: Model, user: User | None) -> list[Value]:
    """Return what a row says; one that has nothing to say but what is hidden says when it was."""
    shown = (name for name in entry.fields if name not in entry.hidden)
    told = [Value(word_for(_field(entry, name)), _said(row, name, user)) for name in shown]
    return told or [Value(word_for(_field(entry, name)), _("finns")) for name in entry.hidden]


def _said(row: Model, name: str, user: User | None) -> str:
    """Return a field's value as a person reads it."""
    field: Any = row._meta.get_field(name)
    if isinstance(row, JournalEntry) and name in _OF_A_LINE:
        return _OF_A_LINE[name](row, user)
    says = said_by(field)
    if says:
        value = getattr(row, name)
        return "" if value is None else says(value)
    return in_words(_shown(row, name), user)


def _shown(row: Model, name: str) -> Any:
    """Return a field's value, or what a person reads where it is chosen from a list."""
    if row._meta.get_field(name).many_to_many:
        return [str(one) for one in getattr(row, name).all()]
    choice = getattr(row, f"get_{name}_display", None)
    return choice() if choice else getattr(row, name)


def _whose(pk: Any, user: User | None) -> str:
    if not pk:
        return ""
    return _("du") if user and str(pk) == str(user.pk) else _("en annan person")


def _whom(line: JournalEntry, user: User | None) -> str:
    about_people = line.about_type == User._meta.label_lower
    return _whose(line.about_id, user) if about_people else line.about_id


_OF_A_LINE: Final[dict[str, Callable[[JournalEntry, User | None], str]]] = {
    "actor_id": lambda line, user: _whose(line.actor_id, user),
    "about_id": _whom,
    "verb": lambda line, user: deed_in_words(line.verb, line.why),
}
"""Fields of the journal that are said with another one's help."""


def _line(line: JournalEntry) -> str:
    """Return a row of the journal in a sentence; who did it is said by the part."""
    said = f"{_moment(line.at)}: {deed_in_words(line.verb, line.why)}"
    why = reason_in_words(line.why)
    return f"{said} ({why})" if why else said


def in_words(value: Any, user: User | None) -> str:
    """Return a value as a person reads it; somebody else is never named."""
    if isinstance(value, User):
        return _("du") if value == user else _("en annan person")
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if value in (None, "", [], {}):
        return ""
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
    shown = list(JournalEntry.objects.showing(user).exclude(actor_id=user.pk).order_by("-number"))
    return Part(
        model="people.JournalEntry",
        what=_("gånger som andra har sett dina uppgifter"),
        purpose=_("För att du ska veta när dina uppgifter har visats."),
        ground=_("Du har rätt att få veta det."),
        seen_by=_("Du själv, och de som sköter driften."),
        until=_("Tas inte bort: en journal som går att ändra visar inget."),
        rows=[_reading(entry) for entry in shown],
        lines=[_line(entry) for entry in shown],
        hidden=[],
    )


def _reading(entry: JournalEntry) -> list[Value]:
    fields: Iterable[Any] = map(entry._meta.get_field, ("at", "verb", "fields", "why"))
    return [Value(word_for(field), _said(entry, field.name, None)) for field in fields]
