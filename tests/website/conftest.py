"""The public site with the demo's content, there for a module of tests and then taken away."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
import time_machine
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from halsonav.demo import load
from halsonav.lib.swedish_calendar import STOCKHOLM
from halsonav.programme.actions import missed_searches

TUESDAY_MORNING = datetime(2026, 11, 24, 9, 30, tzinfo=STOCKHOLM)


@pytest.fixture(autouse=True)
def missed_searches_wait(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let no thread write missed searches when the test is long over."""
    monkeypatch.setattr(missed_searches, "_start_timer", lambda: None)
    yield
    missed_searches._waiting.clear()


@contextmanager
def _word_list_left_open() -> Iterator[None]:
    """Let the reader of the Swedish word list leave its files to be closed for it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "unclosed file .*dictionary-sv", ResourceWarning)
        yield


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[datetime]:
    """Load the demo on a Tuesday morning, and stay there; takes some ten seconds.

    The content stands in a transaction that is never committed: the tests' own lie inside it.
    """
    with time_machine.travel(TUESDAY_MORNING, tick=False), django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        try:
            with _word_list_left_open():
                load.load()
            yield TUESDAY_MORNING
        finally:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)
