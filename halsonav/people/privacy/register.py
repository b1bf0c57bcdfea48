"""The register of personal data: each stored field about a person, why it is there, until when.

Rooms declare their own fields in `apps.ready()`. A field of any stored model that is neither
declared here nor said to tell nothing of anybody fails a test (`tests/house/test_register.py`), so
that nobody can add one without thinking of it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halsonav.people.privacy.retention import Rule


class Who(StrEnum):
    """Whom a field tells of."""

    STAFF = "staff"
    RESIDENT = "resident"
    CONTACT = "contact"


HOST: Final = _(
    "Den som sköter servern åt den ansvariga, som personuppgiftsbiträde. Det som är allmän handling"
    " lämnas ut om ingen sekretess hindrar det."
)
NO_TRANSFER: Final = _(
    "Systemet skickar inget till länder utanför EU och EES. Den ansvariga väljer en server som står"
    " där."
)
MEASURES: Final = _(
    "Bara den som har en roll på rätt plats kommer åt uppgifterna. Varje visning skrivs i en"
    " journal som inte går att ändra. Anslutningen och säkerhetskopiorna är krypterade,"
    " lösenord och länkar sparas omräknade, och det gamla gallras varje natt."
)


@dataclass(frozen=True)
class Entry:
    """What some fields of a model tell of a person.

    who: whom they tell of. purpose, ground, seen_by, until: lazily translated sentences: what for,
    by which legal ground, who may see it, and when it goes. person: the lookup from a row to the
    user that it tells of, or "" where it tells of somebody without an account.

    address: the lookup from a row to the e-mail address that it tells of, for who has no account.
    marked: finds the rows that bear an address, or an account's number, as a mark that nobody can
    turn back.

    called: what the rows are called where a person reads it, in every language.
    hidden: fields whose value is worked out, encrypted or opens something, and is shown to nobody.
    ids_only: the row names the person by a number alone, as the journal does, and stays.

    When it goes is said to the machine too, in one of three ways. rule: by itself, at night.
    goes_with: with a row of that model, which is deleted by its own rule or by a person. no_rule:
    a sentence on why it has neither.

    recipients, transfers, measures: who gets it, whether it goes outside the EU and the EEA, and
    how it is kept safe in general; most entries say the same.
    """

    model: str
    fields: tuple[str, ...]
    who: Who
    purpose: str | Promise
    ground: str | Promise
    seen_by: str | Promise
    until: str | Promise
    person: str = ""
    rule: Rule | None = None
    address: str = ""
    marked: Callable[[str], Q] | None = None
    called: str | Promise = ""
    hidden: tuple[str, ...] = ()
    ids_only: bool = False
    goes_with: str = ""
    no_rule: str | Promise = ""
    recipients: str | Promise = HOST
    transfers: str | Promise = NO_TRANSFER
    measures: str | Promise = MEASURES

    @property
    def model_class(self) -> type[Model]:
        """Return the model; raise `LookupError` when there is none of that name."""
        return apps.get_model(self.model)


_entries: list[Entry] = []
_nothing: Final[dict[str, frozenset[str]]] = {}


def declare(*entries: Entry) -> None:
    """Put entries in the register; the same model and fields again replace them."""
    for entry in entries:
        _entries[:] = [
            one for one in _entries if (one.model, one.fields) != (entry.model, entry.fields)
        ]
        _entries.append(entry)


def nothing_about_people(model: str, fields: Iterable[str] = ()) -> None:
    """Say that these fields of a model, or all of them, tell nothing of any person."""
    _nothing[model.lower()] = frozenset(fields)


def entries() -> Sequence[Entry]:
    """Return the whole register, by model."""
    return sorted(_entries, key=lambda entry: (entry.model, entry.fields))


def of_people() -> list[Entry]:
    """Return the entries that tell of somebody with an account, but not by a number alone."""
    return [one for one in entries() if one.person and not one.ids_only]


def of_addresses() -> list[Entry]:
    """Return the entries that tell of an e-mail address, plainly or by a mark."""
    return [one for one in entries() if one.address or one.marked]


def addressed() -> list[Entry]:
    """Return the entries in which an e-mail address stands."""
    return [one for one in entries() if one.address]


def rows_of_address(
    entry: Entry, address: str, *, before: datetime | None = None
) -> "QuerySet[Any]":
    """Return the rows that tell of an address, those from before a time where that is said."""
    rows = _rows_of(entry, address.strip().lower())
    return rows.filter(**{f"{entry.rule.since}__lt": before}) if before and entry.rule else rows


def rows_of_number(entry: Entry, person: Model) -> "QuerySet[Any]":
    """Return the rows that bear an account's number as a mark."""
    rows = entry.model_class._default_manager
    return rows.filter(entry.marked(str(person.pk))) if entry.marked else rows.none()


def _rows_of(entry: Entry, address: str) -> "QuerySet[Any]":
    rows = entry.model_class._default_manager
    if entry.marked:
        return rows.filter(entry.marked(address))
    return rows.alias(address_kept=Lower(entry.address)).filter(address_kept=address)


def addresses_kept() -> set[str]:
    """Return every e-mail address that is kept of somebody without an account."""
    return {
        address
        for one in addressed()
        for address in one.model_class._default_manager.values_list(one.address, flat=True)
    }


def undeclared(model: type[Model]) -> set[str]:
    """Return the stored fields of a model that nobody has said anything of."""
    label = model._meta.label_lower
    stored = {field.name for field in model._meta.concrete_fields if not field.primary_key}
    if label in _nothing and not _nothing[label]:
        return set()
    told = {name for entry in _entries if entry.model.lower() == label for name in entry.fields}
    return stored - told - _nothing.get(label, frozenset())
