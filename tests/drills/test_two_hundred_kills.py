"""The web process is killed two hundred times while it says yes: every yes is there afterwards."""

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from os import kill as send_signal
from statistics import median
from typing import Final
from urllib.parse import urlencode

import pytest

from tests.drills.figures import told
from tests.drills.installation import Installation, kill, wait_for
from tests.drills.test_killed_web_server import _is_whole

KILLS: Final = 200
CONTROL_KILLS: Final = 15
LIFE: Final = (0.1, 0.8)
"""Seconds that the process lives from when it answers until it is killed."""
WAIT: Final = 0.02
"""Seconds until one who found nobody there comes back."""
PATIENCE: Final = 180.0
"""Seconds that a start may take on a machine that does much else."""
SEED: Final = 20261128
ASK: Final = "/dina-uppgifter/fraga/"
YES: Final = "Titta i din e-post"


@dataclass
class Askers:
    """People who ask what is stored, each once and from a network of their own."""

    port: int
    pause: float = 0
    acknowledged: list[str] = field(default_factory=list)
    sent: int = 0
    stopped: threading.Event = field(default_factory=threading.Event)
    numbers: "count[int]" = field(default_factory=count)

    def go_on(self) -> None:
        while not self.stopped.is_set():
            reached = self._ask(next(self.numbers))
            time.sleep(self.pause if reached else WAIT)

    def _ask(self, number: int) -> bool:
        """Ask; say whether anybody was there to ask."""
        address = f"nr{number}@exempel.se"
        try:
            confirmed = post(self.port, address, number)
        except ConnectionRefusedError:
            return False
        except (OSError, HTTPException):
            confirmed = False
        self.sent += 1
        if confirmed:
            self.acknowledged.append(address)
        return True


def post(port: int, address: str, number: int) -> bool:
    """Send the form; say whether it was confirmed."""
    server = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        where = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": where}
        server.request("POST", ASK, urlencode({"email": address}), headers)
        answer = server.getresponse()
        return answer.status == 200 and YES in answer.read().decode()
    finally:
        server.close()


@contextmanager
def served(installation: Installation) -> Iterator[Callable[[], None]]:
    """Run the server of real use; yield what kills all of it at once and starts another."""
    servers = [installation.serve()]

    def kill_it() -> None:
        assert servers[-1].poll() is None, (installation.folder / "serve.log").read_text()[-2000:]
        kill(servers[-1])
        servers.append(installation.start("serve", "--port", str(installation.port)))

    yield kill_it
    kill(servers[-1])


@contextmanager
def forked(installation: Installation, *words: str) -> Iterator[Callable[[], None]]:
    """Run the application in children that are forked ready; yield what kills the one that is."""
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.drills.forking", str(installation.port), *words],
        env=installation.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert parent.stdout
    children = [int(parent.stdout.readline())]

    def kill_it() -> None:
        assert parent.stdout
        send_signal(children[-1], signal.SIGKILL)
        children.append(int(parent.stdout.readline()))

    try:
        yield kill_it
    finally:
        with suppress(ProcessLookupError):
            send_signal(-parent.pid, signal.SIGKILL)
        parent.wait()
        parent.stdout.close()


def killed(
    port: int, kill_it: Callable[[], None], kills: int, life: tuple[float, float], pause: float = 0
) -> tuple[Askers, list[float]]:
    """Kill what answers so many times; return what was confirmed, and times to ready."""
    chance, ready = random.Random(SEED), []
    askers = Askers(port, pause)
    wait_for(lambda: _answers(port), "the application answers")
    threads = [threading.Thread(target=askers.go_on) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(kills):
            time.sleep(chance.uniform(*life))
            before = time.monotonic()
            kill_it()
            wait_for(lambda: _answers(port), "it answers again", PATIENCE)
            ready.append(time.monotonic() - before)
    finally:
        askers.stopped.set()
        for thread in threads:
            thread.join()
    return askers, ready


def _answers(port: int) -> bool:
    server = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        server.request("GET", "/status/lever/")
        answer = server.getresponse()
        answer.read()
        return answer.status == 200
    except (OSError, HTTPException):
        return False
    finally:
        server.close()


def _found(installation: Installation) -> set[str]:
    return {row[0] for row in installation.query("SELECT address FROM people_datarequest")}


@pytest.mark.drill
def test_two_hundred_kills_lose_nothing_that_was_confirmed(installation: Installation) -> None:
    began = time.monotonic()
    installation.more["HALSONAV_PROXIES"] = "1"
    with served(installation) as kill_it:
        askers, ready = killed(installation.port, kill_it, KILLS, LIFE)
    found = _found(installation)
    lost = set(askers.acknowledged) - found
    told(
        "two hundred kills",
        engine=installation.database.partition(":")[0],
        seed=SEED,
        kills=KILLS,
        sent=askers.sent,
        acknowledged=len(askers.acknowledged),
        found=len(found),
        lost=len(lost),
        ready_median_ms=round(median(ready) * 1000),
        ready_worst_ms=round(max(ready) * 1000),
        seconds=round(time.monotonic() - began, 1),
    )
    assert len(askers.acknowledged) > KILLS
    assert not lost
    _is_whole(installation)


@pytest.mark.drill
def test_a_server_that_says_yes_too_early_is_found_out(installation: Installation) -> None:
    """Negative control: the drill sees what is lost."""
    installation.more["HALSONAV_PROXIES"] = "1"
    with forked(installation, "early") as kill_it:
        askers, _ = killed(installation.port, kill_it, CONTROL_KILLS, (0.6, 1.2), pause=0.1)
    found = _found(installation)
    lost = set(askers.acknowledged) - found
    told(
        "two hundred kills, control: yes before it is written",
        engine=installation.database.partition(":")[0],
        seed=SEED,
        kills=CONTROL_KILLS,
        acknowledged=len(askers.acknowledged),
        found=len(found),
        lost=len(lost),
    )
    assert found, "it writes at all"
    assert lost
