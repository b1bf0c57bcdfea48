"""Builds what is served but not kept in the repository: style sheet, fonts, translations."""

import argparse
import gzip
import shutil
from pathlib import Path
from typing import Final

import brotli
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from halsonav.commands import fingerprint
from halsonav.commands.terminal import say
from halsonav.config.environment import ROOT
from halsonav.design import assets
from halsonav.lib import words

TARGET: Final = ROOT / "build" / "static"
NOTE: Final = ROOT / "build" / "built.json"
SOURCES: Final = (
    "halsonav/design/assets.py",
    "halsonav/design/css/*",
    "halsonav/design/js/*",
    "halsonav/design/img/*",
    "halsonav/*/locale/*/LC_MESSAGES/*.po",
    "package-lock.json",
    "halsonav/lib/words.py",
)
SQUEEZED: Final = {".css", ".js", ".svg"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take `--force`."""
    parser.add_argument("--force", action="store_true", help="bygg även om inget har ändrats")


def run(options: argparse.Namespace) -> int:
    """Build when something has changed since last time."""
    if options.force or not is_fresh():
        build()
    else:
        say("Allt är redan byggt.")
    return 0


def is_fresh() -> bool:
    """Say whether everything is built from the sources as they are now."""
    made = [TARGET / "design" / "halsonav.css", words.KNOWN_WORDS, *(po.with_suffix(".mo") for po in catalogues())]
    noted = fingerprint.recall(NOTE).get("sources")
    return all(path.exists() for path in made) and noted == fingerprint.of(*SOURCES)


def build() -> None:
    """Build everything, and note of what."""
    say("Bygger stilmall, typsnitt och översättningar …")
    sources = fingerprint.of(*SOURCES)
    words.write_known_words()
    shutil.rmtree(TARGET, ignore_errors=True)
    try:
        assets.build(assets.ROOM, ROOT / "node_modules", TARGET)
    except FileNotFoundError as error:
        raise SystemExit(f"{error.filename} saknas. Kör `make setup` först.") from None
    for path in list(TARGET.rglob("*")):
        if path.suffix in SQUEEZED:
            _squeeze(path)
    for catalogue in catalogues():
        compile_catalogue(catalogue)
    fingerprint.note(NOTE, {"sources": sources})


def catalogues() -> list[Path]:
    """Return every room's translations."""
    return sorted(ROOT.glob("halsonav/*/locale/*/LC_MESSAGES/*.po"))


def compile_catalogue(path: Path) -> None:
    """Write the `.mo` file beside a `.po` file; doubtful (fuzzy) translations are left out."""
    with path.open("rb") as source:
        catalogue = read_po(source, locale=path.parents[1].name)
    with path.with_suffix(".mo").open("wb") as target:
        write_mo(target, catalogue)


def _squeeze(path: Path) -> None:
    """Write the file's compressed twins beside it, which the server sends instead."""
    data = path.read_bytes()
    Path(f"{path}.gz").write_bytes(gzip.compress(data, 9, mtime=0))
    Path(f"{path}.br").write_bytes(brotli.compress(data))
