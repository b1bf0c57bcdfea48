"""What a command needs: to speak, and to load what stands on Django once it is ready."""

import os
import sys
from importlib import import_module
from typing import Any


def say(words: str = "") -> None:
    """Write a line to the person at the terminal, at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def complain(words: str) -> None:
    """Write a line about something that is wrong."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def with_django(module: str) -> Any:
    """Return a module that may only be imported when Django is ready, after making it so.

    Raises `WrongSettingError` with one sentence when a setting is missing or wrong.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halsonav.config.settings")
    import_module("django").setup()
    return import_module(module)
