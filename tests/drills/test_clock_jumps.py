"""The clock jumps under real processes: nothing is forgotten early, sign-ins end, jobs go on."""

import json
import shutil
import subprocess
import sys
from typing import Final

import pytest

from tests.drills.figures import told
from tests.drills.installation import READY, Installation

FAKETIME: Final = shutil.which("faketime")
MISSING: Final = "faketime is not installed, so no clock can be turned"
JUMPS: Final = {"-1h": -1, "+1h": 1, "+1d": 24, "+400d": 9600}
pytestmark = [pytest.mark.drill, pytest.mark.skipif(FAKETIME is None, reason=MISSING)]
THERE: Final = """
from datetime import timedelta
from django.utils import timezone
from halsonav.people import clock_witness
from halsonav.people.models import Session, User
from halsonav.people.actions import create_user
from halsonav.messages.models import Message
def sent(many, days):
    at = timezone.now() - timedelta(days=days)
    for number in range(many):
        Message.objects.create(to="x@exempel.se", subject=str(days), status="sent", sent_at=at,
            message_id=f"<{days}.{number}@exempel.se>", next_attempt_at=at, created_at=at)
sent(10, 20)
sent(5, 40)
user = create_user(by=None, email="asta@exempel.se", display_name="Asta")
later = timezone.now() + timedelta(days=9)
Session.objects.create(session_key="a" * 64, user=user, expire_date=later)
clock_witness.look()
"""
LOOK: Final = """
import json
from halsonav.people.clock_witness import current_doubt
from halsonav.people.models import Session
from halsonav.messages.models import Message
kept = {str(days): Message.objects.filter(subject=str(days)).count() for days in (20, 40)}
print(json.dumps({**kept, "sessions": Session.objects.count(), "doubt": current_doubt()}))
"""
TRUST: Final = """
from halsonav.people.actions import trust_clock
from halsonav.people.models import User
trust_clock(by=User.objects.get())
"""
BLIND: Final = """
from halsonav.people import clock_witness
clock_witness.look = lambda: ""
from halsonav.people.actions import forget_what_is_due
forget_what_is_due()
"""
WAITS: Final = """
from halsonav.messages.actions import queue_message
queue_message(to="x@exempel.se", subject="Nytt", text="Hej")
"""


def at(installation: Installation, jump: str, words: list[str]) -> str:
    """Run something whose clock, and nothing else, has jumped."""
    assert FAKETIME
    ran = subprocess.run(
        [FAKETIME, "-f", jump, sys.executable, *words],
        env=installation.environment | {"FAKETIME_DONT_FAKE_MONOTONIC": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def _state(installation: Installation) -> dict[str, object]:
    found: dict[str, object] = json.loads(installation.python(LOOK))
    return found


@pytest.mark.parametrize("jump", JUMPS)
def test_a_clock_that_jumps_forgets_nothing_early(installation: Installation, jump: str) -> None:
    installation.python(THERE)
    at(installation, jump, ["-m", "halsonav.commands", "forget"])
    after = _state(installation)
    assert after["doubt"]
    assert (after["20"], after["40"], after["sessions"]) == (10, 5, 1), "something went"
    installation.python(TRUST)
    installation.command("forget")
    right = _state(installation)
    told(
        "clock jump",
        engine=installation.database.partition(":")[0],
        jump=jump,
        hours=JUMPS[jump],
        kept=10,
        found=right["20"],
        lost=10 - int(str(right["20"])),
        doubt=after["doubt"],
    )
    assert (right["20"], right["40"], right["sessions"]) == (10, 0, 1)


def test_without_the_witness_a_jump_would_take_what_is_to_be_kept(
    installation: Installation,
) -> None:
    """Negative control: it is the witness that holds it back."""
    installation.python(THERE)
    at(installation, "+400d", ["-c", READY + BLIND])
    lost = 10 - int(str(_state(installation)["20"]))
    told(
        "clock jump, control: no witness",
        engine=installation.database.partition(":")[0],
        jump="+400d",
        lost=lost,
    )
    assert lost


def test_jobs_go_on_when_a_clock_that_was_ahead_has_been_put_right(
    installation: Installation,
) -> None:
    installation.command("worker", "--once")
    at(installation, "+400d", ["-m", "halsonav.commands", "worker", "--once"])
    installation.python(WAITS)
    installation.command("worker", "--once")
    rows = installation.query("SELECT status FROM outbox_message WHERE subject = 'Nytt'")
    told("jobs after a jump", engine=installation.database.partition(":")[0], status=rows[0][0])
    assert rows == [("sent",)]
