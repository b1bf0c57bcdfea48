"""Does what goes on in the background, until told to stop."""

import argparse

from halsonav.commands.terminal import with_django


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take `--once`."""
    parser.add_argument("--once", action="store_true", help="gör det som väntar nu och sluta sedan")


def run(options: argparse.Namespace) -> int:
    """Work; `--once` stops when nothing waits any more."""
    worker = with_django("halsonav.jobs.worker")
    if options.once:
        worker.work_once()
    else:
        worker.work_until_stopped()
    return 0
