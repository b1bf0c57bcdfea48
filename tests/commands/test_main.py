"""The `halsonav` command answers at once and says what one can do."""

import subprocess
import sys
from importlib import import_module

import pytest

from halsonav.commands import COMMANDS, main
from halsonav.commands.terminal import with_django

LIGHT = """
import sys
from halsonav.commands import main
try:
    main({words})
except SystemExit:
    pass
sys.exit("django" in sys.modules)
"""


def test_without_a_word_it_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    told = capsys.readouterr().out
    assert all(f"  {name}" in told and does in told for name, does in COMMANDS.items())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([name, "--help"])
    assert stopped.value.code == 0
    told = " ".join(capsys.readouterr().out.split())
    assert f"usage: halsonav {name}" in told
    assert COMMANDS[name][1:] in told
    assert import_module(f"halsonav.commands.{name.replace('-', '_')}").__doc__


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["fly"])
    assert stopped.value.code == 2
    assert "fly" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["build", "--help"], ["worker", "--help"], ["serve", "--help"]])
def test_help_does_not_wait_for_django(words: list[str]) -> None:
    code = LIGHT.format(words=words)
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_a_wrong_setting_stops_with_one_sentence() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "halsonav.commands", "migrate"],
        env={"HALSONAV_MODE": "live"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stderr == "HALSONAV_MODE är ”live”, men ska innehålla demo, test eller production.\n"


def test_ctrl_c_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(options: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("halsonav.commands.build.run", interrupted)
    assert main(["build"]) == 130


def test_what_stands_on_django_is_loaded_when_django_is_ready() -> None:
    assert with_django("halsonav.people.models").Centre._meta.label == "people.Centre"
