"""Reads the words of a command, and says in Swedish what is wrong with them."""

import argparse
import re
from typing import Final, NoReturn

from halsonav.commands.terminal import complain

SAID: Final = (
    (r"unrecognized arguments: (.+)", "Det här går inte att säga: {0}."),
    (r"argument (\S+): expected one argument", "Efter {0} ska det stå ett värde."),
    (r"the following arguments are required: (.+)", "{0} saknas."),
    (r"argument (\S+): invalid int value: '(.*)'", "{0} ska vara ett heltal, men är ”{1}”."),
    (r"argument (\S+): invalid choice: '(.*)' \(.*", "Det finns inget kommando ”{1}”."),
    (r"argument (\S+): ignored explicit argument '(.*)'", "Efter {0} ska det inte stå ”{1}”."),
    (r"argument (\S+): (.+)", "{0} {1}."),
)
"""What argparse says in English, and what we say; the last is for our own kinds of values."""


class Parser(argparse.ArgumentParser):
    """A parser that answers wrong words with one sentence."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and end with 2."""
        complain(in_swedish(message))
        complain(f"Mer om det: {self.prog} --help")
        raise SystemExit(2)


def in_swedish(message: str) -> str:
    """Return what argparse says, in Swedish."""
    for pattern, swedish in SAID:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return swedish.format(*found.groups())
    return message
