"""The journal's door: write down what happened, and see whether the chain is whole.

An entry holds ids and names of fields, never values about people. Each entry carries a SHA-256
hash of its own canonical line, in which the hash of the entry before it stands; the head keeps
the last one. So an entry that was altered, taken out or cut off shows.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Final

from django.db import connection, models
from django.utils import timezone

from halsonav.people.models import READ, ActorKind, JournalEntry, JournalHead, Reader, User

Actor = Reader | None
"""Who does something: a user, a resident without an account, or None for the system itself."""

_HEAD: Final = 1
_BATCH: Final = 2_000


class NotInTransactionError(RuntimeError):
    """An entry must be written in the transaction of what it tells about."""


@dataclass(frozen=True)
class Head:
    """The end of the chain at some time, as it is exported and compared with later."""

    number: int
    hash: str


@dataclass(frozen=True)
class Fault:
    """The first entry that is not as it was written, and in which way."""

    number: int
    why: str


def record(
    *,
    by: Actor,
    verb: str,
    about: models.Model,
    fields: Iterable[str] = (),
    why: str = "",
    address_hash: str = "",
) -> JournalEntry:
    """Write one entry at the end of the chain, in the transaction that is open.

    `about` is the saved row that it happened to, `fields` the names of the fields that changed,
    `why` a code for the reason, and `address_hash` a keyed hash of where the request came from.
    Raises `NotInTransactionError` outside a transaction. Writers wait for one another on the head.
    """
    return _append(
        JournalEntry(
            actor_id=by.pk if isinstance(by, User) else None,
            actor_kind=_kind_of(by),
            verb=verb,
            about_type=about._meta.label_lower,
            about_id=str(about.pk),
            fields=sorted(fields),
            why=why,
            address_hash=address_hash,
        )
    )


def record_reading(
    *,
    by: Actor,
    people: Sequence[models.Model],
    fields: Iterable[str],
    why: str,
    address_hash: str = "",
) -> JournalEntry | None:
    """Write one line on people's data being shown; return it, or None when nobody is shown.

    `people` are saved rows of one model that are shown together, `fields` the names of what is
    shown of them, `why` the page or reason as a code. To be called in the transaction that reads
    what is shown, before anything of it is answered: what cannot be written down is not shown.
    Raises `NotInTransactionError` outside a transaction.
    """
    if not people:
        return None
    alone = len(people) == 1
    return _append(
        JournalEntry(
            actor_id=by.pk if isinstance(by, User) else None,
            actor_kind=_kind_of(by),
            verb=READ,
            about_type=people[0]._meta.label_lower,
            about_id=str(people[0].pk) if alone else "",
            shown="" if alone else f" {' '.join(str(person.pk) for person in people)} ",
            fields=sorted(fields),
            why=why,
            address_hash=address_hash,
        )
    )


def _append(entry: JournalEntry) -> JournalEntry:
    """Put the entry at the end of the chain and move the head."""
    if not connection.in_atomic_block:
        raise NotInTransactionError("Write the journal inside transaction.atomic().")
    head = _locked_head()
    entry.number, entry.previous_hash = head.number + 1, head.hash
    entry.at = timezone.now()
    entry.hash = _hash_of(entry)
    entry.save(force_insert=True)
    JournalHead.objects.filter(pk=_HEAD).update(number=entry.number, hash=entry.hash)
    return entry


def head() -> Head:
    """Return the end of the chain, to be exported and kept elsewhere."""
    row = JournalHead.objects.filter(pk=_HEAD).first()
    return Head(row.number, row.hash) if row else Head(0, "")


def verify(*known: Head) -> Fault | None:
    """Return the first fault in the chain, or None when it is whole.

    Heads that were exported earlier must still stand in the chain: so a chain that was written anew
    from some entry on, head and all, shows too.
    """
    last = Head(0, "")
    stood: dict[int, set[str]] = {}
    for each in known:
        stood.setdefault(each.number, set()).add(each.hash)
    for entry in JournalEntry.objects.order_by("number").iterator(_BATCH):
        fault = _fault_in(entry, last, stood)
        if fault:
            return fault
        last = Head(entry.number, entry.hash)
    furthest = max(head(), *known, head(), key=lambda each: each.number)
    if last.number < furthest.number:
        return Fault(last.number + 1, "cut off")
    return Fault(last.number, "not the head") if last != head() else None


def _fault_in(entry: JournalEntry, last: Head, stood: dict[int, set[str]]) -> Fault | None:
    if entry.number != last.number + 1:
        return Fault(last.number + 1, "missing")
    if entry.previous_hash != last.hash or entry.hash != _hash_of(entry):
        return Fault(entry.number, "altered")
    if stood.get(entry.number, {entry.hash}) != {entry.hash}:
        return Fault(entry.number, "not the known head")
    return None


def _locked_head() -> JournalHead:
    row, _ = JournalHead.objects.select_for_update().get_or_create(pk=_HEAD)
    return row


def _kind_of(by: Actor) -> ActorKind:
    if by is None:
        return ActorKind.SYSTEM
    return ActorKind.USER if isinstance(by, User) else ActorKind.RESIDENT


def _hash_of(entry: JournalEntry) -> str:
    return hashlib.sha256(_canonical_line(entry).encode()).hexdigest()


def _canonical_line(entry: JournalEntry) -> str:
    parts = [
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        str(entry.actor_kind),
        entry.verb,
        entry.about_type,
        entry.about_id,
        entry.fields,
        entry.address_hash,
        entry.previous_hash,
    ]
    if entry.why or entry.shown:  # lines from before there were any have neither
        parts += [entry.why, entry.shown]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
