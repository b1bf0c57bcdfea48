"""The menus: order, language, what is current, who sees what."""

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from halsonav.design import menu

URLS = "tests.design.urls"


class Staff:
    def __init__(self, *permissions: str) -> None:
        self.permissions = permissions

    def has_perm(self, permission: str) -> bool:
        return permission in self.permissions


def _labels(which: menu.Menu, path: str = "/", user: Staff | None = None) -> list[str]:
    return [row["label"] for row in which.rows("sv", URLS, path, user)]


def test_entries_stand_in_their_order_however_they_came() -> None:
    menu.register_public(20, "Filmer", "activity-list-that-comes-later")
    menu.register_public(20, "Hälsa", "start")
    menu.public = menu.Menu()
    menu.register_public(20, "Hälsa", "start")
    menu.register_public(10, "Hitta", "find")

    assert _labels(menu.public) == ["Hitta", "Hälsa"]


def test_the_same_url_name_replaces_the_entry() -> None:
    menu.register_footer(1, "Gammal", "find")
    assert _labels(menu.footer) == ["Gammal"]

    menu.register_footer(1, "Ny", "find")

    assert _labels(menu.footer) == ["Ny"]


def test_addresses_follow_the_language() -> None:
    menu.register_public(1, "Hitta", "find")

    assert menu.public.rows("sv", URLS, "/")[0]["href"] == "/aktiviteter/"
    with translation.override("ar"):
        assert menu.public.rows("ar", URLS, "/")[0]["href"] == "/ar/aktiviteter/"


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/aktiviteter/", ["Hitta"]),
        ("/aktiviteter/karta/", ["Hitta"]),
        ("/", ["Start"]),
        ("/aktivitet/7/", []),
    ],
)
def test_an_entry_is_current_on_its_page_and_the_pages_under_it(
    path: str, current: list[str]
) -> None:
    menu.register_public(1, "Start", "start")
    menu.register_public(2, "Hitta", "find")

    rows = menu.public.rows("sv", URLS, path)

    assert [row["label"] for row in rows if row["current"]] == current


def test_the_start_page_of_a_language_is_not_above_all_its_pages() -> None:
    menu.register_public(1, "Start", "start")

    with translation.override("en"):
        rows = menu.public.rows("en", URLS, "/en/aktiviteter/")

    assert rows == [{"label": "Start", "href": "/en/", "note": "", "current": False}]


def test_of_two_entries_above_a_page_only_the_nearest_is_current() -> None:
    menu.register_workspace(1, "I dag", "work")
    menu.register_workspace(2, "Program", "work-programme")
    rows = menu.workspace.rows("sv", URLS, reverse("work-programme", URLS))

    assert [row["label"] for row in rows if row["current"]] == ["Program"]


def test_a_work_entry_with_a_permission_is_seen_only_by_those_who_have_it() -> None:
    menu.register_workspace(1, "I dag", "work")
    menu.register_workspace(2, "Program", "work-programme", "programme.plan")

    assert _labels(menu.workspace, user=Staff("programme.plan")) == ["I dag", "Program"]
    assert _labels(menu.workspace, user=Staff()) == ["I dag"]
    assert _labels(menu.workspace) == ["I dag"]


def test_an_entry_that_leads_nowhere_stops_loudly() -> None:
    menu.register_public(1, "Fel", "no-such-page")

    with pytest.raises(NoReverseMatch):
        menu.public.rows("sv", URLS, "/")
