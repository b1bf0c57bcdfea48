"""Starts the web server: granian, HALSONAV_WORKERS processes with twelve threads each."""

import argparse
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from multiprocessing import get_context
from typing import Any, Final

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from halsonav.commands import faults, ports
from halsonav.config import environment

THREADS: Final = 12
LOGS: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "halsonav.config.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "loggers": {"_granian": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
"""How the server itself writes: a line of JSON, as everything else. It keeps no log of requests."""
_KNOWN: Final = "Python threads, which seems quite high"
"""What the server says of the threads: they are many since most of them only wait."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the address to listen at, and whether the worker comes along."""
    parser.add_argument("--host", default="127.0.0.1", help="adress att lyssna på (%(default)s)")
    parser.add_argument("--port", type=ports.port, default=8000, help="port (%(default)s)")
    parser.add_argument("--with-worker", action="store_true", help="starta `halsonav worker` också")


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    settings = environment.read()
    if settings["mode"] == "test":
        raise environment.WrongSettingError(
            "HALSONAV_MODE är ”test”, som är för testerna. Välj demo eller production."
        )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halsonav.config.settings")
    fault = ports.fault(options.host, options.port) or database_fault()
    if fault:
        raise environment.WrongSettingError(fault)
    logging.getLogger("_granian").addFilter(lambda record: _KNOWN not in record.getMessage())
    with _worker() if options.with_worker else nullcontext():
        Server(
            "halsonav.config.wsgi:application",
            address=options.host,
            port=options.port,
            interface=Interfaces.WSGI,
            workers=settings["workers"],
            blocking_threads=THREADS,
            respawn_failed_workers=True,
            log_level=LogLevels.warning,
            log_dictconfig=LOGS,
        ).serve()
    return 0


def database_fault() -> str:
    """Return why the database cannot be served from, or "".

    It is asked in a process that ends, so that the server's own stays small.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as asking:
        return asking.submit(faults.of_database).result()


@contextmanager
def _worker() -> Iterator[None]:
    worker = subprocess.Popen([sys.executable, "-m", "halsonav.commands", "worker"])
    try:
        yield
    finally:
        worker.terminate()
        worker.wait()
