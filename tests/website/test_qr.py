"""An activity on paper has a code that leads back to its page; nobody sees it on a screen."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import pytest
import segno
import time_machine
from django.conf import settings
from django.test import Client

from halsonav.programme import finder
from halsonav.programme.models import Activity
from halsonav.website.qr import qr_code
from tests.factories.programme import published

NOW: Final = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
PATHS: Final = {"sv": "/aktiviteter/", "en": "/en/activities/", "ar": "/ar/activities/"}


@pytest.fixture
def activity(db: None) -> Iterator[Activity]:
    finder.forget()
    with time_machine.travel(NOW, tick=False):
        yield published("Promenad", datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    finder.forget()


def dark(svg: str) -> set[tuple[int, int]]:
    """Return the dark modules of a code that is drawn in lines, as (column, row)."""
    [path] = re.findall(r'stroke="#000" d="([^"]*)"', svg)
    found, x, y = set(), 0.0, 0.0
    for sign, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", path):
        if sign == "h":
            found |= {(int(x) + n, int(y)) for n in range(int(first))}
            x += int(first)
        elif sign == "M":
            x, y = float(first), float(second)
        else:
            x, y = x + float(first), y + float(second)
    return found


def test_the_code_says_the_address() -> None:
    address = "https://exempel.se/aktiviteter/promenad/"
    rows = segno.make(address, error="m", micro=False).matrix_iter(border=4)
    told = {(x, y) for y, row in enumerate(rows) for x, one in enumerate(row) if one}
    assert dark(qr_code(address)) == told


@pytest.mark.parametrize("language", PATHS)
def test_each_languages_page_has_its_own_code(language: str, activity: Activity) -> None:
    path = f"{PATHS[language]}{activity.slug}/"
    page = Client().get(path).content.decode()
    assert page.count('class="qr"') == 1
    assert qr_code(settings.ORIGIN + path) in page


def test_a_times_page_leads_to_the_activity_which_lives_longer(activity: Activity) -> None:
    number = activity.occurrences.get().pk
    page = Client().get(f"/aktiviteter/{activity.slug}/{number}/").content.decode()
    assert qr_code(f"{settings.ORIGIN}/aktiviteter/{activity.slug}/") in page


def test_the_code_is_small_and_asks_for_nothing_outside() -> None:
    svg = qr_code("https://halsa.exempel.se/ar/activities/ett-mycket-langt-namn-pa-en-aktivitet/")
    assert len(svg) < 5_000
    assert "href" not in svg
    assert "style" not in svg


def test_a_code_is_made_once() -> None:
    assert qr_code("https://exempel.se/a/") is qr_code("https://exempel.se/a/")
