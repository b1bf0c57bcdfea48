"""What runs in a browser: it writes text, runs no text, and keeps nothing there."""

import re
from pathlib import Path

import allauth.mfa
import pytest

from halsonav.design import assets

OURS = sorted((Path(assets.__file__).parent / "js").glob("*.js"))
ALLAUTHS = sorted(Path(allauth.mfa.__file__).parent.rglob("static/**/*.js"))
RUNS = re.compile(
    r"\beval\(|\bFunction\(|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\.srcdoc|"
    r"set(?:Timeout|Interval)\(\s*[\"']|javascript:"
)
KEEPS = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.|postMessage")


@pytest.mark.parametrize("script", [*OURS, *ALLAUTHS], ids=lambda script: script.name)
def test_a_script_writes_text_alone_and_keeps_nothing(script: Path) -> None:
    text = script.read_text("utf-8")
    assert not RUNS.findall(text)
    assert not KEEPS.findall(text)


def test_there_are_scripts_to_look_at() -> None:
    assert OURS
    assert ALLAUTHS


def test_what_should_not_be_there_is_seen() -> None:
    assert RUNS.search("box.innerHTML = said")
    assert RUNS.search("setTimeout('go()', 5)")
    assert KEEPS.search("window.localStorage.setItem('a', 'b')")
