"""Ready pages stand in front of Django: right bytes, made once for a state, and never too long."""

import gzip
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import DatabaseError

from halsonav.people.models import User
from halsonav.programme import finder
from halsonav.programme.actions.occurrences import cancel_occurrence
from halsonav.programme.models import Occurrence, Reason
from halsonav.website import ready_pages
from halsonav.website.ready_pages import Environ, Headers, ReadyPages
from tests.factories.programme import published

NOW: Final = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
PUBLIC: Final[Headers] = [
    ("Content-Type", "text/html"),
    ("Cache-Control", "public, max-age=60"),
    ("ETag", 'W/"one"'),
    ("Vary", "Accept"),
]


class Application:
    """A small application that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.status = "200 OK"
        self.headers = list(PUBLIC)
        self.body = b"<p>Promenad</p>" * 40

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.asked += 1
        start_response(self.status, list(self.headers))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self.body]


class Answer:
    """What a reader gets."""

    def __init__(self, application: Any, path: str = "/", method: str = "GET", **more: str) -> None:
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_HOST": "exempel.se"}
        self.body = b"".join(application(environ | more, self._start))

    def _start(self, status: str, headers: Headers, exc_info: Any = None) -> None:
        self.status, self.headers = status, dict(headers)


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The finder's state, asked for anew each time; tests change it."""
    now = [1]
    monkeypatch.setattr(ready_pages, "finder_state", lambda _now: tuple(now))
    return now


@pytest.fixture
def application(state: list[int]) -> Application:
    return Application()


@pytest.fixture
def pages(application: Application) -> ReadyPages:
    return ReadyPages(application)


def test_the_second_answer_comes_without_asking_the_application(
    pages: ReadyPages, application: Application
) -> None:
    first, second = Answer(pages), Answer(pages)
    assert application.asked == 1
    assert first.status == second.status == "200 OK"
    assert first.body == second.body == application.body
    assert first.headers == second.headers


def test_a_new_state_makes_the_page_anew(
    pages: ReadyPages, application: Application, state: list[int]
) -> None:
    Answer(pages)
    application.body = b"new"
    assert Answer(pages).body != b"new"
    state.append(2)
    assert Answer(pages).body == b"new"
    assert application.asked == 2


def test_a_page_that_the_reader_has_is_not_sent_again(
    pages: ReadyPages, application: Application
) -> None:
    Answer(pages)
    known = Answer(pages, HTTP_IF_NONE_MATCH='W/"one"')
    assert (known.status, known.body) == ("304 Not Modified", b"")
    kept = {"ETag": 'W/"one"', "Cache-Control": "public, max-age=60"}
    assert known.headers == kept | {"Vary": "Accept, Accept-Encoding"}
    assert Answer(pages, HTTP_IF_NONE_MATCH='W/"other"').body == application.body


@pytest.mark.parametrize("taken", ["gzip", "br, gzip", "GZIP;q=0.5, br", "gzip; q=1.0"])
def test_it_is_packed_for_those_who_take_it(
    pages: ReadyPages, application: Application, taken: str
) -> None:
    plain = Answer(pages)
    packed = Answer(pages, HTTP_ACCEPT_ENCODING=taken)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.body) < len(plain.body)
    assert gzip.decompress(packed.body) == application.body
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize("refused", ["gzip;q=0", "br, gzip; q=0.0", "identity", ""])
def test_it_is_not_packed_for_those_who_refuse(
    pages: ReadyPages, application: Application, refused: str
) -> None:
    assert Answer(pages, HTTP_ACCEPT_ENCODING=refused).body == application.body


def test_other_methods_pass_through(pages: ReadyPages, application: Application) -> None:
    Answer(pages)
    Answer(pages, method="POST")
    Answer(pages, method="POST")
    assert application.asked == 3


def test_headers_alone_come_from_what_is_kept(pages: ReadyPages, application: Application) -> None:
    whole, head = Answer(pages), Answer(pages, method="HEAD")
    assert application.asked == 1
    assert (head.status, head.headers, head.body) == (whole.status, whole.headers, b"")


def test_html_and_json_and_each_address_are_pages_of_their_own(
    pages: ReadyPages, application: Application
) -> None:
    Answer(pages)
    for more in (
        {"HTTP_ACCEPT": "application/json"},
        {"QUERY_STRING": "q=a"},
        {"HTTP_HOST": "annan.exempel.se"},
    ):
        Answer(pages, **more)
    Answer(pages, "/om/")
    assert application.asked == 5
    Answer(pages, HTTP_ACCEPT="text/html,application/json")
    assert application.asked == 5


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("200 OK", [*PUBLIC, ("Set-Cookie", "sessionid=1")]),
        ("200 OK", [*PUBLIC[:-1], ("Vary", "Accept, Cookie")]),
        ("404 Not Found", PUBLIC),
        ("302 Found", PUBLIC),
        ("200 OK", [("ETag", 'W/"one"')]),
        ("200 OK", [("ETag", 'W/"one"'), ("Cache-Control", "private, max-age=60")]),
        ("200 OK", [("Cache-Control", "public, max-age=60")]),
    ],
)
def test_what_is_not_for_everyone_is_never_kept(
    pages: ReadyPages, application: Application, status: str, headers: Headers
) -> None:
    application.status, application.headers = status, headers
    for _ in range(2):
        answer = Answer(pages)
        assert (answer.status, answer.body) == (status, application.body)
    assert application.asked == 2


def test_without_the_database_the_application_answers_itself(
    pages: ReadyPages, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_now: datetime) -> tuple[int, ...]:
        raise DatabaseError

    Answer(pages)
    monkeypatch.setattr(ready_pages, "finder_state", away)
    monkeypatch.setattr("halsonav.website.ready_pages.connection.close", lambda: None)
    assert Answer(pages).body == application.body
    assert Answer(pages).body == application.body
    assert application.asked == 3


def test_memory_has_a_bound_and_the_oldest_goes_first(
    pages: ReadyPages, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    Answer(pages, "/0")
    size, application.asked = pages._bytes, 0
    monkeypatch.setattr(ready_pages, "MOST_BYTES", 3 * size)
    for path in ("/1", "/2", "/3", "/4"):
        Answer(pages, path)
    assert application.asked == 4
    assert pages._bytes == 3 * size
    for path in ("/2", "/3", "/4"):
        Answer(pages, path)
    assert application.asked == 4
    Answer(pages, "/1")
    assert application.asked == 5


def test_what_is_asked_for_stays_the_longest(
    pages: ReadyPages, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready_pages, "MOST_PAGES", 2)
    for path in ("/1", "/2", "/1", "/3", "/1"):
        Answer(pages, path)
    assert application.asked == 3


def test_many_small_answers_and_long_addresses_do_not_fill_the_memory(
    pages: ReadyPages, application: Application
) -> None:
    application.body = b"{}"
    for n in range(ready_pages.MOST_PAGES + 10):
        Answer(pages, QUERY_STRING=f"x={n}")
    assert len(pages._kept) == ready_pages.MOST_PAGES
    before = pages._bytes
    Answer(pages, QUERY_STRING="x" * 60_000)
    assert pages._bytes == before


def test_an_answer_that_sets_a_cookie_is_for_its_reader_alone(
    pages: ReadyPages, application: Application
) -> None:
    application.headers = [*PUBLIC, ("Set-Cookie", "csrftoken=1")]
    assert Answer(pages).headers["Cache-Control"] == "private, no-store"


def test_a_page_made_anew_takes_its_own_place_in_memory(
    pages: ReadyPages, application: Application, state: list[int]
) -> None:
    Answer(pages)
    before = pages._bytes
    state.append(2)
    Answer(pages)
    assert pages._bytes == before > 0


def test_a_very_large_page_is_handed_out_but_not_kept(
    pages: ReadyPages, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready_pages, "LARGEST", 100)
    assert Answer(pages).body == Answer(pages).body == application.body
    assert application.asked == 2


def test_pages_may_be_made_before_anybody_asks(
    pages: ReadyPages, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("halsonav.website.ready_pages.connection.close", lambda: None)
    pages.prepare("exempel.se", ["/", "/en/"])
    assert application.asked == 2
    assert Answer(pages, "/en/").body == application.body
    assert application.asked == 2


# With the site behind it -------------------------------------------------------------------------


@pytest.fixture
def site(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[ReadyPages, list[str]]]:
    """The real site, and the addresses that it was asked for."""
    asked: list[str] = []
    inner = WSGIHandler()
    for signal in (request_started, request_finished):  # the test's own transaction stays open
        monkeypatch.setattr(signal, "send", lambda sender, **named: [])

    def application(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        asked.append(environ["PATH_INFO"])
        return inner(environ, start_response)

    finder.forget()
    with time_machine.travel(NOW, tick=False):
        yield ReadyPages(application), asked
    finder.forget()


def read(site: ReadyPages, path: str, method: str = "GET", **more: str) -> Answer:
    rest: dict[str, Any] = {
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_HOST": "localhost",
        "wsgi.input": BytesIO(), "wsgi.url_scheme": "http", "QUERY_STRING": "",
    }  # fmt: skip
    return Answer(site, path, method, **{**rest, **more})


def test_a_cancelled_time_is_seen_at_once(
    site: tuple[ReadyPages, list[str]], coordinator: User
) -> None:
    pages, asked = site
    activity = published("Promenad i parken")
    path = f"/aktiviteter/{activity.slug}/"
    assert "Inställt" not in read(pages, path).body.decode()
    read(pages, path)
    assert asked == [path]
    occurrence = Occurrence.objects.get(activity=activity)
    cancel_occurrence(by=coordinator, occurrence=occurrence, reason=Reason.LEADER_ILL)
    assert "Inställt" in read(pages, path).body.decode()
    assert asked == [path, path]


def test_the_site_agrees_with_what_it_handed_out(site: tuple[ReadyPages, list[str]]) -> None:
    pages, asked = site
    published("Promenad i parken")
    made, ready = read(pages, "/aktiviteter/"), read(pages, "/aktiviteter/")
    assert made.body == ready.body
    assert made.headers == ready.headers
    assert len(asked) == 1
    known = read(pages, "/aktiviteter/", HTTP_IF_NONE_MATCH=made.headers["ETag"])
    assert known.status == "304 Not Modified"
    assert len(asked) == 1
    assert read(pages, "/konto/login/").status == "200 OK"
    assert read(pages, "/finns-inte/").status == "404 Not Found"
    assert read(pages, "/konto/login/").status == "200 OK"
    assert len(asked) == 4
