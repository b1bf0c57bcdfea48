"""Forms that are filled in rightly: taken from who may, and from nobody else, whatever they hold.

The matrix sends its forms empty. Here each is filled in as its page asks for, by who may, and the
same is then sent by all others and about another's things.
"""

from datetime import date, timedelta
from typing import Any, Final

import pytest
from django.db import transaction
from django.forms import BaseForm
from django.utils import timezone

from halsonav.people.models import Handover, JournalEntry
from tests.access import table
from tests.access.asking import client_of
from tests.access.routes import Route, routes
from tests.access.test_walks import state
from tests.access.world import READERS, TOWN_MANAGER, World

pytestmark = pytest.mark.django_db
SOON: Final = timedelta(days=3)
FILLED: Final[dict[str, dict[str, Any]]] = {
    "people:add_function": {"title": "Hälsostrateg"},
    "people:appoint": {"described_as": "Kommunens jurist"},
    "people:centre": {"name": "Hälsocenter med nytt namn"},
    "people:change_organisation": {"name": "Kommun med nytt namn"},
    "people:end_holding": {"to_day": SOON},
    "people:give_role": {"role": "host", "place": 1},
    "people:hand_over": {
        "email": "ny.kollega@exempel.se",
        "display_name": "Ny Kollega",
        "last_day": SOON,
    },
    "people:invite": {
        "email": "ny.kollega@exempel.se",
        "display_name": "Ny Kollega",
        "role": "host",
        "place": 1,
    },
    "people:language": {"language": "en"},
    "people:leave": {"last_day": SOON},
    "people:new_centre": {"name": "Hälsocenter Nytt"},
    "people:new_organisation": {"name": "Ny förening", "kind": "association", "parent": 1},
    "people:open_person": {"why": "help"},
    "people:protection": {"why": "asked"},
    "people:rename_function": {"title": "Hälsosamordnare"},
    "people:role_demand": {"idle_minutes": 15},
}
"""What is written into the form, by route; all else stays as the page has it."""
SHOWING: Final = ("people:open_person",)
"""Forms whose answer is to be shown something: a line in the journal, and nothing else."""
BY: Final = {
    "people:add_function": TOWN_MANAGER,
    "people:appoint": TOWN_MANAGER,
    "people:change_organisation": TOWN_MANAGER,
    "people:end_holding": TOWN_MANAGER,
    "people:new_centre": TOWN_MANAGER,
    "people:new_organisation": "operator",
    "people:rename_function": TOWN_MANAGER,
    "people:role_demand": "operator",
}
"""Who fills it in, where a centre's manager may not."""
WITH_FORMS: Final = [route for route in routes() if route.name in FILLED]
ALL_MAY: Final = ("people:language",)


def filled(form: BaseForm, more: dict[str, Any]) -> dict[str, Any]:
    """Return what a browser would send of the form, with more written into it."""
    sent = {bound.name: bound.value() for bound in form}
    for name, value in more.items():
        choices = [key for key, _ in getattr(form.fields[name], "choices", [])]
        at_place = isinstance(value, int) and choices
        sent[name] = choices[value] if at_place else value
    return {name: _written(value) for name, value in sent.items() if value not in (None, False)}


def _written(value: Any) -> Any:
    if isinstance(value, timedelta):
        value = timezone.localdate() + value
    if isinstance(value, date):
        return value.isoformat()
    return "on" if value is True else value


def form_for(route: Route, world: World) -> dict[str, Any]:
    """Return the form as who may fills it in."""
    reader = BY.get(route.name, "centre_manager")
    page = client_of(world, reader).get(address(route, world, reader))
    return filled(page.context["form"], FILLED[route.name])


def address(route: Route, world: World, reader: str, which: int = 0) -> str:
    there = table.addresses(route, world, reader)
    return there[min(which, len(there) - 1)]


@pytest.fixture
def nobody_leaves(world: World) -> None:
    """Let nobody be about to leave: that is decided one time."""
    Handover.objects.all().delete()


@pytest.mark.parametrize("route", WITH_FORMS, ids=lambda route: route.name)
def test_what_is_filled_in_rightly_is_taken_from_who_may(
    route: Route, world: World, nobody_leaves: None
) -> None:
    reader = BY.get(route.name, "centre_manager")
    before = state()
    with transaction.atomic():
        sent = form_for(route, world)
        lines = JournalEntry.objects.count()
        answer = client_of(world, reader).post(address(route, world, reader), sent)
        errors = answer.context["form"].errors if answer.status_code == 200 else ""
        assert answer.status_code == 302, errors
        assert JournalEntry.objects.count() > lines
        assert (state() != before) == (route.name not in SHOWING)
        transaction.set_rollback(True)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("route", WITH_FORMS, ids=lambda route: route.name)
def test_a_rightful_form_gives_nobody_else_a_right(
    route: Route, reader: str, world: World, nobody_leaves: None
) -> None:
    """Who gets no page gets nothing done either, and of another's things nothing at all."""
    with transaction.atomic():
        sent = form_for(route, world)
        transaction.set_rollback(True)
    before = state()
    for which in (0, 1, 2) if route.parts else (0,):
        with transaction.atomic():
            client = client_of(world, reader)
            there = address(route, world, reader, which)
            page, answer = client.get(there), client.post(there, sent)
            refused = page.status_code != 200
            if refused:
                assert answer.status_code == page.status_code, there
                assert state() == before, there
            transaction.set_rollback(True)
        if which and reader != "operator" and route.name not in ALL_MAY:
            assert refused, there


def test_every_form_of_the_settings_is_filled_in_here(world: World) -> None:
    asked = {
        route.name
        for route in routes()
        for reader in ("centre_manager", TOWN_MANAGER, "operator")
        if route.name.startswith("people:") and _shows_a_form(route, reader, world)
    }
    assert asked - {"people:log", "people:people"} == set(FILLED), "searches are not sent"


def _shows_a_form(route: Route, reader: str, world: World) -> bool:
    with transaction.atomic():
        answer = client_of(world, reader).get(address(route, world, reader))
        transaction.set_rollback(True)
    context = getattr(answer, "context", None) or {}
    return answer.status_code == 200 and context.get("form") is not None
