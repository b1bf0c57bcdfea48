"""When words are corrected, or nothing is found, the page says what it did and what is near."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
import time_machine
from django.test import Client

from halsonav.programme import finder
from tests.factories.programme import published

pytestmark = pytest.mark.django_db
NOW: Final = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
FIRST: Final = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
EVERYTHING: Final = '<p class="other"><a href="/aktiviteter/">Se allt som händer: 3 tillfällen</a>'


@pytest.fixture(autouse=True)
def programme(db: None) -> Iterator[None]:
    finder.forget()
    with time_machine.travel(NOW, tick=False):
        published("Promenad", *(FIRST + timedelta(days=day) for day in range(3)))
        yield
    finder.forget()


def read(query: str) -> str:
    return Client().get(f"/aktiviteter/?{query}").content.decode()


def empty(page: str) -> str:
    found = re.search(r'<section class="empty">.*?</section>', page, re.DOTALL)
    assert found
    return found[0]


def test_words_alone_are_named_and_what_comes_next_is_not_called_near() -> None:
    said = empty(read("q=golf"))
    assert "Vi hittade inget för ”golf”" in said
    assert "Det här händer härnäst." in said
    assert "närmast" not in said
    assert "passar allt" not in said


def test_what_is_offered_tells_its_day() -> None:
    said = empty(read("q=golf"))
    assert said.count('<small class="date">') == said.count('<li class="dep"') == 3
    assert "tis 24 nov" in said


def test_a_way_to_everything_stands_after_the_list() -> None:
    said = empty(read("q=golf"))
    assert said.index(EVERYTHING) > said.index("</ol>")


def test_a_filter_that_was_loosened_gives_what_is_near() -> None:
    said = empty(read("q=promenad&when=weekend"))
    assert "Vi hittade inget som passar allt" in said
    assert "Det här är närmast." in said
    assert said.index("Ta bort ”I helgen”") < said.index("<ol") < said.index(EVERYTHING)


def test_rows_in_place_of_nothing_say_that_they_are_free_and_how_soon_they_are() -> None:
    said = empty(read("q=golf"))
    heading = re.search(r"<p><strong>([^<]*)</strong> <span[^>]*>([^<]*)</span></p><ol", said)
    assert heading
    assert heading.groups() == ("Det här händer härnäst.", "Alla är gratis.")
    assert '<small class="date"><span>i morgon</span> tis 24 nov</small>' in said


def test_the_order_of_the_list_is_told() -> None:
    assert "Först det som händer snart." in read("")
    assert "Först det som passar bäst." in read("q=promenad")
    assert "Först det som händer snart." in read("q=promenad&sort=time")
    for nothing in ("q=golf", "view=week", "view=map"):
        assert "Först det" not in read(nothing)


def test_everything_is_cleared_at_once_where_more_than_one_thing_is_chosen() -> None:
    for view in ("list", "week", "map"):
        page = read(f"view={view}&q=promenad&join=none")
        assert page.index("Rensa alla") < page.index('class="chip on"')
        one = read(f"view={view}&join=none")
        assert one.count('class="chip on"') == 1
        assert "Rensa alla" not in one


def test_the_button_says_what_it_searches() -> None:
    assert '<span>Sök<span class="object"> aktiviteter</span></span></button>' in read("")


def test_the_tick_of_a_choice_does_not_move_its_words() -> None:
    page = read("area=goteborg&when=today")
    for label in re.findall(r'<a href="[^"]*" aria-current="true">(.*?)</a>', page):
        assert label.startswith(("<span>", "Lista"))


def test_the_same_way_on_is_not_offered_twice() -> None:
    said = empty(read("when=weekend"))
    assert "Ta bort ”I helgen”" in said
    assert said.count('href="/aktiviteter/"') == 1


@pytest.mark.parametrize("view", ["week", "map"])
def test_every_view_has_words_for_nothing(view: str) -> None:
    said = empty(read(f"q=golf&view={view}"))
    assert "Vi hittade inget för ”golf”" in said
    assert "närmast" not in said


def test_typed_words_do_not_stand_in_the_title() -> None:
    page = read("q=sover%20d%C3%A5ligt")
    assert "<title>Sökresultat – Hitta aktiviteter – " in page
    assert "<title>Hitta aktiviteter – " in read("")


def test_a_corrected_word_is_said_beside_the_typed_one() -> None:
    page = read("q=promnad")
    assert "Du skrev ”promnad”. Menade du ”promenad”? Vi visar det." in page
    assert re.search(r'<p class="hint[^>]*>Vi visar ”promenad”\.</p>', page)
    assert re.search(r'class="chip on"[^>]*>(<span[^>]*>[^<]*</span>)?”promenad”', page)
    assert 'value="promnad"' in page


def test_each_word_that_is_read_as_a_choice_is_said_beside_it() -> None:
    page = read("q=promenad+f%C3%B6rmiddag+imorgon&area=")
    assert "Vi läste ”förmiddag” som ”Dagtid, före kl. 17” och ”imorgon” som ”I morgon”." in page


def test_words_that_were_right_need_no_hint() -> None:
    assert 'class="hint' not in read("q=promenad")
