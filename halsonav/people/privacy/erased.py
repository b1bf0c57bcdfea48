"""The list of who has been erased, also outside the database: a restored copy is held against it.

Each row is a time, a kind and a keyed hash; the key is the installation's secret, so that nobody
sees from the list who is on it. It only grows. An address or a number that is used anew after its
time is somebody else's, and is left alone.
"""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import Model
from django.utils.crypto import salted_hmac

from halsonav.people.models import Tombstone, TombstoneKind


class Stone(NamedTuple):
    """One row of the list."""

    at: datetime
    kind: str
    hash: str


class UnreadableListError(ValueError):
    """A row of the list cannot be read; the message is its number."""


def file() -> Path:
    """Return where the list is kept: "2026-11-22T02:40:00.123456+00:00 person hash" on each row."""
    return Path(settings.DATA_DIR) / "erased.txt"


def hash_of(thing: Model) -> str:
    """Return what stands for a saved row."""
    return _keyed(f"{thing._meta.label_lower} {thing.pk}")


def hash_of_address(address: str) -> str:
    """Return what stands for an e-mail address, however it is written."""
    return _keyed(address.strip().lower())


def all_hashes_of(thing: Model) -> set[str]:
    """Return what stands or has stood for a saved row, under today's secret and earlier ones."""
    return _keyed_by_all(f"{thing._meta.label_lower} {thing.pk}")


def all_hashes_of_address(address: str) -> set[str]:
    """Return what stands or has stood for an e-mail address."""
    return _keyed_by_all(address.strip().lower())


def _keyed_by_all(value: str) -> set[str]:
    return {_keyed(value, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)}


def _keyed(value: str, key: str | None = None) -> str:
    salt = "halsonav.people.erased"  # stays as what is stored was made with
    return salted_hmac(salt, value, secret=key, algorithm="sha256").hexdigest()


def in_database() -> set[Stone]:
    """Return the list as the database has it."""
    return {Stone(*row) for row in Tombstone.objects.values_list("at", "kind", "hash")}


def read(kept: Path | None = None) -> set[Stone]:
    """Return the list in a file, our own unless told otherwise; empty where there is no file.

    Raises `UnreadableListError` for a row that cannot be read.
    """
    kept = kept or file()
    if not kept.exists():
        return set()
    rows = kept.read_text("ascii", errors="replace").splitlines()
    return {_stone(number, row) for number, row in enumerate(rows, 1)}


def _stone(number: int, row: str) -> Stone:
    try:
        at, kind, hashed = row.split(" ")
        return Stone(datetime.fromisoformat(at), TombstoneKind(kind).value, hashed)
    except ValueError:
        raise UnreadableListError(number) from None


def export() -> None:
    """Write down what the database has and the file has not; on the disk before this returns."""
    add(in_database())


def add(stones: Iterable[Stone]) -> None:
    """Put rows that the file does not have at its end."""
    missing = sorted(set(stones) - read())
    if not missing:
        return
    file().parent.mkdir(parents=True, exist_ok=True)
    with file().open("a", encoding="ascii") as kept:
        kept.writelines(f"{one.at.isoformat()} {one.kind} {one.hash}\n" for one in missing)
        kept.flush()
        os.fsync(kept.fileno())
