"""Keeps threads free for those who read, however slowly others send.

A form whose body never comes holds a thread until it is given up. So of a process's threads a few
are never lent to what sends something: pages are answered all the same.
"""

from collections.abc import Callable, Iterable
from threading import BoundedSemaphore
from typing import Any, Final

from halsonav.config.middleware import guards

READING: Final = frozenset(("GET", "HEAD", "OPTIONS"))
SENDERS: Final = 8
"""Of a process's threads (`commands/serve.py`) so many may wait for what somebody sends."""
TELL_IN: Final = "2"
"""Seconds after which to try again."""
SAID: Final = (
    "Det är många som skickar just nu. Vänta ett par sekunder och skicka igen.\n"
    "Many people are sending right now. Wait a few seconds and send again.\n"
    "يرسل كثيرون الآن. انتظر بضع ثوانٍ ثم أرسل من جديد.\n"
)
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class ReadersFirst:
    """A WSGI application that lets at most so many send something to another at a time."""

    def __init__(self, application: Application, most: int) -> None:
        """Wrap the application; `most` is less than the number of threads."""
        self.application = application
        self._room = BoundedSemaphore(most)

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer, or ask to come back in a while."""
        if environ["REQUEST_METHOD"] in READING:
            return self.application(environ, start_response)
        if not self._room.acquire(blocking=False):
            return _come_back(start_response)
        try:
            return list(self.application(environ, start_response))
        finally:
            self._room.release()


def _come_back(start_response: Callable[..., Any]) -> Iterable[bytes]:
    body = SAID.encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Retry-After", TELL_IN),
        ("Cache-Control", "no-store"),
        *guards().items(),
    ]
    start_response("503 Service Unavailable", headers)
    return [body]
