"""Asks for an address as somebody, without leaving a trace."""

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.test import Client

from tests.access.world import NOBODY, World

LOGIN: Final = "/konto/login/"
_TOKEN: Final = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+')


@dataclass(frozen=True)
class Answer:
    """What came back: the status, where it leads, the headers and the text."""

    status: int
    leads_to: str
    headers: tuple[tuple[str, str], ...]
    text: str

    @property
    def code(self) -> str:
        """Return the status, or "login" for the way to where one signs in."""
        return "login" if self.leads_to == LOGIN else str(self.status)

    @property
    def told(self) -> str:
        """Return headers and text, where anything that is shown must stand."""
        return f"{self.headers}\n{self.text}"

    def said_without(self, *values: str) -> str:
        """Return all that it says, without what differs from asking to asking.

        These are the form's token, and the values in the address that was asked for.
        """
        told = _TOKEN.sub(r"\1", f"{self.status}\n{self.headers}\n{self.text}")
        for value in values:
            told = told.replace(f"/{value}/", "/VALUE/").replace(f"/{value}.", "/VALUE.")
        return told


def client_of(world: World, reader: str) -> Client:
    """Return a browser of somebody of the world, or of a stranger."""
    client = Client(raise_request_exception=False)
    if reader != NOBODY:
        client.cookies[settings.SESSION_COOKIE_NAME] = world.readers[reader].session
    return client


def ask(world: World, reader: str, method: str, address: str, accept: str = "text/html") -> Answer:
    """Ask, and take back whatever the asking wrote."""
    with transaction.atomic():
        answer = client_of(world, reader).generic(method, address, headers={"accept": accept})
        told = read(answer)
        transaction.set_rollback(True)
    return told


def read(answer: Any) -> Answer:
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kept = tuple(
        (name, value)
        for name, value in sorted(answer.headers.items())
        if name not in ("Content-Length", "Location")
    )
    leads_to = urlsplit(answer.headers.get("Location", "")).path
    return Answer(answer.status_code, leads_to, kept, text.decode("utf-8", "replace"))
