"""A PostgreSQL server of our own on a disk of its own, small enough to be filled to the last byte.

The disk is in memory (tmpfs), which takes root to mount; the server runs as the user `postgres`.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psycopg

from tests.drills.installation import wait_for
from tests.messages.mail_server import free_port

SIZE: Final = "192m"
CHUNK: Final = 1 << 16
SETTINGS: Final = {
    "fsync": "on",
    "listen_addresses": "127.0.0.1",
    "max_wal_size": "8MB",
    "min_wal_size": "2MB",
    "shared_buffers": "16MB",
}


def programs() -> Path | None:
    """Return the folder of the newest server's programs, or None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda at: at.parts[-3])
    return found[-1].parent if found else None


CAN_MOUNT: Final = os.geteuid() == 0 and shutil.which("mount") is not None
CAN_SERVE: Final = CAN_MOUNT and programs() is not None


@dataclass
class OwnPostgres:
    """The server, its disk, and what fills it."""

    disk: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """Return the database that is there from the start."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        """Make an empty cluster that writes first in small files, so that it fills soon."""
        shutil.chown(self.disk, "postgres", "postgres")
        self._run("initdb", "-D", str(self.data), "-A", "trust", "--wal-segsize=1", "-E", "UTF8")

    @property
    def data(self) -> Path:
        """Return the cluster's folder on the disk."""
        return self.disk / "data"

    def start(self) -> None:
        """Start the server, where it does not run, and wait until it answers."""
        if self.process and self.process.poll() is None:
            return
        flags = [f"--{name}={value}" for name, value in SETTINGS.items()]
        self.process = subprocess.Popen(
            [str(self._program("postgres")), "-D", str(self.data), "-p", str(self.port), "-k", "",
             *flags],
            user="postgres",
            group="postgres",
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        wait_for(self.answers, "the server answers")

    def stop(self) -> None:
        """End the server at once."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()

    def answers(self) -> bool:
        """Say whether it takes a connection."""
        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.Error:
            return False
        return True

    def fill(self) -> None:
        """Fill the disk to its last byte."""
        for size in (CHUNK, 1):
            with suppress(OSError), self._ballast.open("ab", buffering=0) as file:
                while file.write(b"x" * size):
                    pass
        assert self.free() == 0

    def make_room(self) -> None:
        """Let there be room again."""
        self._ballast.unlink()

    def free(self) -> int:
        """Return the bytes that are left."""
        return shutil.disk_usage(self.disk).free

    @property
    def _ballast(self) -> Path:
        return self.disk / "ballast"

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(
            [str(self._program(program)), *words],
            user="postgres",
            group="postgres",
            cwd="/",
            check=True,
            capture_output=True,
        )

    def _program(self, name: str) -> Path:
        folder = programs()
        assert folder
        return folder / name


@contextmanager
def own_postgres() -> Iterator[OwnPostgres]:
    """Give a running server on a small disk that is mounted for it, and take both away."""
    disk = Path(tempfile.mkdtemp(prefix="halsonav-disk-"))
    disk.chmod(0o755)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(disk)], check=True)
    server = OwnPostgres(disk)
    try:
        server.make()
        server.start()
        yield server
    finally:
        server.stop()
        subprocess.run(["umount", "--lazy", str(disk)], check=True)
        disk.rmdir()
