"""Takes the measures of docs/performance.md and writes build/bench.json.

python -m tests.bench                       100,000 occurrences on both engines
python -m tests.bench --grow                10,000 and 1,000,000 on PostgreSQL
python -m tests.bench --size 20000 --engine sqlite

PostgreSQL is the one in HALSONAV_TEST_POSTGRES. Without it SQLite is measured, and what was left
out is said, and stands in the file.
"""

import argparse
import json
import os
import statistics
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg

from tests.bench.serving import (
    Request,
    ask,
    cpu_of_postgres,
    cpu_of_tree,
    percentile,
    server,
)

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "bench.json"
RUNS = 5
REQUESTS = 200


@dataclass(frozen=True)
class Measure:
    """One operation on one engine at one size; milliseconds of processor time a request."""

    operation: str
    engine: str
    size: int
    cpu_ms: float
    db_cpu_ms: float | None
    floor_cpu_ms: float | None
    floor_db_cpu_ms: float | None
    ratio: float | None
    db_ratio: float | None
    p50_ms: float
    p99_ms: float
    p99_ms_4: float
    queries: int
    first_ms: float


def main() -> int:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--grow", action="store_true", help="10,000 and 1,000,000 too")
    parser.add_argument("--runs", type=int, default=RUNS)
    chosen = parser.parse_args()
    base = os.environ.get("HALSONAV_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
    asked = [(engine, chosen.size) for engine in chosen.engine or ("postgresql", "sqlite")]
    if chosen.grow:
        asked += [("postgresql", size) for size in (10_000, 1_000_000)]
    found, skipped = measured(asked, why_no_postgres(base), base, chosen.runs)
    _keep(found)
    _print(found)
    for one in skipped:
        print(f"Skipped: {one['engine']} at {one['size']:,}. {one['why']}")
    return 0 if found else 1


def measured(
    asked: Sequence[tuple[str, int]], no_postgres: str, base: str, runs: int
) -> tuple[list[Measure], list[dict[str, Any]]]:
    """Return what was measured of each engine and size, and what was skipped, with its reason."""
    found: list[Measure] = []
    skipped: list[dict[str, Any]] = []
    for engine, size in asked:
        if engine == "postgresql" and no_postgres:
            skipped.append({"engine": engine, "size": size, "why": no_postgres})
        else:
            found += _in_own_process(engine, size, base, runs)
    return found, skipped


def why_no_postgres(base: str) -> str:
    """Return why PostgreSQL cannot be measured, or nothing when it answers."""
    try:
        psycopg.connect(base, connect_timeout=3).close()
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        return f"PostgreSQL does not answer; name one in HALSONAV_TEST_POSTGRES. ({reason})"
    return ""


def _in_own_process(engine: str, size: int, base: str, runs: int) -> list[Measure]:
    """Measure with settings of its own: Django reads them once a process."""
    pid = os.fork()
    target = ROOT / "build" / "bench" / f"{engine}-{size}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    if pid == 0:
        status = 1
        try:
            rows = _measure(engine, size, base, runs)
            target.write_text(json.dumps([asdict(row) for row in rows]))
            status = 0
        finally:
            sys.stdout.flush()
            os._exit(status)
    os.waitpid(pid, 0)
    if not target.exists():
        raise SystemExit(f"{engine} at {size} could not be measured.")
    return [Measure(**row) for row in json.loads(target.read_text())]


def _measure(engine: str, size: int, base: str, runs: int) -> list[Measure]:
    from tests.bench.preparing import prepare

    ready = prepare(engine, size, base)
    with ExitStack() as stack:
        app = stack.enter_context(server("halsonav.config.wsgi:application", ready.environment))
        floor = stack.enter_context(server("tests.bench.floor:application", ready.floor))
        return [
            _operation(name, engine, size, ready, app, floor, runs) for name in ready.operations
        ]


def _operation(
    name: str, engine: str, size: int, ready: Any, app: Any, floor: Any, runs: int
) -> Measure:
    asked, floor_asked = ready.operations[name]
    first = ask(app[0], asked[:1])
    ask(app[0], asked[:REQUESTS], 4)
    ask(floor[0], floor_asked[:REQUESTS], 4)
    own, own_db, low, low_db, seconds, seconds_4 = [], [], [], [], [], []
    for _ in range(runs):
        cpu, database, taken = _run(app, asked, ready.database)
        own.append(cpu)
        own_db.append(database)
        seconds += taken
        seconds_4 += ask(app[0], asked, 4)
        cpu, database, _ = _run(floor, floor_asked, ready.database)
        low.append(cpu)
        low_db.append(database)
    cpu, floor_cpu = statistics.median(own), statistics.median(low)
    db, floor_db = statistics.median(own_db), statistics.median(low_db)
    on_postgres = engine == "postgresql"
    return Measure(
        operation=name,
        engine=engine,
        size=size,
        cpu_ms=round(cpu, 3),
        db_cpu_ms=round(db, 3) if on_postgres else None,
        floor_cpu_ms=round(floor_cpu, 3),
        floor_db_cpu_ms=round(floor_db, 3) if on_postgres else None,
        ratio=round(cpu / floor_cpu, 2),
        db_ratio=round(db / floor_db, 2) if on_postgres and floor_db else None,
        p50_ms=round(percentile(seconds, 0.5), 2),
        p99_ms=round(percentile(seconds, 0.99), 2),
        p99_ms_4=round(percentile(seconds_4, 0.99), 2),
        queries=ready.queries[name],
        first_ms=round(1000 * first[0], 1),
    )


def _run(
    running: tuple[int, psutil.Process], requests: list[Request], database: str
) -> tuple[float, float, list[float]]:
    """Return milliseconds of processor time a request: the server's, PostgreSQL's; and seconds."""
    port, process = running
    before, before_db = cpu_of_tree(process), cpu_of_postgres(database)
    taken = ask(port, requests)
    spent, spent_db = cpu_of_tree(process) - before, cpu_of_postgres(database) - before_db
    return 1000 * spent / len(requests), 1000 * spent_db / len(requests), taken


def _keep(found: list[Measure]) -> None:
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps([asdict(row) for row in found], indent=1) + "\n")


def _print(found: list[Measure]) -> None:
    head = ("operation", "engine", "size", "cpu", "floor", "ratio", "db", "floor db", "db ratio",
            "p50", "p99", "p99 of 4", "queries", "first")  # fmt: skip
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in found:
        cells = (row.operation, row.engine, f"{row.size:,}", row.cpu_ms, row.floor_cpu_ms,
                 row.ratio, row.db_cpu_ms, row.floor_db_cpu_ms, row.db_ratio, row.p50_ms,
                 row.p99_ms, row.p99_ms_4, row.queries, row.first_ms)  # fmt: skip
        print("| " + " | ".join("–" if cell is None else str(cell) for cell in cells) + " |")


if __name__ == "__main__":
    raise SystemExit(main())
