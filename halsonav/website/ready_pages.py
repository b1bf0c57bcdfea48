"""Ready pages: a public page is made once for a state of the finder and then only handed out.

This stands in front of Django. What a page shows changes when something is published or changed,
and at each tick when something is over (`finder_state`); until then the same bytes are right for
everyone.
"""

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, Final
from wsgiref.util import setup_testing_defaults

from django.db import DatabaseError, connection
from django.utils import timezone

from halsonav.programme.finder import finder_state

MOST_BYTES: Final = 24_000_000
MOST_PAGES: Final = 4_000
AROUND: Final = 1_000
"""Bytes that a kept page takes besides its body, its headers and its address."""
LONGEST_ADDRESS: Final = 1_024
"""A longer address, host and choices included, is answered but not kept."""
LARGEST: Final = 400_000
PACKING: Final = 6
_STAY: Final = frozenset(("ETag", "Cache-Control", "Vary", "Content-Language"))
"""Headers that an answer without a body still has."""

Headers = list[tuple[str, str]]
Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Ready:
    """A page as it was answered in a state."""

    def __init__(self, state: tuple[int, ...], headers: Headers, body: bytes) -> None:
        """Keep the answer; it is packed when the first reader takes it so."""
        self.state, self.headers, self.body = state, headers, body
        self.tag = dict(headers)["ETag"]

    @cached_property
    def packed(self) -> bytes:
        """Return the body packed with gzip."""
        return gzip.compress(self.body, PACKING, mtime=0)

    def answer(self, *, packed: bool) -> tuple[Headers, bytes]:
        """Return headers and body, packed for those who take it."""
        if not packed:
            return self.headers, self.body
        other = [pair for pair in self.headers if pair[0] != "Content-Length"]
        own = [("Content-Encoding", "gzip"), ("Content-Length", str(len(self.packed)))]
        return other + own, self.packed


class ReadyPages:
    """A WSGI application that hands out pages kept from another."""

    def __init__(self, application: Application) -> None:
        """Wrap the application; nothing is kept yet."""
        self.application = application
        self._kept: OrderedDict[tuple[str, ...], Ready] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer from what is kept, or let the application answer and keep that."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.application(environ, start_response)
        key = _key(environ)
        state = self._state_now()
        ready = self._found(key)
        if ready is not None and state and ready.state == state:
            return _hand_out(ready, environ, start_response)
        if environ["REQUEST_METHOD"] == "HEAD":
            return self.application(environ, start_response)
        return self._make(key, state, environ, start_response)

    def _found(self, key: tuple[str, ...]) -> Ready | None:
        """Return what is kept; what is asked for stays the longest."""
        ready = self._kept.get(key)
        if ready is not None:
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
        return ready

    def prepare(self, host: str, paths: Iterable[str]) -> None:
        """Make these pages before anybody asks: templates are read, and the first page is ready."""
        for path in paths if self._state_now() else ():
            environ: Environ = {"PATH_INFO": path, "HTTP_HOST": host}
            setup_testing_defaults(environ)
            self(environ, lambda *answer: None)
        connection.close()

    def _state_now(self) -> tuple[int, ...]:
        """Return the finder's state; nothing when the database is away."""
        try:
            return finder_state(timezone.now())
        except DatabaseError:
            connection.close()
            return ()

    def _make(
        self,
        key: tuple[str, ...],
        state: tuple[int, ...],
        environ: Environ,
        start_response: Callable[..., Any],
    ) -> Iterable[bytes]:
        """Let the application answer; keep the answer when it says that anyone may."""
        said: list[Any] = []

        def listen(status: str, headers: Headers, exc_info: Any = None) -> Any:
            headers = _private_with_cookie(headers)
            said[:] = [status, headers]
            kept = state and _may_be_kept(status, headers)
            return None if kept else start_response(status, headers, exc_info)

        answer = self.application(environ, listen)
        if not state or not said or not _may_be_kept(said[0], said[1]):
            return answer
        body = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        headers = _varied(said[1])
        ready = Ready(state, headers, body)
        self._keep(key, ready)
        return _hand_out(ready, environ, start_response)

    def _keep(self, key: tuple[str, ...], ready: Ready) -> None:
        if len(ready.body) > LARGEST or sum(map(len, key)) > LONGEST_ADDRESS:
            return
        with self._lock:
            old = self._kept.pop(key, None)
            self._bytes += _size(ready) - (_size(old) if old else 0)
            self._kept[key] = ready
            while self._bytes > MOST_BYTES or len(self._kept) > MOST_PAGES:
                _, gone = self._kept.popitem(last=False)
                self._bytes -= _size(gone)


def _size(ready: Ready) -> int:
    """Return what a page takes in memory at most: packed it is smaller than as it is."""
    return 2 * len(ready.body) + sum(len(value) for _, value in ready.headers) + AROUND


def _private_with_cookie(headers: Headers) -> Headers:
    """Let nobody keep an answer that sets a cookie, whatever the page said of itself."""
    if not any(name == "Set-Cookie" for name, _ in headers):
        return headers
    other = [pair for pair in headers if pair[0] != "Cache-Control"]
    return [*other, ("Cache-Control", "private, no-store")]


def _varied(headers: Headers) -> Headers:
    """Say that the answer differs with what the reader takes."""
    vary = ", ".join(filter(None, (dict(headers).get("Vary", ""), "Accept-Encoding")))
    return [pair for pair in headers if pair[0] != "Vary"] + [("Vary", vary)]


def _key(environ: Environ) -> tuple[str, ...]:
    accept = environ.get("HTTP_ACCEPT", "")
    json = "application/json" in accept and "text/html" not in accept
    return (
        environ.get("HTTP_HOST", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        "json" if json else "",
    )


def _may_be_kept(status: str, headers: Headers) -> bool:
    names = dict(headers)
    return (
        status.startswith("200")
        and "public" in names.get("Cache-Control", "")
        and "ETag" in names
        and "Set-Cookie" not in names
        and "cookie" not in names.get("Vary", "").lower()
    )


def _takes_gzip(accepted: str) -> bool:
    """Whether gzip is among what the reader takes, and not refused with a weight of nothing."""
    for one in accepted.lower().split(","):
        name, _, weight = one.replace(" ", "").partition(";q=")
        if name == "gzip":
            return weight.rstrip("0") not in ("", "0.") or not weight
    return False


def _hand_out(
    ready: Ready, environ: Environ, start_response: Callable[..., Any]
) -> Iterable[bytes]:
    if ready.tag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start_response("304 Not Modified", [pair for pair in ready.headers if pair[0] in _STAY])
        return []
    headers, body = ready.answer(packed=_takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")))
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
