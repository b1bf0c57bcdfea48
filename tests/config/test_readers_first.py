"""Whoever reads is answered, however many forms never come to an end."""

from collections.abc import Iterable
from threading import Event, Thread
from typing import Any

from halsonav.commands.serve import THREADS
from halsonav.config.middleware import guards
from halsonav.config.readers_first import SENDERS, ReadersFirst


class Slow:
    """An application that waits with what is sent until it may go on."""

    def __init__(self) -> None:
        self.go_on, self.waiting = Event(), 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            self.waiting += 1
            self.go_on.wait(10)
        start_response("200 OK", [])
        return [b"answered"]


def send(application: ReadersFirst, method: str, said: list[str]) -> None:
    def listen(status: str, headers: list[tuple[str, str]]) -> None:
        said.append(status[:3])

    list(application({"REQUEST_METHOD": method}, listen))


def test_threads_are_left_for_readers() -> None:
    assert 2 <= SENDERS <= THREADS - 3


def test_when_as_many_as_may_wait_the_next_is_asked_to_come_back_and_readers_are_answered() -> None:
    slow = Slow()
    application = ReadersFirst(slow, 2)
    sent: list[str] = []
    senders = [Thread(target=send, args=(application, "POST", sent)) for _ in range(2)]
    for one in senders:
        one.start()
    while slow.waiting < 2:
        pass
    late: list[str] = []
    send(application, "POST", late)
    send(application, "GET", late)
    assert late == ["503", "200"]
    slow.go_on.set()
    for one in senders:
        one.join()
    send(application, "POST", sent)
    assert sent == ["200"] * 3


def test_who_is_asked_to_come_back_gets_the_guards_of_a_page() -> None:
    given: list[tuple[str, str]] = []
    slow = Slow()
    application = ReadersFirst(slow, 1)
    first = Thread(target=send, args=(application, "POST", []))
    first.start()
    while slow.waiting < 1:
        pass
    list(application({"REQUEST_METHOD": "POST"}, lambda _status, headers: given.extend(headers)))
    slow.go_on.set()
    first.join()
    assert guards().items() <= dict(given).items()
