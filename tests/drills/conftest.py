"""An installation on each engine that answers."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.drills.installation import Installation, on_postgres, on_sqlite

POSTGRES = os.environ.get("HALSONAV_TEST_POSTGRES", "")


def _postgres_answers() -> bool:
    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.Error:
        return False
    return bool(POSTGRES)


@pytest.fixture(params=["sqlite", "postgres"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """Give an installation that is migrated and empty."""
    if request.param == "postgres" and not _postgres_answers():
        pytest.skip("HALSONAV_TEST_POSTGRES does not answer")
    made = on_sqlite(tmp_path) if request.param == "sqlite" else on_postgres(tmp_path, POSTGRES)
    with made as installation:
        installation.command("migrate")
        yield installation
