"""Starts servers, asks them, and reads what processor time they used."""

import http.client
import itertools
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from halsonav.commands.serve import THREADS

WORKERS = 2
_number = itertools.count()


@dataclass(frozen=True)
class Request:
    """A path with its query, and whether JSON is asked for."""

    path: str
    json: bool = False


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(target: str, environment: Mapping[str, str]) -> Iterator[tuple[int, psutil.Process]]:
    """Run granian with two workers of the product's threads; yield its port and its process."""
    port = free_port()
    command = [
        str(Path(sys.executable).with_name("granian")),
        "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", str(WORKERS), "--blocking-threads", str(THREADS), "--no-ws",
        "--log-level", "error", target,
    ]  # fmt: skip
    process = subprocess.Popen(command, env={**os.environ, **environment})
    try:
        wait_for(port)
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)


def wait_for(port: int) -> None:
    """Return when something answers on the port; raise `TimeoutError` after a minute."""
    for _ in range(600):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        with suppress(OSError, http.client.HTTPException), closing(connection):
            connection.request("GET", "/static/nothing")
            connection.getresponse().read()
            return
        time.sleep(0.1)
    raise TimeoutError(f"nothing answers on {port}")


def cpu_of_tree(process: psutil.Process) -> float:
    """Return the seconds of processor time that a process and all below it have used."""
    return sum(_cpu(one) for one in [process, *process.children(recursive=True)])


def cpu_of_postgres(database: str) -> float:
    """Return the seconds that PostgreSQL's processes for a database have used."""
    total = 0.0
    for process in psutil.process_iter(["cmdline"]):
        words = " ".join(process.info["cmdline"] or ())
        if words.startswith("postgres:") and f" {database} " in words:
            total += _cpu(process)
    return total


def _cpu(process: psutil.Process) -> float:
    """Return the processor time of a process: Linux tells each thread's to the nanosecond."""
    with suppress(OSError, ValueError):
        threads = Path(f"/proc/{process.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9
    with suppress(psutil.Error):
        times = process.cpu_times()
        return float(times.user + times.system)
    return 0.0


def ask(port: int, requests: Sequence[Request], connections: int = 1) -> list[float]:
    """Send the requests over so many connections that stay open; return seconds of each."""
    taken: list[list[float]] = [[] for _ in range(connections)]
    threads = [
        threading.Thread(target=_ask, args=(port, requests[at::connections], taken[at]))
        for at in range(connections)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [second for one in taken for second in one]


def _ask(port: int, requests: Sequence[Request], taken: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for request in requests:
        accept = "application/json" if request.json else "text/html"
        begun = time.perf_counter()
        path = request.path.replace("{n}", str(next(_number)))
        connection.request("GET", path, headers={"Accept": accept})
        answer = connection.getresponse()
        answer.read()
        taken.append(time.perf_counter() - begun)
        if answer.status != 200:
            raise AssertionError(f"{request.path}: {answer.status}")


def percentile(values: Sequence[float], share: float) -> float:
    """Return a percentile in milliseconds."""
    return 1000 * statistics.quantiles(values, n=100, method="inclusive")[int(share * 100) - 1]
