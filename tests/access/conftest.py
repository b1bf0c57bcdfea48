"""The world that is looked at from everywhere, made once for each module."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

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
    settings: Settings,
    tmp_path: Path,
) -> worlds.World:
    """Give the world to a test; what the test writes is taken back."""
    settings.DATA_DIR = tmp_path
    return kept_world
