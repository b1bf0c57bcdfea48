"""Whoever is shown to somebody else leaves one line in the journal, or is not shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest
from django.db import connection, transaction

from halsonav.people.models import JournalEntry
from tests.access import table
from tests.access.asking import Answer, client_of, read
from tests.access.routes import Route, routes
from tests.access.test_marks import shown_in
from tests.access.world import READERS, Person, Shown, World

pytestmark = pytest.mark.django_db
OWN_ROUTES: Final = [route for route in routes() if not route.is_public]
REFUSE: Final = {
    "sqlite": ["""CREATE TRIGGER refuse_lines BEFORE INSERT ON people_journalentry
        BEGIN SELECT RAISE(ABORT, 'No line today'); END"""],
    "postgresql": [
        """CREATE FUNCTION refuse_lines() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'No line today' USING ERRCODE = 'check_violation'; END $$""",
        """CREATE TRIGGER refuse_lines BEFORE INSERT ON people_journalentry
        FOR EACH ROW EXECUTE FUNCTION refuse_lines()""",
    ],
}  # fmt: skip


@contextmanager
def taken_back() -> Iterator[None]:
    """Let things be written, and take them back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def looked(world: World, reader: str, route: Route, which: int = 0, by: str = "GET") -> Answer:
    """Return what the reader gets at the route; what is sent empty often shows the form again."""
    there = table.addresses(route, world, reader)
    return read(client_of(world, reader).generic(by, there[min(which, len(there) - 1)]))


def others_in(answer: Answer, world: World, reader: str) -> list[Shown]:
    """Return who is shown besides the reader."""
    return [one for one in shown_in(answer, world) if one is not world.readers.get(reader)]


def _told_of(line: JournalEntry, one: Shown) -> bool:
    row = one.user if isinstance(one, Person) else one.invitation
    named = line.about_id == str(row.pk) or f" {row.pk} " in line.shown
    return named and line.about_type == row._meta.label_lower


@pytest.mark.parametrize("by", ["GET", "POST"])
@pytest.mark.parametrize("route", OWN_ROUTES, ids=lambda route: route.name)
def test_who_is_shown_to_another_leaves_exactly_one_line(
    route: Route, by: str, world: World
) -> None:
    for reader in READERS:
        for which in (0, 1) if route.parts else (0,):
            with taken_back():
                before = set(JournalEntry.objects.readings().values_list("pk", flat=True))
                shown = others_in(looked(world, reader, route, which, by), world, reader)
                lines = list(JournalEntry.objects.readings().exclude(pk__in=before))
                if shown:
                    assert len(lines) == 1, f"{reader} at {route.name}"
                    assert lines[0].actor_id == world.readers[reader].user.pk
                    assert lines[0].why
                    assert lines[0].fields
                    assert all(_told_of(lines[0], one) for one in shown)
                assert len(lines) <= 1


def test_there_are_pages_that_show_somebody(world: World) -> None:
    """Without any, the test above would hold of itself."""
    showing: dict[str, set[str]] = {"GET": set(), "POST": set()}
    for by, names in showing.items():
        for route in OWN_ROUTES:
            with taken_back():
                answer = looked(world, "centre_manager", route, by=by)
                if others_in(answer, world, "centre_manager"):
                    names.add(route.name)
    assert {"people:people", "people:person"} <= showing["GET"]
    assert {"people:give_role", "people:hand_over"} <= showing["POST"]


@pytest.mark.parametrize("by", ["GET", "POST"])
@pytest.mark.parametrize("route", OWN_ROUTES, ids=lambda route: route.name)
def test_when_the_database_refuses_the_line_nobody_is_shown(
    route: Route, by: str, world: World
) -> None:
    with taken_back():
        with connection.cursor() as cursor:
            for statement in REFUSE[connection.vendor]:
                cursor.execute(statement)
        for reader in ("centre_manager", "operator"):
            with taken_back():
                answer = looked(world, reader, route, by=by)
                assert not others_in(answer, world, reader), f"{reader} at {route.name}"
