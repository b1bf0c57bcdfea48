"""Files and folders that nobody else may read, and that are on the disk when we say so."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from halsonav.backup.faults import of_disk


@contextmanager
def private(place: Path) -> Iterator[Any]:
    """Open a new file for writing that only we may read, and have it on the disk afterwards."""
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as opened:
        yield opened
        opened.flush()
        os.fsync(opened.fileno())


@contextmanager
def private_folder(inside: Path, prefix: str) -> Iterator[Path]:
    """Give a folder that only we may look into; nothing of it is left afterwards.

    What a process that was killed left behind is thrown away by the next: it holds no lock.
    """
    try:
        inside.mkdir(parents=True, exist_ok=True)
        for left in inside.glob(f"{prefix}*"):
            with _locked(left) as ours:
                if ours:
                    shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=inside))
    except OSError as error:
        raise of_disk(error, inside) from error
    with _locked(folder):
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Hold a folder as long as this lasts; say whether it was free."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Have a folder's names on the disk, where the system can say so of a folder."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
