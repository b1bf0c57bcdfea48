"""The worker is killed while it sends: at least once, and twice only with the same Message-ID."""

import os
import random
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.drills.installation import Installation, Process, kill, wait_for
from tests.messages.mail_server import MailServer, free_port

QUEUE = """
from halsonav.messages.actions import queue_message
for number in range({many}):
    queue_message(to=f"person{{number}}@exempel.se", subject="Hej", text="Vi ses.")
"""
AGE = (
    "UPDATE outbox_message SET next_attempt_at = created_at WHERE status = 'queued'",
    "UPDATE jobs_scheduledrun SET due_at = '2020-01-01 00:00:00'",
)


@dataclass
class FreezingServer(MailServer):
    """Says yes to a worker that was frozen just before it could hear it."""

    freeze: Process | None = None
    said_yes: list[int] = field(default_factory=list)

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:  # noqa: N802
        if self.freeze is not None:
            os.killpg(self.freeze.pid, signal.SIGSTOP)
            self.said_yes.append(self.freeze.pid)
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def post(installation: Installation) -> Any:
    server = FreezingServer(port=free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    installation.mail = f"smtp://127.0.0.1:{server.port}"
    yield server
    controller.stop()


def _statuses(installation: Installation) -> Counter[str]:
    return Counter(row[0] for row in installation.query("SELECT status FROM outbox_message"))


def _let_leases_run_out(installation: Installation) -> None:
    for sql in AGE:
        installation.query(sql)


@pytest.mark.drill
def test_a_worker_killed_between_the_servers_yes_and_our_record_sends_again_with_the_same_id(
    installation: Installation, post: FreezingServer
) -> None:
    installation.python(QUEUE.format(many=1))
    post.freeze = installation.start("worker")
    wait_for(lambda: bool(post.said_yes), "the mail server has said yes")
    time.sleep(0.5)
    kill(post.freeze)
    post.freeze = None
    assert len(post.taken) == 1
    assert _statuses(installation) == {"queued": 1}, "the yes was recorded: nothing was tried"

    _let_leases_run_out(installation)
    installation.start("worker")
    wait_for(lambda: _statuses(installation) == {"sent": 1}, "the message is sent")
    first, second = (message["Message-ID"] for _, message in post.taken)
    assert first == second
    _let_leases_run_out(installation)
    time.sleep(3)
    assert len(post.taken) == 2


@pytest.mark.drill
def test_a_worker_killed_at_any_point_sends_every_message(
    installation: Installation, post: FreezingServer
) -> None:
    many, kills = 60, 6
    installation.python(QUEUE.format(many=many))
    for _ in range(kills):
        worker = installation.start("worker")
        before = len(post.taken)
        wait_for(lambda before=before: len(post.taken) > before, "something is sent")  # type: ignore[misc]
        time.sleep(random.uniform(0, 0.05))
        kill(worker)
        _let_leases_run_out(installation)
        if _statuses(installation)["queued"] == 0:
            break
    installation.start("worker")
    wait_for(lambda: _statuses(installation) == {"sent": many}, "all are sent")

    ids: dict[str, set[str]] = {}
    for [to], message in post.taken:
        ids.setdefault(to, set()).add(str(message["Message-ID"]))
    assert len(ids) == many
    assert all(len(own) == 1 for own in ids.values())
    assert len(post.taken) <= many + kills
