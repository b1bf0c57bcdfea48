"""The wire to the mail server is cut at any point: nothing is lost, nothing goes with a new id."""

from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller

from tests.drills.cutting import AT_THE_YES, Wire
from tests.drills.installation import Installation, wait_for
from tests.drills.test_killed_worker import QUEUE, _let_leases_run_out, _statuses
from tests.messages.mail_server import MailServer, free_port

MANY = 12
CUTS = (1, 20, AT_THE_YES, 60, 110, 180, AT_THE_YES, 300, 500, 800)
"""Where connections are cut: in the greeting, the envelope, the message, the next, at the yes."""


@pytest.fixture
def post() -> Iterator[MailServer]:
    server = MailServer(port=free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    yield server
    controller.stop()


@pytest.mark.drill
def test_a_connection_cut_while_messages_are_delivered_loses_none_and_renames_none(
    installation: Installation, post: MailServer
) -> None:
    wire = Wire(to=post.port, cuts=list(CUTS))
    installation.mail = f"smtp://127.0.0.1:{wire.port}"
    installation.python(QUEUE.format(many=MANY))
    installation.start("worker")

    def all_are_sent() -> bool:
        _let_leases_run_out(installation)
        return _statuses(installation) == {"sent": MANY}

    wait_for(all_are_sent, "all are sent")
    wire.close()
    assert wire.cut == len(CUTS), "not every cut was made"
    ids: dict[str, set[str]] = {}
    for [to], message in post.taken:
        ids.setdefault(to, set()).add(str(message["Message-ID"]))
    assert len(ids) == MANY
    assert all(len(own) == 1 for own in ids.values())
    twice = len(post.taken) - MANY
    assert CUTS.count(AT_THE_YES) <= twice <= len(CUTS), "what was taken unheard is sent again"
