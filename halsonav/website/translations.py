"""Keeps the catalogues of what people see: what is said in Swedish, and how it is said elsewhere.

Every room's words stand in one catalogue per language,
`halsonav/website/locale/<language>/LC_MESSAGES/django.po`; the Swedish words are its keys.

    python -m halsonav.website.translations update     takes new words in and drops unused ones
    python -m halsonav.website.translations compile    writes the files that the site reads
    python -m halsonav.website.translations check      lists what is missing, doubtful or unused
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as extract_from
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).resolve().parents[2]
LOCALE_DIR: Final = Path("halsonav/website/locale")
LANGUAGES: Final = ("en", "ar")
PLURALS: Final[Mapping[str, str]] = {
    "en": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 :"
    " n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;",
}
KEYWORDS: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
OUTSIDE: Final = ("migrations", "node_modules", "tests")

Key = tuple[str, str]


@dataclass
class Faults:
    """What is not as it should be in one language's catalogue, as Swedish words."""

    missing: list[str] = field(default_factory=list)
    fuzzy: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Return how many there are."""
        return len(self.missing) + len(self.fuzzy) + len(self.unused)


# Reading the words out of the code -------------------------------------------------------------


def extract(root: Path) -> Catalog:
    """Return every message of the package under `root`, once, file by file."""
    found = Catalog(charset="utf-8")
    for path in _sources(root / "halsonav"):
        for message in _messages(path):
            found.add(
                message.id,
                auto_comments=message.auto_comments,
                context=message.context,
            )
    return found


def _sources(package: Path) -> list[Path]:
    paths = [*package.rglob("*.py"), *package.rglob("templates/**/*.html")]
    paths += package.rglob("templates/**/*.txt")
    return sorted(path for path in paths if not set(path.relative_to(package).parts) & set(OUTSIDE))


def _messages(path: Path) -> Iterator[Message]:
    """Return a file's messages; a template is first turned into the calls it stands for."""
    code = path.read_text("utf-8")
    if path.suffix != ".py":
        # Django only here, so that building need not wait for it.
        from django.utils.translation.template import templatize  # noqa: PLC0415

        # Within parentheses Python does not mind how the lines are indented.
        code = f"({templatize(code, origin=str(path))}\n)"
    source = BytesIO(code.encode())
    calls = extract_from("python", source, KEYWORDS, ["Translators"], {"encoding": "utf-8"})
    for _line, words, comments, context in calls:
        yield Message(words, auto_comments=comments, context=context)


# The catalogues --------------------------------------------------------------------------------


def read(path: Path, language: str) -> Catalog:
    """Return a language's catalogue; an empty one when there is no file yet."""
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as source:
        return read_po(source, locale=language, charset="utf-8")


def update(root: Path) -> None:
    """Take new messages into each catalogue and drop those that nothing says any more."""
    found = extract(root)
    for language, path in _catalogue_paths(root):
        catalogue = read(path, language)
        catalogue.update(found, no_fuzzy_matching=True, update_creation_date=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_written(catalogue, language))


def _written(catalogue: Catalog, language: str) -> bytes:
    """Return the file: a header that never changes of itself, and messages without line numbers."""
    body = BytesIO()
    write_po(
        body,
        catalogue,
        width=100,
        no_location=True,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
    )
    header = (
        f"Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {PLURALS[language]}",
    )
    lines = ['msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in header), "", ""]
    return "\n".join(lines).encode() + body.getvalue().rstrip(b"\n") + b"\n"


def compile_all(locale_dir: Path) -> int:
    """Write the `.mo` file beside every `.po` file in a folder of languages; return how many.

    Doubtful (fuzzy) and half-made translations are left out, so that the Swedish words stand there
    instead.
    """
    paths = sorted(locale_dir.glob("*/LC_MESSAGES/*.po"))
    for path in paths:
        catalogue = read(path, path.parents[1].name)
        for message in list(catalogue):
            if message.id and not _is_whole(message, catalogue):
                catalogue.delete(message.id, message.context)
        with path.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalogue)
    return len(paths)


def _catalogue_paths(root: Path) -> list[tuple[str, Path]]:
    folder = root / LOCALE_DIR
    return [(language, folder / language / "LC_MESSAGES" / "django.po") for language in LANGUAGES]


# Looking for faults ----------------------------------------------------------------------------


def check(root: Path) -> dict[str, Faults]:
    """Return the faults of each language's catalogue against what the code says now."""
    found = {key(message): message for message in extract(root) if message.id}
    return {
        language: _faults(found, read(path, language)) for language, path in _catalogue_paths(root)
    }


def _faults(found: Mapping[Key, Message], catalogue: Catalog) -> Faults:
    known = {key(message): message for message in catalogue if message.id}
    return Faults(
        missing=[said for said, _ in found if not _is_whole(known.get((said, _)), catalogue)],
        fuzzy=[said for (said, _), message in known.items() if message.fuzzy],
        unused=[said for said, context in known if (said, context) not in found],
    )


def _is_whole(message: Message | None, catalogue: Catalog) -> bool:
    """Say whether there is a translation, with every plural form that the language has."""
    if message is None:
        return False
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(forms) and (not message.pluralizable or len(forms) == catalogue.num_plurals)


def key(message: Message) -> Key:
    """Return what tells a message from all others: its Swedish words and its context."""
    said = message.id if isinstance(message.id, str) else message.id[0]
    return said, message.context or ""


# At the terminal -------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what was asked for; return 1 when `check` finds a fault."""
    parser = argparse.ArgumentParser(
        prog="python -m halsonav.website.translations",
        description="Sköter översättningarna av det som syns på webbplatsen.",
    )
    parser.add_argument(
        "what",
        choices=("update", "compile", "check"),
        help="update: hämta nya texter ur koden och ta bort dem som inte används;"
        " compile: skriv filerna som webbplatsen läser;"
        " check: visa vad som saknas, är osäkert eller inte används",
    )
    what = parser.parse_args(arguments).what
    if what == "update":
        update(ROOT)
    if what == "compile":
        _say(f"Klart: {compile_all(ROOT / LOCALE_DIR)} språk.")
        return 0
    return _report(check(ROOT))


def _report(faults: Mapping[str, Faults]) -> int:
    for language, found in faults.items():
        _say(
            f"{language}: {len(found.missing)} saknas, {len(found.fuzzy)} är osäkra,"
            f" {len(found.unused)} används inte."
        )
        for what, said in (
            ("saknas", found.missing),
            ("osäker", found.fuzzy),
            ("används inte", found.unused),
        ):
            for words in said:
                _say(f"  {what}: {words}")
    return 1 if any(found.total for found in faults.values()) else 0


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


if __name__ == "__main__":
    raise SystemExit(main())
