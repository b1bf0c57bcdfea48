"""A backup is made while many write: all that was confirmed before it is there after a restore."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from tests.drills.conftest import POSTGRES
from tests.drills.figures import told
from tests.drills.installation import READY, Installation, on_postgres, on_sqlite
from tests.drills.test_killed_web_server import _is_whole

WRITERS: Final = 3
WARM: Final = 3.0
"""Seconds of writing before the backup begins."""
WRITE: Final = """
import sys
from django.db import OperationalError
from halsonav.people.actions import create_user
number = 0
while True:
    email = f"w{writer}n{number}@exempel.se"
    create_user(by=None, email=email, display_name="Ny", password=None)
    print(email, flush=True)
    number += 1
"""
"""Writes, and says of each that it is confirmed, when its transaction is over."""
CUT: Final = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
from halsonav.commands import main
sys.exit(main(["backup", place]))
"""


class Writer:
    """A process that writes, and when each thing was confirmed, by our clock."""

    def __init__(self, installation: Installation, number: int) -> None:
        self.confirmed: list[tuple[float, str]] = []
        self.process = subprocess.Popen(
            [sys.executable, "-c", f"{READY}writer = {number}\n{WRITE}"],
            env=installation.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.thread = threading.Thread(target=self._listen)
        self.thread.start()

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.confirmed.append((time.monotonic(), line.strip()))

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self.thread.join()
        assert self.process.stdout
        self.process.stdout.close()


@contextmanager
def another(installation: Installation, folder: Path) -> Iterator[Installation]:
    """Give an empty installation on the same engine."""
    folder.mkdir()
    time.sleep(1.1)  # the name of a database on a server holds the second
    sqlite = installation.database.startswith("sqlite")
    with on_sqlite(folder) if sqlite else on_postgres(folder, POSTGRES) as made:
        yield made


def _key(installation: Installation, folder: Path) -> Path:
    file = folder / "nyckel.txt"
    line = installation.command("backup-key", str(file)).splitlines()[0]
    installation.more["HALSONAV_BACKUP_RECIPIENT"] = line.partition("=")[2]
    return file


@pytest.mark.drill
def test_a_backup_under_load_loses_nothing_that_was_confirmed_before_it_began(
    installation: Installation, tmp_path: Path
) -> None:
    key, copy = _key(installation, tmp_path), tmp_path / "kopia.age"
    writers = [Writer(installation, number) for number in range(WRITERS)]
    while not all(writer.confirmed for writer in writers):
        time.sleep(0.1)
    time.sleep(WARM)
    began = time.monotonic()
    installation.command("backup", str(copy))
    made = time.monotonic()
    time.sleep(1)
    for writer in writers:
        writer.stop()
    confirmed = [one for writer in writers for one in writer.confirmed]
    before = {email for at, email in confirmed if at < began}
    after = {email for at, email in confirmed if at > made}

    with another(installation, tmp_path / "ny") as new:
        begin_restore = time.monotonic()
        new.command("restore", str(copy), "--key", str(key))
        restored = time.monotonic() - begin_restore
        found = {row[0] for row in new.query("SELECT email FROM people_user")}
        _is_whole(new)
    told(
        "backup under load",
        engine=installation.database.partition(":")[0],
        writers=WRITERS,
        confirmed_before=len(before),
        confirmed_meanwhile=len(confirmed) - len(before) - len(after),
        confirmed_after=len(after),
        found=len(found),
        lost=len(before - found),
        bytes=copy.stat().st_size,
        backup_seconds=round(made - began, 1),
        restore_seconds=round(restored, 1),
    )
    assert len(before) > 20
    assert before <= found
    assert after, "nobody wrote while and after it was made"
    assert after - found == after, "control: what came after the copy is not in it"


@pytest.mark.drill
def test_a_backup_on_a_full_disk_fails_in_words_and_keeps_the_one_before(
    installation: Installation, tmp_path: Path
) -> None:
    _key(installation, tmp_path)
    copies = tmp_path / "kopior"
    copies.mkdir()
    copy = copies / "kopia.age"
    installation.command("backup", str(copy))
    previous, sizes = copy.read_bytes(), (0, 1_000, len(copy.read_bytes()) // 2, 100_000)
    refused = 0
    for size in sizes:
        ran = subprocess.run(
            [sys.executable, "-c", f"size, place = {size}, {str(copy)!r}\n{CUT}"],
            env=installation.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode:
            refused += 1
            assert len(ran.stderr.splitlines()) == 1, ran.stderr
            assert "Traceback" not in ran.stderr
            assert copy.read_bytes() == previous
        else:
            previous = copy.read_bytes()
        assert [file.name for file in copies.iterdir()] == ["kopia.age"], "half a file is left"
        assert not list(installation.folder.glob(".backup-*")), "plain text is left"
    told(
        "backup on a full disk",
        engine=installation.database.partition(":")[0],
        tried=len(sizes),
        refused=refused,
    )
    assert refused >= 3
    installation.command("backup", str(copy))
