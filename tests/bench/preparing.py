"""Makes the database of a size, and the requests that are sent."""

import os
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice, product
from pathlib import Path
from typing import Any

import psycopg

from tests.bench.serving import Request

ROOT = Path(__file__).resolve().parents[2]
WORDS = (
    "promenad", "yoga", "sömn", "stress", "barnvagn", "matlagning", "språkkafé", "seniorer",
    "dans", "odling", "bokcirkel", "gympa", "promenader", "sömnskolan", "stavgången", "studenter",
    "samtalsgrupper", "föräldralediga", "avspänning", "hantverk",
)  # fmt: skip
REQUESTS = 200


@dataclass(frozen=True)
class Ready:
    """A database with its floor: environments of both servers, and (ours, floor's) requests."""

    environment: dict[str, str]
    floor: dict[str, str]
    database: str
    operations: dict[str, tuple[list[Request], list[Request]]]
    queries: dict[str, int]


def prepare(engine: str, size: int, base: str) -> Ready:
    """Fill the database if it is not there, then the floor's tables; set Django up in here."""
    address, name = _address(engine, size, base)
    os.environ.update(
        HALSONAV_MODE="demo", HALSONAV_DATABASE=address,
        DJANGO_SETTINGS_MODULE="halsonav.config.settings",
    )  # fmt: skip
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from halsonav.demo import fill, load

    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    if not load.is_loaded():
        load.load()
    print(f"{engine}: {fill.fill(size):,} occurrences", flush=True)
    return _ready(address, name)


def _address(engine: str, size: int, base: str) -> tuple[str, str]:
    if engine == "sqlite":
        folder = ROOT / "build" / "bench"
        folder.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{folder}/{size}.sqlite3", ""
    name = f"halsonav_bench_{size}"
    with psycopg.connect(base, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
        if not known.fetchone():
            connection.execute(f"CREATE DATABASE {name}")
    return f"{base.rpartition('/')[0]}/{name}", name


def _ready(address: str, name: str) -> Ready:
    from halsonav.programme.finder import Finder
    from halsonav.programme.models import Activity
    from tests.bench.floor_data import fill_floor

    finder = Finder("sv")
    pairs = _pairs(finder)
    slugs = list(Activity.objects.order_by("pk").values_list("slug", flat=True)[::7][:60])
    weeks = _weeks(finder.moment.today)
    fill_floor(finder, pairs, WORDS, slugs, weeks)
    operations = _operations(pairs, slugs, weeks)
    common = {"HALSONAV_MODE": "demo", "HALSONAV_DATABASE": address}
    return Ready(
        environment=common,
        floor={
            "FLOOR_DATABASE": address.removeprefix("sqlite:///"),
            "FLOOR_NOW": str(finder.moment.tick),
        },
        database=name,
        operations=operations,
        queries={name: _queries(asked[0]) for name, (asked, _) in operations.items()},
    )


def _pairs(finder: Any) -> list[tuple[str, str]]:
    areas = [key[5:] for key in finder.known if key.startswith("area:")]
    themes = [key[6:] for key in finder.known if key.startswith("theme:")]
    return list(islice(product(areas, themes), 200))


def _weeks(today: Any) -> list[str]:
    return [f"{today + timedelta(weeks=n):%G-W%V}" for n in range(12)]


def _operations(
    pairs: list[tuple[str, str]], slugs: list[str], weeks: list[str]
) -> dict[str, tuple[list[Request], list[Request]]]:
    from urllib.parse import quote

    def many(requests: list[Request]) -> list[Request]:
        return (requests * (REQUESTS // len(requests) + 1))[:REQUESTS]

    find = "/aktiviteter/"
    made = {
        "list": ([Request(find)], [Request("/list")]),
        "filtered": (
            [Request(f"{find}?area={area}&theme={theme}") for area, theme in pairs],
            [Request(f"/filtered?area={area}&theme={theme}") for area, theme in pairs],
        ),
        "text": (
            [Request(f"{find}?q={quote(word)}") for word in WORDS],
            [Request(f"/text?q={quote(word)}") for word in WORDS],
        ),
        "week": (
            [Request(f"{find}?view=week&week={week}") for week in weeks],
            [Request(f"/week?week={week}") for week in weeks],
        ),
        "activity": (
            [Request(f"{find}{slug}/") for slug in slugs],
            [Request(f"/page?slug={slug}") for slug in slugs],
        ),
        "json": ([Request(find, json=True)], [Request("/json")]),
    }
    asked = {name: (many(own), many(floor)) for name, (own, floor) in made.items()}
    anew = {
        f"{name}, made anew": (_each_its_own(own), floor) for name, (own, floor) in asked.items()
    }
    return asked | anew


def _each_its_own(requests: list[Request]) -> list[Request]:
    """Return requests whose pages cannot have been kept: no two addresses are the same."""
    marks = (f"{'&' if '?' in one.path else '?'}n=" for one in requests)
    return [
        Request(f"{one.path}{mark}{{n}}", one.json)
        for one, mark in zip(requests, marks, strict=True)
    ]


def _queries(request: Request) -> int:
    """Return how many SQL queries a page costs when its cards are not in memory yet."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from halsonav.programme.finder import Finder

    headers = {"accept": "application/json"} if request.json else {}
    path = request.path.replace("{n}", "1")
    Client().get(path, headers=headers)
    columns = Finder("sv").columns
    columns.cards.clear()
    columns.pages.clear()
    with CaptureQueriesContext(connection) as caught:
        Client().get(path, headers=headers)
    return len(caught)
