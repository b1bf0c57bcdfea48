"""Forgets what has been kept as long as it may be, or says what would go."""

import argparse

from halsonav.commands.terminal import say, with_django


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take whether to look only."""
    parser.add_argument("--preview", action="store_true", help="visa bara vad som skulle tas bort")


def run(options: argparse.Namespace) -> int:
    """Say each rule's part, and whether it goes or waits for a person."""
    telling = with_django("halsonav.commands.forgetting_told")
    for line in telling.preview() if options.preview else telling.forgotten():
        say(line)
    return 0
