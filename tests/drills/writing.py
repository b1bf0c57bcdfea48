"""Somebody who writes people down until there is no room, and says each yes aloud."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any, Final

from tests.drills.installation import READY, Installation

_WRITING: Final = """
from django.db import Error
from halsonav.people.actions.user import create_user
for number in range(100_000):
    email = f"ny{number}-{turn}@exempel.se"
    if early:
        print("kept", email, flush=True)
    try:
        create_user(by=None, email=email, display_name="N" * 100, password=None)
    except Error:
        print("refused", flush=True)
        break
    if not early:
        print("kept", email, flush=True)
"""


def written_until_full(
    installation: Installation,
    fill: "Callable[[subprocess.Popen[Any]], None]",
    turn: int,
    *,
    early: bool = False,
) -> set[str]:
    """Let `fill` fill the disk while people are created; return the addresses that were confirmed.

    With `early` each is confirmed before it is written, as nobody may: it is a control.
    """
    with subprocess.Popen(
        [sys.executable, "-c", READY + f"turn, early = {turn}, {early}" + _WRITING],
        env=installation.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as writer:
        assert writer.stdout
        lines = [writer.stdout.readline(), writer.stdout.readline()]
        fill(writer)
        lines += writer.stdout.readlines()
    assert lines[-1] == "refused\n", lines[-3:]
    return {line.split()[1] for line in lines[:-1]}
