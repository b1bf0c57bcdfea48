"""The disk of PostgreSQL fills, to the last byte: who reads, who writes, and what is kept."""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.drills.figures import told
from tests.drills.installation import Installation, on_postgres, wait_for
from tests.drills.own_postgres import CAN_SERVE, OwnPostgres, own_postgres
from tests.drills.test_killed_web_server import _is_whole, ask
from tests.drills.writing import written_until_full

pytestmark = [
    pytest.mark.drill,
    pytest.mark.skipif(not CAN_SERVE, reason="a disk of one's own takes root and PostgreSQL here"),
]
ASK: Final = "/dina-uppgifter/fraga/"
ROUNDS: Final = 3
PLAINLY: Final = ("Något gick fel hos oss", "Vi har ett tillfälligt fel")


@pytest.fixture
def server() -> Iterator[OwnPostgres]:
    with own_postgres() as server:
        yield server


@pytest.fixture
def installation(server: OwnPostgres, tmp_path: Path) -> Iterator[Installation]:
    (tmp_path / "data").mkdir()
    with on_postgres(tmp_path / "data", server.url) as installation:
        installation.command("migrate")
        yield installation
        server.start()


def test_on_a_full_disk_writers_are_told_and_what_was_confirmed_is_kept(
    installation: Installation, server: OwnPostgres
) -> None:
    installation.command("demo", "--no-server")
    installation.more["HALSONAV_PROXIES"] = "1"
    installation.serve()
    confirmed, said = set[str](), Counter[str]()
    assert _asks(installation, "forst@exempel.se", confirmed, said)
    down = 0
    for turn in range(ROUNDS):
        server.fill()
        _write_until_refused(installation, turn, confirmed, said)
        _readers_are_answered(installation, said)
        down += not server.answers()
        server.make_room()
        server.start()
        _write_again(installation, turn, confirmed, said)
    found = {row[0] for row in installation.query("SELECT address FROM people_datarequest")}
    told(
        "full disk",
        engine="postgresql",
        rounds=ROUNDS,
        confirmed=len(confirmed),
        refused=said["refused"],
        read_while_full=said["read"],
        server_gave_up=down,
        lost=len(confirmed - found),
    )
    assert said["refused"] >= ROUNDS
    assert confirmed <= found
    _is_whole(installation)


def test_what_is_journalled_when_the_disk_fills_is_whole_or_not_at_all(
    installation: Installation, server: OwnPostgres
) -> None:
    kept: set[str] = set()
    down = 0
    for turn in range(ROUNDS):
        kept |= _journalled_until_full(installation, server, turn)
        down += not server.answers()
        server.start()
    there = {row[0] for row in installation.query("SELECT email FROM people_user")}
    told(
        "full disk, journalled",
        engine="postgresql",
        rounds=ROUNDS,
        confirmed=len(kept),
        found=len(there),
        server_gave_up=down,
        lost=len(kept - there),
    )
    assert kept <= there
    assert len(there - kept) <= ROUNDS, "more than the one that was under way each time is there"
    _is_whole(installation)


def test_a_writer_that_says_yes_too_early_is_found_out(
    installation: Installation, server: OwnPostgres
) -> None:
    """Negative control: the drill sees what is lost."""
    kept = _journalled_until_full(installation, server, 0, early=True)
    server.start()
    there = {row[0] for row in installation.query("SELECT email FROM people_user")}
    told("full disk, control: yes before it is written", confirmed=len(kept), found=len(there))
    assert there
    assert kept - there


def _asks(
    installation: Installation, address: str, confirmed: set[str], said: Counter[str]
) -> bool:
    """Ask what is stored; it is confirmed, or refused on a page of ours."""
    status, page, _ = ask(
        installation.port,
        ASK,
        form={"email": address},
        came_from=_somewhere(len(confirmed) + said["refused"]),
    )
    if status == 200 and "Titta i din e-post" in page:
        confirmed.add(address)
        return True
    _is_plain(status, page)
    said["refused"] += 1
    return False


def _somewhere(number: int) -> str:
    """Return an address in a network that nobody else asks from."""
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def _is_plain(status: int, page: str) -> None:
    assert status in (500, 503), f"{status}: {page}"
    assert any(words in page for words in PLAINLY), page
    assert "Traceback" not in page
    assert "psycopg" not in page


def _write_until_refused(
    installation: Installation, turn: int, confirmed: set[str], said: Counter[str]
) -> None:
    for number in range(3000):
        if not _asks(installation, f"nr{turn}-{number}@exempel.se", confirmed, said):
            return
    pytest.fail("the disk was never full")


def _write_again(
    installation: Installation, turn: int, confirmed: set[str], said: Counter[str]
) -> None:
    """Nobody starts our server anew: it finds the database again by itself."""
    numbers = iter(range(1000))
    wait_for(
        lambda: _asks(installation, f"igen{turn}-{next(numbers)}@exempel.se", confirmed, said),
        "what is sent is taken again",
    )


def _readers_are_answered(installation: Installation, said: Counter[str]) -> None:
    """They get what is kept ready, or what the database still reads, or a page that says so."""
    for path in ("/", "/aktiviteter/?q=promenad", "/aktiviteter/?q=yoga", "/om/"):
        status, page, _ = ask(installation.port, path)
        if status == 200:
            said["read"] += 1
        else:
            _is_plain(status, page)


def _journalled_until_full(
    installation: Installation, server: OwnPostgres, turn: int, *, early: bool = False
) -> set[str]:
    def soon(writer: object) -> None:
        time.sleep(turn / 4)
        server.fill()

    kept = written_until_full(installation, soon, turn, early=early)
    server.make_room()
    return kept
