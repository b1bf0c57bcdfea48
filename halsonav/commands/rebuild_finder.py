"""Builds what the finder reads anew, from the activities."""

import argparse

from halsonav.commands.terminal import say, with_django


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(options: argparse.Namespace) -> int:
    """Rebuild, and say how many times can be found."""
    finder = with_django("halsonav.programme.finder")
    say(f"Klart: {finder.rebuild()} tillfällen går att hitta.")
    return 0
