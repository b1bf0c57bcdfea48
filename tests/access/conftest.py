"""The world that is looked at from everywhere, made once for each module."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import time_machine
from django.db import transaction
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from tests.access import world as worlds

NOW: Final = "2026-12-01T10:00:00Z"


def standing_still() -> "time_machine.travel":
    """Stop the clock in the middle of a morning."""
    return time_machine.travel(NOW, tick=False)


@pytest.fixture(scope="module")
def kept_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[worlds.World]:
    """Make the world in a transaction that stays open for the module, and is then taken back.

    The clock stands still meanwhile: two answers that are compared may tell the same time.
    """
    with standing_still(), django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture
def world(
    kept_world: worlds.World,
    db: None,
    settings: Settings,
    tmp_path: Path,
) -> worlds.World:
    """Give the world to a test; what the test writes is taken back."""
    settings.DATA_DIR = tmp_path
    return kept_world
