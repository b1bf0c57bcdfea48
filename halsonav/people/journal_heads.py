"""The journal's heads, written down outside the database day by day.

Who may change the database may write the whole chain anew, head and all. So its head is written to
a file each night, which is copied elsewhere as all of the folder is: a chain that no longer holds a
head of the file was changed afterwards.
"""

import os
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from halsonav.people import journal


class UnreadableHeadsError(ValueError):
    """A row of the file is no head; the message is its number."""


def file() -> Path:
    """Return where the heads are kept: a row each, "2026-11-22T02:40:00+00:00 1234 hash"."""
    return Path(settings.DATA_DIR) / "journal-heads.txt"


def export() -> journal.Head:
    """Write the journal's head down, on the disk before this returns; return it."""
    head = journal.head()
    moment = timezone.now().isoformat(timespec="seconds")
    file().parent.mkdir(parents=True, exist_ok=True)
    with file().open("a", encoding="ascii") as kept:
        kept.write(f"{moment} {head.number} {head.hash}\n")
        kept.flush()
        os.fsync(kept.fileno())
    return head


def read(kept: Path | None = None) -> list[journal.Head]:
    """Return the heads of a file, our own unless told otherwise; none where there is no file.

    Raises `UnreadableHeadsError` for a row that is no head.
    """
    kept = kept or file()
    if not kept.exists():
        return []
    rows = kept.read_text("ascii").splitlines()
    return [head for number, row in enumerate(rows, 1) if (head := _head(number, row)).number]


def _head(number: int, row: str) -> journal.Head:
    try:
        _moment, at, hashed = row.split(" ")
        return journal.Head(int(at), hashed)
    except ValueError:
        raise UnreadableHeadsError(number) from None
