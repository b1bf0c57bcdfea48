"""Tells whether what was made from some files is still what they would give now."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from halsonav.config.environment import ROOT


def of(*patterns: str) -> str:
    """Return the fingerprint of every file that the patterns, from the project's root, find."""
    digest = hashlib.sha256()
    for path in sorted(_files(patterns)):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def _files(patterns: Iterable[str]) -> set[Path]:
    return {path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}


def recall(path: Path) -> dict[str, Any]:
    """Return what was noted, or nothing when the note is missing or cannot be read."""
    try:
        noted = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def note(path: Path, facts: dict[str, Any]) -> None:
    """Write a note beside what was made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(facts, indent=1), "utf-8")
