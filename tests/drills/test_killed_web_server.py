"""The web server is killed while it answers: what was confirmed is kept, and the finder answers."""

import json
import random
import re
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from urllib.parse import urlencode

import pytest

from halsonav.demo.people import LOGINS, PASSWORD
from tests.drills.installation import Installation, kill

SEARCH = "/aktiviteter/?q=promenad"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
ROUNDS = 3
RESETS = "SELECT count(*) FROM outbox_message WHERE subject = 'Välj ett nytt lösenord'"
PRAGMAS = """
from django.db import connection
with connection.cursor() as cursor:
    for pragma in ("integrity_check", "foreign_key_check"):
        print(cursor.execute(f"PRAGMA {pragma}").fetchall())
"""


@dataclass
class Visitors:
    """People who read, sign in and ask for a new password, until the server is gone."""

    port: int
    pages: int = 0
    sessions: list[str] = field(default_factory=list)
    messages: int = 0
    people: Iterator[str] = field(default_factory=lambda: cycle(LOGINS))
    stopped: threading.Event = field(default_factory=threading.Event)

    def come(self) -> list[threading.Thread]:
        """Let them begin."""
        doings = [self._read, self._read, self._sign_in, self._ask_for_password]
        threads = [threading.Thread(target=self._keep_on, args=(doing,)) for doing in doings]
        for thread in threads:
            thread.start()
        return threads

    def _keep_on(self, doing: object) -> None:
        assert callable(doing)
        with suppress(OSError, HTTPException):
            while not self.stopped.is_set():
                doing()

    def _read(self) -> None:
        status, _, _ = ask(self.port, SEARCH)
        assert status == 200
        self.pages += 1

    def _sign_in(self) -> None:
        email = random.choice(list(LOGINS))
        status, cookies = self._send("/konto/login/", {"login": email, "password": PASSWORD})
        if status == 302 and "sessionid" in cookies:
            self.sessions.append(cookies["sessionid"])
        time.sleep(0.3)

    def _ask_for_password(self) -> None:
        """Ask as one after another and from many networks: nobody is held back for asking often."""
        form = {"email": next(self.people)}
        status, _ = self._send("/konto/password/reset/", form, f"10.0.{self.messages}.1")
        self.messages += status == 302
        time.sleep(0.5)

    def _send(
        self, path: str, form: dict[str, str], came_from: str = ""
    ) -> tuple[int, dict[str, str]]:
        _, page, cookies = ask(self.port, path)
        found = TOKEN.search(page)
        assert found, page
        form = form | {"csrfmiddlewaretoken": found[1]}
        status, _, new = ask(self.port, path, cookies, form, came_from=came_from)
        return status, cookies | new


def ask(
    port: int,
    path: str,
    cookies: dict[str, str] | None = None,
    form: dict[str, str] | None = None,
    accept: str = "text/html",
    came_from: str = "",
) -> tuple[int, str, dict[str, str]]:
    """Return status, page and cookies of an address; with a form it is sent.

    `came_from` is the network address that a proxy before us would say that it saw.
    """
    server = HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Accept": accept}
    if cookies:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    if came_from:
        headers["X-Forwarded-For"] = came_from
    if form:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    server.request("POST" if form else "GET", path, urlencode(form or {}), headers)
    answer = server.getresponse()
    page = answer.read().decode()
    given = [value for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    server.close()
    return answer.status, page, dict(one.partition(";")[0].split("=", 1) for one in given)


def _found(installation: Installation) -> list[str]:
    _, page, _ = ask(installation.port, SEARCH, accept="application/json")
    return [result["url"] for result in json.loads(page)["results"]]


@pytest.mark.drill
def test_what_was_confirmed_is_kept_when_the_web_server_is_killed(
    installation: Installation,
) -> None:
    installation.command("demo", "--no-server")
    assert installation.query(RESETS) == [(0,)]
    installation.more["HALSONAV_PROXIES"] = "1"
    found_before: list[str] = []
    visitors = Visitors(installation.port)
    for _ in range(ROUNDS):
        server = installation.serve()
        found_before = found_before or _found(installation)
        visitors.stopped.clear()
        threads = visitors.come()
        time.sleep(random.uniform(2, 4))
        kill(server)
        visitors.stopped.set()
        for thread in threads:
            thread.join()

    assert visitors.pages > 10
    assert visitors.sessions
    assert 0 < visitors.messages <= len(LOGINS) * 3, "some were held back: that is no loss"
    installation.serve()
    assert found_before
    assert _found(installation) == found_before
    for session in visitors.sessions:
        status, _, _ = ask(installation.port, "/arbete/", {"sessionid": session})
        assert status == 200, "a sign-in that was confirmed is lost"
    kept = installation.query(RESETS)[0][0]
    assert kept >= visitors.messages, "a message that was confirmed is lost"
    _is_whole(installation)


def _is_whole(installation: Installation) -> None:
    """Ask through Django: a constraint of ours needs a function that it brings."""
    if installation.database.startswith("sqlite"):
        told = installation.python(PRAGMAS)
        assert told.splitlines() == ["[('ok',)]", "[]"]
    told = installation.python("from halsonav.people import journal\nprint(journal.verify())")
    assert told.strip() == "None"
