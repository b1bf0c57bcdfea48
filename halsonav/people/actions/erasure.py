"""Erasing somebody at their request, or when their time is up: for good, also after a restore."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from halsonav.people import journal
from halsonav.people.actions.handover import call_off_what_they_decided
from halsonav.people.actions.invitation import withdraw_invitations_of
from halsonav.people.actions.role import refuse_without_operator
from halsonav.people.models import Tombstone, TombstoneKind, User
from halsonav.people.privacy import erased, register
from halsonav.people.privacy.erased import Stone
from halsonav.people.privacy.register import Entry

Latest = dict[tuple[str, str], datetime]
"""When each kind and hash was erased for the last time."""


@transaction.atomic
def erase_person(*, by: journal.Actor, user: User) -> None:
    """Take away everything that the register says is kept of the user, and of their address.

    The journal keeps its lines: there are ids in it and no values. A tombstone is set, here and in
    the list outside the database, so that no restored copy brings them back.

    Raises `LastOperatorError` when nobody would look after the installation any more.
    """
    refuse_without_operator(user)
    _erase(by, user, timezone.now())


def _erase(by: journal.Actor, user: User, at: datetime) -> None:
    journal.record(by=by, verb="erase_person", about=user, fields=_names(register.of_people()))
    _delete_by_address(user.email, at)
    stones = [
        Stone(at, TombstoneKind.PERSON, erased.hash_of(user)),
        Stone(at, TombstoneKind.ADDRESS, erased.hash_of_address(user.email)),
    ]
    call_off_what_they_decided(by=by, maker=user)
    withdraw_invitations_of(by=by, user=user)
    pk = user.pk
    user.delete()
    for entry in register.of_people():  # what hangs on the account by a number alone
        entry.model_class._default_manager.filter(**{entry.person: pk}).delete()
    _bury(stones)


@transaction.atomic
def erase_address(*, by: journal.Actor, address: str) -> int:
    """Take away what is kept of an e-mail address without an account; return how many rows.

    An account with the address is left as it is: whoever has one is erased by `erase_person`.
    """
    now = timezone.now()
    gone = _delete_by_address(address, now)
    [stone] = _bury([Stone(now, TombstoneKind.ADDRESS, erased.hash_of_address(address))])
    journal.record(by=by, verb="erase_address", about=stone, fields=_names(register.of_addresses()))
    return gone


def erase_closed(by: journal.Actor, rows: "QuerySet[User]") -> int:
    """Erase some accounts whose time is up; the register's verb."""
    people = list(rows)
    for user in people:
        erase_person(by=by, user=user)
    return len(people)


@transaction.atomic
def replay(*, stones: Iterable[Stone]) -> int:
    """Erase anew whoever a restored copy brought back; return how many people and addresses.

    What has come after somebody was erased is left alone: it is somebody else's.
    """
    latest = {(kind, hashed): at for at, kind, hashed in sorted(stones)}
    risen = [(user, at) for user in User.objects.order_by("pk") if (at := _risen(user, latest))]
    for user, at in risen:
        _erase(None, user, at)
    _bury(Stone(at, kind, hashed) for (kind, hashed), at in latest.items())
    return len(risen) + _erase_risen_addresses(latest)


def _risen(user: User, latest: Latest) -> datetime | None:
    """Return when the user was erased, if that was after they joined.

    Their address says nothing: it may have been erased for somebody who had no account.
    """
    at = _time_of(latest, TombstoneKind.PERSON, erased.all_hashes_of(user))
    return at if at and user.joined_at < at else None


def _time_of(latest: Latest, kind: TombstoneKind, hashes: Iterable[str]) -> datetime | None:
    times = [at for hashed in hashes if (at := latest.get((kind.value, hashed)))]
    return max(times, default=None)


def _erase_risen_addresses(latest: Latest) -> int:
    risen = 0
    for address in sorted(register.addresses_kept()):
        at = _time_of(latest, TombstoneKind.ADDRESS, erased.all_hashes_of_address(address))
        risen += bool(at and _delete_by_address(address, at))
    return risen


def _delete_by_address(address: str, before: datetime) -> int:
    return sum(
        register.rows_of_address(entry, address, before=before).delete()[0]
        for entry in register.of_addresses()
    )


def _bury(stones: Iterable[Stone]) -> list[Tombstone]:
    """Set tombstones in the database, and in the list when that is certain."""
    stones = list(stones)
    transaction.on_commit(erased.export)
    return [
        Tombstone.objects.get_or_create(at=one.at, kind=one.kind, hash=one.hash)[0]
        for one in stones
    ]


def _names(entries: Iterable[Entry]) -> list[str]:
    return sorted({f"{one.model}.{name}" for one in entries for name in one.fields})
