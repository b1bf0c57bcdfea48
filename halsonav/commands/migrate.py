"""Makes the database ready for this version."""

import argparse

from halsonav.commands.terminal import with_django


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(options: argparse.Namespace) -> int:
    """Run every migration that has not been run."""
    with_django("django.core.management").call_command("migrate", interactive=False)
    return 0
