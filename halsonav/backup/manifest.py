"""What a backup says of itself: by which version, of what, how large, with which sums."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from halsonav.backup.faults import BackupError
from halsonav.people.journal import Head

FORMAT: Final = 1
DATABASE: Final = "database"
"""The name of the part that is the database; every other part is a file in HALSONAV_DATA."""
_CHUNK: Final = 1 << 20
Ask = Callable[[str], Iterable[Sequence[Any]]]
"""Asks a database in SQL and returns its rows."""


@dataclass(frozen=True)
class Part:
    """One file in the backup."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Facts:
    """What was in the database when it was copied."""

    migrations: tuple[str, ...]
    head: Head
    rows: Mapping[str, int]


@dataclass(frozen=True)
class Manifest:
    """Everything that a backup says of itself, before its parts."""

    product: str
    engine: str
    server: str
    made_at: str
    facts: Facts
    parts: tuple[Part, ...]
    left_out: tuple[str, ...] = ()
    format: int = FORMAT

    @property
    def size(self) -> int:
        """Return how many bytes all parts take."""
        return sum(part.size for part in self.parts)

    def as_bytes(self) -> bytes:
        """Return it as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()


def read(raw: bytes) -> Manifest:
    """Return the manifest that the bytes hold; raise `BackupError` when they hold none."""
    try:
        told = json.loads(raw)
        if told["format"] != FORMAT:
            raise BackupError("Säkerhetskopian har ett format som den här versionen inte känner.")
        facts = told.pop("facts")
        parts = tuple(Part(**one) for one in told.pop("parts"))
        left_out = tuple(told.pop("left_out"))
        known = Facts(tuple(facts["migrations"]), Head(**facts["head"]), dict(facts["rows"]))
        return Manifest(**told, facts=known, parts=parts, left_out=left_out)
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError("Säkerhetskopian saknar en läsbar innehållsförteckning.") from error


def signed(raw: bytes, key: str | None = None) -> str:
    """Return the mark that only an installation with our secret can make on a manifest.

    Anybody who knows the public key can encrypt something to it; this tells that it came from us.
    """
    digest, salt = hashlib.sha256(raw).hexdigest(), "halsonav.backup.manifest"
    return salted_hmac(salt, digest, secret=key, algorithm="sha256").hexdigest()


def is_signed(raw: bytes, mark: str) -> bool:
    """Say whether we made the mark on this manifest, with today's secret or an earlier one."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(signed(raw, key), mark) for key in keys)


def part_of(name: str, file: Path) -> Part:
    """Return a file's name, size and sum."""
    digest, size = hashlib.sha256(), 0
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Part(name, size, digest.hexdigest())


def facts(ask: Ask, tables: Iterable[str]) -> Facts:
    """Return what stands in a database; to be asked in one transaction."""
    migrations = sorted(
        f"{app}.{name}" for app, name in ask("SELECT app, name FROM django_migrations")
    )
    heads = list(ask("SELECT number, hash FROM people_journalhead WHERE id = 1"))
    number, hashed = heads[0] if heads else (0, "")
    rows = {name: next(iter(ask(f'SELECT count(*) FROM "{name}"')))[0] for name in sorted(tables)}  # noqa: S608 (the database's own names)
    return Facts(tuple(migrations), Head(number, hashed), rows)
