"""The world that is looked at from everywhere, made once for each module."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from halsonav.programme.actions import missed_searches
from tests.access import world as worlds


@pytest.fixture(scope="module")
def kept_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[worlds.World]:
    """Make the world in a transaction that stays open for the module, and is then taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture
def world(
    kept_world: worlds.World,
    db: None,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    tmp_path: Path,
) -> Iterator[worlds.World]:
    """Give the world to a test; what it writes is taken back, missed searches that wait too."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(missed_searches, "_start_timer", lambda: None)
    yield kept_world
    missed_searches._waiting.clear()
