"""The disk fills under SQLite: readers are answered, writers told, the confirmed is kept."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pytest
from aiosmtpd.controller import Controller

from halsonav.demo.people import LOGINS, PASSWORD
from tests.drills.figures import told
from tests.drills.filling import CAN_FILL, fill, make_room
from tests.drills.installation import Installation, Process, kill, on_sqlite, wait_for
from tests.drills.test_killed_web_server import TOKEN, _is_whole, ask
from tests.drills.test_killed_worker import QUEUE, _let_leases_run_out, _statuses
from tests.drills.writing import written_until_full
from tests.messages.mail_server import MailServer, free_port

pytestmark = [
    pytest.mark.drill,
    pytest.mark.skipif(not CAN_FILL, reason="only Linux limits what a running process writes"),
]
FRAME: Final = 4096 + 24
"""What a page takes in the file where SQLite writes first; see its file format, "the WAL"."""
WORDS: Final = ("promenad", "yoga", "sömn", "simning", "qwxyzk")
PLAINLY: Final = {500: "Något gick fel hos oss"}


@dataclass
class FillingServer(MailServer):
    """Says yes, while the disk of the worker fills just before it can write that down."""

    worker: Process | None = None
    filled: int = 0

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:  # noqa: N802
        if self.worker is not None:
            fill(self.worker)
            self.filled += 1
        return await super().handle_DATA(server, session, envelope)


@dataclass
class Outcomes:
    """What sign-ins and requests for a new password led to."""

    sessions: list[str] = field(default_factory=list)
    messages: int = 0
    queued_before: int = 0
    """Letters that the demo's own story sent."""
    refused: list[int] = field(default_factory=list)
    people: Iterator[str] = field(default_factory=lambda: cycle(LOGINS))
    """Who comes next: the same address may not ask too often."""


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with on_sqlite(tmp_path) as installation:
        installation.command("migrate")
        yield installation


@pytest.fixture
def post(installation: Installation) -> Iterator[FillingServer]:
    server = FillingServer(port=free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    installation.mail = f"smtp://127.0.0.1:{server.port}"
    yield server
    controller.stop()


def test_on_a_full_disk_readers_are_answered_writers_told_and_the_confirmed_is_kept(
    installation: Installation,
) -> None:
    installation.command("demo", "--no-server")
    server = installation.serve()
    outcomes = Outcomes(queued_before=_queued(installation))
    _write_unrefused(installation, outcomes)
    assert outcomes.sessions
    for pages in (0, 2, 5):
        fill(server, room=_written(installation) + pages * FRAME)
        _write_until_refused(installation, outcomes)
        fill(server)
        _readers_are_answered(installation, outcomes.sessions[0])
        before = len(outcomes.refused)
        _write(installation, outcomes)
        assert len(outcomes.refused) >= before + 2, "something was written on a full disk"
        make_room(server)
        _write_unrefused(installation, outcomes)

    kill(server)
    installation.serve()
    _confirmed_is_kept(installation, outcomes)
    _write_unrefused(installation, outcomes)
    _is_whole(installation)


def test_what_is_journalled_when_the_disk_fills_is_whole_or_not_at_all(
    installation: Installation,
) -> None:
    kept: set[str] = set()
    for pages in (1, 2, 3, 5, 8, 13, 21, 34):
        kept |= _journalled_until_full(installation, pages)
    emails = {row[0] for row in installation.query("SELECT email FROM people_user")}
    told(
        "full disk, journalled",
        engine="sqlite",
        confirmed=len(kept),
        found=len(emails),
        lost=len(set(kept) - emails),
    )
    assert emails == kept
    _is_whole(installation)


def test_a_writer_that_says_yes_too_early_is_found_out(installation: Installation) -> None:
    """Negative control: the drill sees what is lost."""
    kept = _journalled_until_full(installation, 5, early=True)
    emails = {row[0] for row in installation.query("SELECT email FROM people_user")}
    assert emails
    assert kept - emails


def test_a_worker_whose_disk_fills_at_the_servers_yes_sends_again_with_the_same_id(
    installation: Installation, post: FillingServer
) -> None:
    many = 8
    installation.python(QUEUE.format(many=many))
    post.worker = installation.start("worker")
    wait_for(lambda: bool(post.filled), "the disk is full")
    time.sleep(4)
    assert len(post.taken) == 1, "a message went that could not be claimed"
    assert post.worker.poll() is None, "the worker gave up"
    assert _statuses(installation) == {"queued": many}, "the yes was recorded: nothing was tried"

    kill(post.worker)
    post.worker = None
    installation.start("worker")

    def all_are_sent() -> bool:
        _let_leases_run_out(installation)
        return _statuses(installation) == {"sent": many}

    wait_for(all_are_sent, "all are sent")
    ids: dict[str, set[str]] = {}
    for [to], message in post.taken:
        ids.setdefault(to, set()).add(str(message["Message-ID"]))
    assert len(ids) == many
    assert all(len(own) == 1 for own in ids.values())
    assert len(post.taken) == many + 1, "more than the one whose yes was not written goes twice"
    _is_whole(installation)


def _written(installation: Installation) -> int:
    """Return how many bytes the file has where SQLite writes first."""
    return (installation.folder / "drill.sqlite3-wal").stat().st_size


def _write_until_refused(installation: Installation, outcomes: Outcomes) -> None:
    before = len(outcomes.refused)
    for _ in range(20):
        _write(installation, outcomes)
        if len(outcomes.refused) > before:
            return
    pytest.fail("the disk was never full")


def _write(installation: Installation, outcomes: Outcomes) -> None:
    """Sign in, and ask for a new password; each is confirmed, or refused by our own page."""
    email = next(outcomes.people)
    for path, form in (
        ("/konto/login/", {"login": email, "password": PASSWORD}),
        ("/konto/password/reset/", {"email": email}),
    ):
        status, page, cookies = _send(installation, path, form)
        if status != 302:
            _is_plain(status, page)
            outcomes.refused.append(status)
        elif "sessionid" in cookies:
            outcomes.sessions.append(cookies["sessionid"])
        else:
            outcomes.messages += 1


def _is_plain(status: int, page: str) -> None:
    assert status in PLAINLY, f"{status}: {page}"
    assert PLAINLY[status] in page
    assert "Traceback" not in page
    assert "sqlite" not in page.lower()


def _write_unrefused(installation: Installation, outcomes: Outcomes) -> None:
    before = len(outcomes.refused)
    _write(installation, outcomes)
    assert len(outcomes.refused) == before, "it is refused though there is room"


def _send(
    installation: Installation, path: str, form: dict[str, str]
) -> tuple[int, str, dict[str, str]]:
    """Fill in a page's form and send it; return status, page and cookies."""
    status, page, cookies = ask(installation.port, path)
    found = TOKEN.search(page)
    assert status == 200
    assert found, page
    return ask(installation.port, path, cookies, form | {"csrfmiddlewaretoken": found[1]})


def _readers_are_answered(installation: Installation, session: str) -> None:
    for word in WORDS:
        status, _, _ = ask(installation.port, f"/aktiviteter/?q={quote(word)}")
        assert status == 200, word
    status, _, _ = ask(installation.port, "/arbete/", {"sessionid": session})
    assert status == 200, "who is signed in is not let in"


def _confirmed_is_kept(installation: Installation, outcomes: Outcomes) -> None:
    for session in outcomes.sessions:
        status, _, _ = ask(installation.port, "/arbete/", {"sessionid": session})
        assert status == 200, "a sign-in that was confirmed is lost"
    assert 500 in outcomes.refused
    kept = _queued(installation) - outcomes.queued_before
    assert kept == outcomes.messages, "what was refused is there, or what was confirmed is not"


def _queued(installation: Installation) -> int:
    return int(installation.query("SELECT count(*) FROM outbox_message")[0][0])


def _journalled_until_full(
    installation: Installation, pages: int, *, early: bool = False
) -> set[str]:
    def leave_some_pages(writer: Process) -> None:
        fill(writer, room=_written(installation) + pages * FRAME)

    return written_until_full(installation, leave_some_pages, pages, early=early)
