"""Builds what is used but not kept: style sheet, fonts, translations, word list."""

import argparse
import gzip
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import brotli

from halsonav.commands import fingerprint
from halsonav.commands.terminal import say
from halsonav.config.environment import ROOT
from halsonav.design import assets
from halsonav.lib import words
from halsonav.website import translations

TARGET: Final = ROOT / "build" / "static"
NOTE: Final = ROOT / "build" / "built.json"
SQUEEZED: Final = {".css", ".js", ".svg"}


@dataclass(frozen=True)
class Part:
    """Something that is built: its name, from which files, what must then be there, and how."""

    name: str
    sources: Sequence[str]
    made: Callable[[], list[Path]]
    make: Callable[[], object]

    def is_fresh(self) -> bool:
        """Say whether it is there and made from the files as they are now."""
        noted = fingerprint.recall(NOTE).get(self.name)
        return all(path.exists() for path in self.made()) and noted == self._sources()

    def build(self) -> None:
        """Make it, and note from what."""
        say(f"Bygger {self.name} …")
        sources = self._sources()
        try:
            self.make()
        except FileNotFoundError as error:
            raise SystemExit(f"{error.filename} saknas. Kör `make setup` först.") from None
        fingerprint.note(NOTE, fingerprint.recall(NOTE) | {self.name: sources})

    def _sources(self) -> str:
        return fingerprint.of(*self.sources)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take `--force`."""
    parser.add_argument("--force", action="store_true", help="bygg även om inget har ändrats")


def run(options: argparse.Namespace) -> int:
    """Build what has changed since last time."""
    if not build(force=options.force):
        say("Allt är redan byggt.")
    return 0


def is_fresh() -> bool:
    """Say whether everything is built from the sources as they are now."""
    return all(part.is_fresh() for part in PARTS)


def build(*, force: bool = False) -> int:
    """Build what is not fresh, or everything; return how many parts that was."""
    stale = [part for part in PARTS if force or not part.is_fresh()]
    for part in stale:
        part.build()
    return len(stale)


# The parts ------------------------------------------------------------------------------------


def catalogues() -> list[Path]:
    """Return every room's translations."""
    return sorted(ROOT.glob("halsonav/*/locale/*/LC_MESSAGES/*.po"))


def compile_catalogues() -> None:
    """Write every room's `.mo` files; doubtful (fuzzy) translations are left out."""
    for folder in sorted(ROOT.glob("halsonav/*/locale")):
        translations.compile_all(folder)


def _compiled() -> list[Path]:
    return [path.with_suffix(".mo") for path in catalogues()]


def _style() -> None:
    shutil.rmtree(TARGET, ignore_errors=True)
    assets.build(assets.ROOM, ROOT / "node_modules", TARGET)
    for path in list(TARGET.rglob("*")):
        if path.suffix in SQUEEZED:
            _squeeze(path)


def _squeeze(path: Path) -> None:
    """Write the file's compressed twins beside it, which the server sends instead."""
    data = path.read_bytes()
    Path(f"{path}.gz").write_bytes(gzip.compress(data, 9, mtime=0))
    Path(f"{path}.br").write_bytes(brotli.compress(data))


PARTS: Final = (
    Part(
        "stilmall och typsnitt",
        (
            "halsonav/design/assets.py",
            "halsonav/design/css/*",
            "halsonav/design/js/*",
            "halsonav/design/img/*",
            "package-lock.json",
            "requirements.txt",
        ),
        lambda: [TARGET / "design" / "halsonav.css"],
        _style,
    ),
    Part(
        "översättningar",
        ("halsonav/*/locale/*/LC_MESSAGES/*.po", "halsonav/website/translations.py"),
        _compiled,
        compile_catalogues,
    ),
    Part(
        "ordlista",
        ("halsonav/lib/words.py", "halsonav/lib/text.py", "package-lock.json"),
        lambda: [words.KNOWN_WORDS],
        words.write_known_words,
    ),
)
