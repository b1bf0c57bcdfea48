"""What is in the repository is ours: nobody's machine, nobody's address, no package index."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.house.floors import ROOT

# Written in pieces, so that this file does not hold what it looks for.
MACHINE = re.compile(r"(?<![\w.~$)}\]])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me|Us" + r"ers)/(?=[\w.])")
INDEX = re.compile(
    r"\b(?:pypi" + r"\.org|pythonhosted" + r"\.org|registry" + r"\.npmjs\.org|npmjs" + r"\.com)"
)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
OWN_EMAIL = re.compile(r"@(?:[\w-]+\.)*exempel\.se$|^noreply@", re.IGNORECASE)
NOT_EMAIL = re.compile(r"^git@|@\d|\.(?:html|css|js|py|svg|service|timer)$")
PHONE = re.compile(r"(?<!\d)0(?:\d{1,2})-\d{2,3} ?\d{2} ?\d{2}(?!\d)")
OWN_PHONE = re.compile(r"031-390 06 [0-4]\d|070-174 06 (?:0[5-9]|[1-9]\d)")
BINARY = {".png", ".woff2", ".ico", ".jpg", ".webp", ".gif"}


@cache
def _tracked() -> tuple[Path, ...]:
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(path for path in paths if path.is_file() and path.suffix not in BINARY)


def faults_in(text: str) -> set[str]:
    """Return machine paths, package indexes, strange e-mail addresses and telephone numbers."""
    emails = {found for found in EMAIL.findall(text) if not NOT_EMAIL.search(found)}
    return {
        *MACHINE.findall(text),
        *INDEX.findall(text),
        *(email for email in emails if not OWN_EMAIL.search(email)),
        *(phone for phone in PHONE.findall(text) if not OWN_PHONE.fullmatch(phone)),
    }


def test_there_is_something_to_look_at() -> None:
    assert ROOT / "LICENSE" in _tracked()
    assert len(_tracked()) > 200


def test_no_file_tells_of_a_machine_an_index_or_a_person() -> None:
    faults = {
        str(path.relative_to(ROOT)): found
        for path in _tracked()
        if (found := faults_in(path.read_text("utf-8")))
    }
    assert faults == {}


@pytest.mark.parametrize(
    "text",
    [
        'open("/wo' + 'rk/main/x")',
        "see /ro" + "ot/.cache/x",
        "cd /ho" + "me/anna/x",
        "https://pypi" + ".org/simple",
        "https://registry" + ".npmjs.org/x/-/x.tgz",
        "anna@gmail" + ".com",
        "ring 031-123 45" + " 67",
        "070-123 45" + " 67",
    ],
)
def test_what_should_not_be_there_is_seen(text: str) -> None:
    assert faults_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "name@exempel.se, noreply@hub.test",
        "031-390 06 10 and 070-174 06 05",
        "{{ base }}/home/x and ../root/x",
        "@digdir/designsystemet-css@1.22.0",
        "kl. 10.00-11.30",
    ],
)
def test_what_is_ours_passes(text: str) -> None:
    assert faults_in(text) == set()
