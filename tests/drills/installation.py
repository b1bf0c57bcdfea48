"""A whole installation of one's own: database, processes that can be killed, and eyes on both."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg

from tests.messages.mail_server import free_port

PATIENCE = 40.0
READY = (
    "import os, django\n"
    "os.environ['DJANGO_SETTINGS_MODULE'] = 'halsonav.config.settings'\n"
    "django.setup()\n"
)
Process = subprocess.Popen[bytes]


@dataclass
class Installation:
    """Where it keeps its data, how it is set, and what runs."""

    database: str
    folder: Path
    mail: str = "console"
    port: int = field(default_factory=free_port)
    more: dict[str, str] = field(default_factory=dict)
    """Settings beside those that it has anyway."""
    running: list[Process] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """Return the site's address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment of its processes."""
        kept = {name: v for name, v in os.environ.items() if not name.startswith("HALSONAV_")}
        return kept | {
            "HALSONAV_MODE": "demo",
            "HALSONAV_DATABASE": self.database,
            "HALSONAV_DATA": str(self.folder),
            "HALSONAV_ORIGIN": self.origin,
            "HALSONAV_MAIL": self.mail,
            **self.more,
        }

    def command(self, *words: str) -> str:
        """Run a `halsonav` command to its end and return what it said."""
        return self._run([sys.executable, "-m", "halsonav.commands", *words])

    def python(self, code: str) -> str:
        """Run some lines with Django ready and return what they wrote."""
        return self._run([sys.executable, "-c", READY + code])

    def tried(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run a `halsonav` command to its end, however it ends."""
        return self._ran([sys.executable, "-m", "halsonav.commands", *words])

    def _ran(self, words: list[str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            words, env=self.environment, capture_output=True, text=True, check=False
        )

    def _run(self, words: list[str]) -> str:
        ran = self._ran(words)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def start(self, *words: str) -> Process:
        """Start a command that goes on, as a group of its own that can be killed whole.

        What it says is added to `<command>.log` in the installation's folder.
        """
        with (self.folder / f"{words[0]}.log").open("ab") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "halsonav.commands", *words],
                env=self.environment,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        self.running.append(process)
        return process

    def serve(self) -> Process:
        """Start the web server and wait until it answers."""
        process = self.start("serve", "--port", str(self.port))
        wait_for(self._answers, "the web server answers")
        return process

    def _answers(self) -> bool:
        try:
            with urlopen(self.origin, timeout=5) as page:  # noqa: S310 (our own address)
                return bool(page.status == 200)
        except OSError:
            return False

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the database past everything of ours."""
        if self.database.startswith("sqlite"):
            with closing(sqlite3.connect(self.folder / "drill.sqlite3", timeout=20)) as file:
                rows = file.execute(sql).fetchall()
                file.commit()
                return rows
        with psycopg.connect(self.database, autocommit=True) as server:
            cursor = server.execute(sql)
            return cursor.fetchall() if cursor.description else []


def kill(process: Process) -> None:
    """Kill a process and all that it started, as a machine that loses its power."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(holds: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Wait until something holds; fail when it takes too long."""
    until = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < until, f"waited too long until {what}"
        time.sleep(0.05)


@contextmanager
def on_sqlite(folder: Path) -> Iterator[Installation]:
    """Give an installation on SQLite; end what it left running."""
    with _ended(Installation(f"sqlite:///{folder / 'drill.sqlite3'}", folder)) as installation:
        yield installation


@contextmanager
def on_postgres(folder: Path, url: str) -> Iterator[Installation]:
    """Give an installation in a database of its own on the server; drop it afterwards."""
    name = f"halsonav_drill_{os.getpid()}_{int(time.time())}"
    own = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            with _ended(Installation(own, folder)) as installation:
                yield installation
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def _ended(installation: Installation) -> Iterator[Installation]:
    try:
        yield installation
    finally:
        for process in installation.running:
            if process.poll() is None:
                kill(process)
