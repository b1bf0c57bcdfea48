"""The mail server, and messages in the outbox."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.messages import mail_server
from tests.messages.mail_server import MailServer


@pytest.fixture
def post(settings: Settings) -> Iterator[MailServer]:
    """Run a mail server, and send through it."""
    with mail_server.running() as server:
        settings.MAIL = server.settings
        yield server
