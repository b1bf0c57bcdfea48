"""A page that is filled into its mould is what its template says, word for word."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.safestring import SafeString

from halsonav.design import context, moulds
from halsonav.design.moulds import Fixed
from halsonav.programme import finder
from halsonav.programme.actions.occurrences import cancel_occurrence
from halsonav.programme.models import Occurrence, Reason
from halsonav.website import views
from tests.factories.programme import TUESDAY, published

pytestmark = pytest.mark.django_db
ADDRESSES = (
    "/aktiviteter/",
    "/en/activities/?q=promenad",
    "/aktiviteter/?q=promenaad&when=nonsense&n=%3Cb%3E",
    "/aktiviteter/?q=%3Cscript%3E%25s%20%26",
    "/aktiviteter/?view=week",
    "/aktiviteter/?view=week&week=2030-W10",
    "/aktiviteter/?view=map",
    "/ar/activities/?near=57.7,11.9",
    "/aktiviteter/?when=today&want=move&by=activity",
)


def plain(request: HttpRequest, template: str, words: Mapping[str, Any]) -> SafeString:
    """Return the page as its template makes it by itself."""
    around = context.frame(request)
    return render_to_string(template, {**around, **words})


@pytest.fixture
def walk() -> str:
    slug = published("Promenad & <b>fika</b> 100%", TUESDAY).slug
    published("Sömnkurs", *(TUESDAY.replace(hour=hour) for hour in range(8, 12)))
    cancel_occurrence(
        by=None, occurrence=Occurrence.objects.order_by("pk")[2], reason=Reason.LEADER_ILL
    )
    finder.forget()
    moulds.forget()
    return slug


def test_filled_pages_are_what_the_templates_say(
    walk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    occurrence = Occurrence.objects.order_by("pk").last()
    assert occurrence is not None
    addresses = [
        *ADDRESSES,
        f"/aktiviteter/{walk}/",
        f"/en/activities/{walk}/",
        f"/aktiviteter/{occurrence.activity.slug}/{occurrence.pk}/",
    ]
    for _ in range(2):  # made, then filled from the mould that is there
        filled = {address: Client().get(address).content.decode() for address in addresses}
    monkeypatch.setattr(views, "framed", plain)
    for address in addresses:
        assert filled[address] == Client().get(address).content.decode(), address
        assert "\ufdda" not in filled[address]


def made() -> int:
    """Return how many moulds there are of whole find pages."""
    return sum("website/find.html" in str(shape) for shape in moulds._moulds)


def test_another_shape_is_another_mould_and_other_words_are_not(walk: str) -> None:
    for number in (1, 2, 3):
        Client().get(f"/aktiviteter/?n={number}")
    assert made() == 1
    Client().get("/aktiviteter/?view=week")
    Client().get("/en/activities/")
    assert made() == 3


def test_moulds_have_a_bound(walk: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moulds, "MOST_MOULDS", 4)
    for address in ADDRESSES:
        Client().get(address)
        assert 0 < len(moulds._moulds) <= 4


def test_what_a_template_compares_is_part_of_the_shape() -> None:
    words: list[str] = []
    shapes = {
        moulds._shape({"a": value}, words) for value in ("x", "y", "", None, True, 1, Fixed("x"))
    }
    assert len(shapes) == 6
    assert words == ["x", "y"]
