"""`make test` runs everything: a test that skips itself is told of, and red where that counts."""

import textwrap
from pathlib import Path

import pytest

from tests import __main__ as running
from tests.chromium import chromium

KNOWN = "only SQLite has REPLACE"


def stepped(folder: Path, reason: str) -> running.Outcome:
    """Run a file with a test that passes and one that skips itself for the reason."""
    file = folder / "test_skipping.py"
    file.write_text(
        textwrap.dedent(
            f"""
            import pytest

            def test_that_passes():
                pass

            def test_that_skips():
                pytest.skip({reason!r})
            """
        )
    )
    return running._pytest("any", ["-p", "no:cacheprovider", str(file)])


@pytest.mark.parametrize(("in_ci", "code"), [("", 0), ("1", 1)])
def test_a_test_that_skips_itself_is_told_of_and_fails_where_everything_must_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_ci: str, code: int
) -> None:
    monkeypatch.setenv("HALSONAV_CI", in_ci)
    outcome = stepped(tmp_path, "the dictionary: it is elsewhere")
    assert outcome.state == "skipped"
    assert outcome.words == "tests skipped themselves: the dictionary: it is elsewhere"
    assert running._told([outcome], 1) == code


def test_what_an_engine_has_not_is_no_skip_to_tell_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALSONAV_CI", "1")
    outcome = stepped(tmp_path, KNOWN)
    assert outcome.state == "ok"
    assert running._told([outcome], 1) == 0


def test_every_reason_that_is_let_through_stands_in_a_test() -> None:
    tests = "\n".join(
        path.read_text("utf-8")
        for path in (running.ROOT / "tests").glob("*/**/test_*.py")
        if path != Path(__file__)
    )
    assert [reason for reason in running.CANNOT if reason not in tests] == []


def test_chromium_is_where_it_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "my-browser"
    program.touch(mode=0o755)
    monkeypatch.setenv("CHROMIUM", str(program))
    assert chromium() == str(program)
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "nothing"))
    assert chromium() is None
    monkeypatch.delenv("CHROMIUM")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium() is None
    program.rename(tmp_path / "chromium-browser")
    assert chromium() == str(tmp_path / "chromium-browser")
