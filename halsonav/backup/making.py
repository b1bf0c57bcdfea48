"""Makes a backup: the database as it is at one moment, and the files that belong to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils import timezone

import halsonav
from halsonav.backup import archive, postgres, sqlite
from halsonav.backup import manifest as manifests
from halsonav.backup.faults import BackupError
from halsonav.backup.manifest import DATABASE, Manifest
from halsonav.backup.private_files import private, private_folder
from halsonav.people import journal_heads
from halsonav.people.privacy import erased

FILES: Final = "files"
KEPT: Final = ("media",)
"""Folders in HALSONAV_DATA whose files belong to what the database tells of."""
LISTS: Final = ("journal-heads.txt", "erased.txt")
"""Files there that only grow; copied before the database, so that they never tell of more."""
LEFT_OUT: Final = ("leaked-passwords.bin",)
"""What can be had again from where it came."""


@dataclass(frozen=True)
class Made:
    """A backup that was made: where, how large, and what it says of itself."""

    file: Path
    size: int
    manifest: Manifest


def engine() -> ModuleType:
    """Return the module that knows the engine in use."""
    return sqlite if connection.vendor == "sqlite" else postgres


def make(place: Path) -> Made:
    """Write a backup to a file, or under a name of its own into a folder.

    Raises `BackupError` with a sentence; then nothing is left of it, and what was there stands.
    """
    public = settings.BACKUP_RECIPIENT
    if not public:
        raise BackupError(
            "HALSONAV_BACKUP_RECIPIENT saknas. Gör en nyckel: `halsonav backup-key FIL`."
        )
    archive.recipient_of(public)
    target = _target(place)
    with private_folder(Path(settings.DATA_DIR), ".backup-") as folder:
        manifest, files = _gather(folder)
        size = archive.write(target, public, manifest, files)
    return Made(target, size, manifest)


def _target(place: Path) -> Path:
    target = (
        place / f"halsonav-{timezone.localtime():%Y-%m-%d-%H%M%S}.age" if place.is_dir() else place
    )
    if not target.parent.is_dir():
        raise BackupError(f"Mappen {target.parent} finns inte.")
    return target


def _gather(folder: Path) -> tuple[Manifest, dict[str, Path]]:
    """Return what to write: lists first, then the database, then the files it tells of."""
    erased.export()
    files = {f"{FILES}/{name}": copied for name, copied in _lists(folder)}
    made_at = timezone.now().isoformat(timespec="seconds")
    facts = engine().dump(folder / DATABASE)
    files = {DATABASE: folder / DATABASE, **files, **dict(_kept())}
    manifest = Manifest(
        product=halsonav.__version__,
        engine=engine().NAME,
        server=engine().server(),
        made_at=made_at,
        facts=facts,
        parts=tuple(manifests.part_of(name, file) for name, file in files.items()),
        left_out=tuple(name for name in LEFT_OUT if (Path(settings.DATA_DIR) / name).exists()),
    )
    return manifest, files


def _lists(folder: Path) -> Iterator[tuple[str, Path]]:
    """Copy the lists, which may grow while we work."""
    for name in LISTS:
        source = journal_heads.file().parent / name
        if source.is_file():
            with private(folder / name) as to:
                to.write(source.read_bytes())
            yield name, folder / name


def _kept() -> Iterator[tuple[str, Path]]:
    root = Path(settings.DATA_DIR)
    for top in KEPT:
        for file in sorted((root / top).rglob("*")):
            if file.is_file() and not file.is_symlink():
                yield f"{FILES}/{file.relative_to(root).as_posix()}", file
