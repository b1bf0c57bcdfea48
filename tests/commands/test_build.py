"""What is built, and when it is built again."""

import gettext
import gzip
from pathlib import Path

import brotli
import pytest

from halsonav.commands import build, fingerprint, main
from halsonav.lib.words import KNOWN_WORDS

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Hitta aktiviteter"
msgstr "Find activities"

#, fuzzy
msgid "Teman"
msgstr "Themselves"

msgid "%(n)s plats"
msgid_plural "%(n)s platser"
msgstr[0] "%(n)s place"
msgstr[1] "%(n)s places"
"""


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Build into a folder of the test's own, without the word list, which takes seconds."""
    monkeypatch.setattr(build, "TARGET", tmp_path / "static")
    monkeypatch.setattr(build, "NOTE", tmp_path / "built.json")
    monkeypatch.setattr(build, "PARTS", build.PARTS[:2])
    return tmp_path


def test_what_is_sent_has_its_compressed_twins(elsewhere: Path) -> None:
    assert not build.is_fresh()
    assert build.build() == 2
    sheet = elsewhere / "static" / "design" / "halsonav.css"
    assert gzip.decompress(Path(f"{sheet}.gz").read_bytes()) == sheet.read_bytes()
    assert brotli.decompress(Path(f"{sheet}.br").read_bytes()) == sheet.read_bytes()
    assert build.is_fresh()


def test_nothing_is_built_twice_unless_asked(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build"]) == 0
    assert "Bygger" in capsys.readouterr().out
    assert main(["build"]) == 0
    assert capsys.readouterr().out == "Allt är redan byggt.\n"
    assert main(["build", "--force"]) == 0
    assert "Bygger" in capsys.readouterr().out


def test_only_what_was_thrown_away_is_built_again(elsewhere: Path) -> None:
    build.build()
    (elsewhere / "static" / "design" / "halsonav.css").unlink()
    assert not build.is_fresh()
    assert build.build() == 1


def test_a_missing_package_is_told_with_what_to_do(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "ROOT", elsewhere)
    with pytest.raises(SystemExit, match=r"saknas. Kör `make setup` först"):
        build.build()


def test_the_word_list_is_one_of_the_parts() -> None:
    style, translations, word_list = build.PARTS
    assert word_list.made() == [KNOWN_WORDS]
    assert all(part.name and part.sources for part in (style, translations, word_list))


def test_each_rooms_translations_are_compiled_and_doubtful_ones_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "ROOT", tmp_path)
    po = tmp_path / "halsonav" / "room" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text(PO, "utf-8")
    build.compile_catalogues()
    with po.with_suffix(".mo").open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.gettext("Hitta aktiviteter") == "Find activities"
    assert words.gettext("Teman") == "Teman"
    assert words.ngettext("%(n)s plats", "%(n)s platser", 2) == "%(n)s places"


def test_a_fingerprint_changes_with_a_file_and_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fingerprint, "ROOT", tmp_path)
    (tmp_path / "a.css").write_text("1")
    first = fingerprint.of("*.css")
    assert fingerprint.of("*.css") == first
    (tmp_path / "a.css").write_text("2")
    second = fingerprint.of("*.css")
    (tmp_path / "a.css").rename(tmp_path / "b.css")
    assert len({first, second, fingerprint.of("*.css")}) == 3


@pytest.mark.parametrize("text", ["", "{", "[1]"])
def test_a_note_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    note = tmp_path / "note.json"
    assert fingerprint.recall(note) == {}
    note.write_text(text)
    assert fingerprint.recall(note) == {}
    fingerprint.note(note, {"a": 1})
    assert fingerprint.recall(note) == {"a": 1}
