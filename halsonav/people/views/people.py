"""People: the list, searched and narrowed."""

from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halsonav.lib.text import clean
from halsonav.people.models import User
from halsonav.people.pages.people_list import Asked, Listed, people_shown
from halsonav.people.pages.role_places import choices, places_where
from halsonav.people.permissions import Permission, Role
from halsonav.people.views.asking import number_in, page, settings_crumb

LONGEST: Final = 100


@page(Permission.MANAGE_PEOPLE)
def people(request: HttpRequest, user: User) -> HttpResponse:
    """Show a page of the people whom the user may manage."""
    places = places_where(user, Permission.MANAGE_PEOPLE)
    role, place = request.GET.get("roll", ""), request.GET.get("plats", "")
    asked = Asked(
        words=clean(request.GET.get("q", ""), LONGEST),
        role=role if role in Role.values else "",
        place=places.get(place),
        page=number_in(request.GET.get("sida", "")),
    )
    listed = people_shown(user, asked)
    context = {
        "heading": _("Personer"),
        "crumbs": [settings_crumb()],
        "listed": listed,
        "result": _counted(listed),
        "words": asked.words,
        "role_choices": _options([("", _("Alla roller")), *_role_choices()], asked.role),
        "place_choices": _options([("", _("Alla platser")), *choices(places)], place),
        "is_narrowed": bool(asked.words or asked.role or asked.place),
        "pager": pager(request.GET, listed.page, listed.pages),
    }
    return render(request, "people/people.html", context)


def _role_choices() -> list[tuple[str, str]]:
    return [(role.value, str(role.label).capitalize()) for role in Role]


def _options(listed: list[tuple[str, str]], chosen: str) -> list[dict[str, Any]]:
    return [
        {"value": value, "label": label, "chosen": value == chosen}
        for value, label in listed
        if value != "overallt"
    ]


def _counted(listed: Listed) -> str:
    return ngettext("%(n)s person", "%(n)s personer", listed.number) % {"n": listed.number}


def pager(query: QueryDict, at: int, of: int) -> dict[str, str] | None:
    """Return the links to the pages before and after, as the pager shows them."""
    if of < 2:
        return None

    def link(number: int) -> str:
        kept = {name: value for name, value in query.items() if name != "sida"}
        return f"?{urlencode(kept | {'sida': number})}" if 0 < number <= of else ""

    return {
        "previous": link(at - 1),
        "next": link(at + 1),
        "previous_text": _("Sidan före"),
        "next_text": _("Nästa sida"),
        "note": _("Sida %(at)s av %(of)s") % {"at": at, "of": of},
    }


def people_crumb() -> dict[str, str]:
    """Return the link back to the list."""
    return {"href": reverse("people:people"), "label": _("Personer")}
