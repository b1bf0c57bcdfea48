"""The demo prepares only what is not as it should be, and stays around today."""

import os
import socket
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from unittest.mock import Mock

import pytest
import time_machine
from pytest_django import Settings

from halsonav.commands import build, demo_content, fingerprint, main, ports
from halsonav.demo import load
from halsonav.programme import finder

NOW = datetime(2026, 4, 28, 8, 0, tzinfo=UTC)


class Stage:
    """Stands in for the content: notes what was done, and whether it is there."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.loaded = False
        self.rows = False
        self.occurrences = 1_000

    def load(self) -> None:
        self.done.append("load")
        self.loaded = self.rows = True

    def empty(self) -> None:
        self.done.append("empty")
        self.loaded = self.rows = False

    def fill(self, size: int) -> None:
        self.done.append(f"fill {size}")
        self.occurrences = size

    def rebuild(self) -> None:
        self.done.append("rebuild")
        self.rows = True


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Stage:
    stage = Stage()
    settings.DATA_DIR = tmp_path
    filling = ModuleType("halsonav.demo.fill")
    monkeypatch.setattr(filling, "fill", stage.fill, raising=False)
    monkeypatch.setitem(sys.modules, "halsonav.demo.fill", filling)
    monkeypatch.setattr(load, "load", stage.load)
    monkeypatch.setattr(load, "is_loaded", lambda: stage.loaded)
    monkeypatch.setattr(finder, "rebuild", stage.rebuild)
    monkeypatch.setattr(demo_content, "_empty", stage.empty)
    monkeypatch.setattr(demo_content, "_migrate", lambda: None)
    rows = Mock()
    rows.objects.exists = lambda: stage.rows
    monkeypatch.setattr(demo_content, "FinderRow", rows)
    times = Mock()
    times.objects.count = lambda: stage.occurrences
    monkeypatch.setattr(demo_content, "Occurrence", times)
    return stage


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def _again(stage: Stage, size: int = 0) -> list[str]:
    stage.done.clear()
    demo_content.prepare(size)
    return stage.done


def test_the_first_time_the_content_is_loaded_and_the_second_nothing_is_done(
    stage: Stage,
) -> None:
    assert _again(stage) == ["empty", "load"]
    assert _again(stage) == []


def test_another_day_the_finder_is_rebuilt(stage: Stage, clock: time_machine.Traveller) -> None:
    _again(stage)
    clock.shift(timedelta(days=1))
    assert _again(stage) == ["rebuild"]
    assert _again(stage) == []


def test_after_more_than_a_week_the_content_is_loaded_anew(
    stage: Stage, clock: time_machine.Traveller
) -> None:
    _again(stage)
    clock.shift(timedelta(days=7))
    assert "load" not in _again(stage)
    clock.shift(timedelta(days=1))
    assert _again(stage) == ["empty", "load"]


def test_a_clock_that_was_wrong_is_no_reason_to_keep_old_content(
    stage: Stage, clock: time_machine.Traveller
) -> None:
    _again(stage)
    clock.shift(timedelta(days=-1))
    assert _again(stage) == ["empty", "load"]


def test_new_content_is_loaded(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    _again(stage)
    monkeypatch.setattr(fingerprint, "of", lambda *patterns: "new")
    assert _again(stage) == ["empty", "load"]


def test_new_everyday_words_rebuild_the_finder(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fingerprint, "ROOT", tmp_path)
    words = tmp_path / "halsonav" / "programme" / "everyday_words.toml"
    words.parent.mkdir(parents=True)
    _again(stage)
    words.write_text("[sleep]")
    assert _again(stage) == ["rebuild"]
    assert _again(stage) == []


def test_an_empty_finder_is_rebuilt(stage: Stage) -> None:
    _again(stage)
    stage.rows = False
    assert _again(stage) == ["rebuild"]


def test_it_is_filled_up_once_to_the_size_that_is_asked_for(stage: Stage) -> None:
    assert _again(stage, 100_000) == ["empty", "load", "fill 100000"]
    assert _again(stage, 100_000) == []
    assert _again(stage) == []


def test_only_the_demos_own_file_is_thrown_away(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    connection = Mock(vendor="sqlite", settings_dict={"NAME": str(tmp_path / "demo.sqlite3")})
    monkeypatch.setattr(demo_content, "connection", connection)
    settings.DATA_DIR = tmp_path
    files = [tmp_path / f"demo.sqlite3{end}" for end in ("", "-wal", "-shm")]
    for file in files:
        file.touch()
    demo_content._empty()
    assert all(file.exists() for file in files), "this is not the demo"
    assert "töms inte" in capsys.readouterr().out
    settings.DEMO = True
    settings.DATA_DIR = tmp_path / "elsewhere"
    demo_content._empty()
    assert all(file.exists() for file in files), "the file is not in the demo's folder"
    settings.DATA_DIR = tmp_path
    demo_content._empty()
    assert not any(file.exists() for file in files)


def test_the_welcome_tells_where_everything_is_and_how_to_sign_in() -> None:
    told = demo_content.welcome("http://127.0.0.1:8123")
    for part in ("http://127.0.0.1:8123/", "/en/", "/ar/", "/arbete/", "/komponenter/"):
        assert part in told
    assert "samordnare@exempel.se  samordnare" in told
    assert "prova-halsonav" in told


# The command ----------------------------------------------------------------------------------


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> Mock:
    monkeypatch.setenv("HALSONAV_ORIGIN", "http://127.0.0.1:8000")
    monkeypatch.setattr(build, "build", Mock())
    prepare = Mock()
    monkeypatch.setattr(demo_content, "prepare", prepare)
    return prepare


def test_without_a_server_it_prepares_and_ends(
    prepared: Mock, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--no-server", "--size", "5000", "--port", "8123"]) == 0
    prepared.assert_called_once_with(5000)
    told = capsys.readouterr().out
    assert told == "Demon är förberedd. Visa den med `halsonav demo`.\n"


def test_it_becomes_the_server_with_a_worker(
    prepared: Mock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    became = Mock(side_effect=SystemExit)
    monkeypatch.setattr(os, "execv", became)
    monkeypatch.setattr(ports, "fault", lambda host, port: "")
    with pytest.raises(SystemExit):
        main(["demo", "--port", "8123"])
    words = became.call_args.args[1]
    assert words[1:] == [
        *("-m", "halsonav.commands", "serve"),
        *("--host", "127.0.0.1", "--port", "8123", "--with-worker"),
    ]
    told = capsys.readouterr().out
    assert "http://127.0.0.1:8123/arbete/" in told
    assert "Avsluta med Ctrl+C." in told


def test_a_port_that_is_taken_is_told_before_anything_is_done(
    prepared: Mock, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        assert main(["demo", "--port", str(port)]) == 1
    assert f"Port {port} är upptagen" in capsys.readouterr().err
    prepared.assert_not_called()


def test_the_demos_known_logins_never_come_into_a_real_installation(
    prepared: Mock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALSONAV_MODE", "production")
    for words in (["demo"], ["demo", "--no-server"]):
        assert main(words) == 1
        assert "HALSONAV_MODE är ”production”" in capsys.readouterr().err
    prepared.assert_not_called()


def test_a_database_without_a_mode_may_be_a_real_one(
    prepared: Mock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HALSONAV_MODE", raising=False)
    monkeypatch.setenv("HALSONAV_DATABASE", "postgresql://halsonav@127.0.0.1/halsonav")
    for words in (["demo"], ["demo", "--no-server"]):
        assert main(words) == 1
        assert "HALSONAV_DATABASE är satt men inte HALSONAV_MODE" in capsys.readouterr().err
        monkeypatch.delenv("HALSONAV_MODE", raising=False)
    prepared.assert_not_called()
    monkeypatch.setenv("HALSONAV_MODE", "demo")
    assert main(["demo", "--no-server"]) == 0


def test_what_is_not_built_is_built(prepared: Mock, monkeypatch: pytest.MonkeyPatch) -> None:
    built = Mock()
    monkeypatch.setattr(build, "build", built)
    main(["demo", "--no-server"])
    built.assert_called_once_with()
