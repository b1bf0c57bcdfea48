"""Fills the floor's tables from the finder's own answers, so that both give the same rows."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.test import Client

from halsonav.programme.finder import Finder, FinderQuery
from halsonav.programme.finder.filling import Card
from halsonav.programme.models import FinderCard

TABLES = {
    "floor_row": "occurrence bigint PRIMARY KEY, start bigint, html text, data text",
    "floor_facet": "area text, theme text, start bigint, occurrence bigint",
    "floor_word": "word text, place integer, occurrence bigint",
    "floor_week": "week text, place integer, html text",
    "floor_page": "slug text PRIMARY KEY, html text",
}
INDEXES = (
    "CREATE INDEX floor_row_start ON floor_row (start, occurrence)",
    "CREATE INDEX floor_facet_all ON floor_facet (area, theme, start, occurrence)",
    "CREATE INDEX floor_word_all ON floor_word (word, place)",
    "CREATE INDEX floor_week_all ON floor_week (week, place)",
)
MAIN = re.compile(r"<main.*</main>", re.DOTALL)


def fill_floor(
    finder: Finder, pairs: Sequence[tuple[str, str]], words: Sequence[str], slugs: Sequence[str],
    weeks: Sequence[str],
) -> None:  # fmt: skip
    """Write every table anew."""
    with connection.cursor() as cursor:
        for name, columns in TABLES.items():
            cursor.execute(f"DROP TABLE IF EXISTS {name}")
            cursor.execute(f"CREATE TABLE {name} ({columns})")
    _insert("floor_row", 4, _rows(finder))
    _insert("floor_facet", 4, _facets(finder, pairs))
    _insert("floor_word", 3, _words(finder, words))
    _insert("floor_week", 3, _weeks(weeks))
    _insert("floor_page", 2, _pages(slugs))
    with connection.cursor() as cursor:
        for index in INDEXES:
            cursor.execute(index)
        cursor.execute("ANALYZE")


def _insert(table: str, columns: int, rows: Iterable[tuple[Any, ...]]) -> None:
    marks = ", ".join(["%s"] * columns)
    pending = iter(rows)
    with transaction.atomic(), connection.cursor() as cursor:
        while batch := list(islice(pending, 5_000)):
            cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", batch)


def _rows(finder: Finder) -> Iterable[tuple[Any, ...]]:
    held = finder.columns
    cards = {
        group: Card(row, data)
        for group, row, data in FinderCard.objects.filter(language="sv").values_list(
            "group_id", "row", "data"
        )
    }
    for row in range(len(held.occurrence)):
        card = cards[int(held.group_id[held.group[row]])]
        filling = finder.filling(row)
        if filling.end > finder.moment.tick:
            html, data = card.html(filling, "sv"), card.data(filling, "")
            yield filling.occurrence, filling.start, html, data


def _facets(finder: Finder, pairs: Sequence[tuple[str, str]]) -> Iterable[tuple[Any, ...]]:
    for area, theme in pairs:
        query = FinderQuery(facets=(("area", area), ("theme", theme)))
        for occurrence, start in _times(finder, query):
            yield area, theme, start, occurrence


def _times(finder: Finder, query: FinderQuery) -> Iterable[tuple[int, int]]:
    held = finder.columns
    for row in finder._search(query).rows().tolist():
        yield int(held.occurrence[row]), int(held.start[row])


def _words(finder: Finder, words: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    for word in words:
        page = finder.find(FinderQuery(text=word), size=21)
        for place, hit in enumerate(page.hits):
            yield word, place, hit.occurrence


def _weeks(weeks: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    for week in weeks:
        html = Client().get(f"/aktiviteter/?view=week&week={week}").content.decode()
        found = MAIN.search(html)
        body = found.group() if found else ""
        for place in range(84):
            size = len(body) // 84
            yield week, place, body[place * size : (place + 1) * size]


def _pages(slugs: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    for slug in slugs:
        html = Client().get(f"/aktiviteter/{slug}/").content.decode()
        found = MAIN.search(html)
        yield slug, found.group() if found else ""
