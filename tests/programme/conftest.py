"""What tests of the programme share: a fresh finder, and the demo's content."""

from collections.abc import Iterator

import pytest

from halsonav.programme import finder
from tests.website.conftest import demo

__all__ = ["demo"]


@pytest.fixture(autouse=True)
def finder_forgets() -> Iterator[None]:
    """Let no test see the columns of another."""
    finder.forget()
    yield
    finder.forget()
