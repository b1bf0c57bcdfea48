"""Which code wrote the read model, so that one from before an upgrade can be told."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from halsonav.programme.models import FinderState

ROOT: Final = Path(__file__).resolve().parents[2]
SOURCES: Final = (
    "lib/*.py",
    "programme/finder/*.py",
    "programme/*.toml",
    "programme/queries.py",
    "programme/templates/**/*",
    "*/templates/cotton/*",
    "*/locale/*/LC_MESSAGES/*.po",
)
"""What decides how an activity is written into the read model, from the package's root."""


@cache
def this_code() -> str:
    """Return the mark of the code that runs: 16 hexadecimal signs, others for other sources."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in ROOT.glob(pattern)}):
        if path.is_file():
            digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def is_outdated() -> bool:
    """Whether other code wrote the read model; a database without one is not outdated."""
    known = FinderState.objects.filter(pk=1).values_list("written_by", flat=True).first()
    return known is not None and known != this_code()


def note() -> None:
    """Say that this code has written the whole read model."""
    FinderState.objects.filter(pk=1).update(written_by=this_code())
