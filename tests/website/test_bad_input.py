"""Whatever is written in an address or a form, the site answers plainly and loses nothing."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import quote, urlencode

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from halsonav.lib.text import clean
from halsonav.programme import finder
from halsonav.programme.finder.query import FACET_GROUPS, LONGEST_TEXT
from tests.factories.programme import published

pytestmark = pytest.mark.django_db
NOW: Final = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
FIRST: Final = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NAMES: Final = ("q", "when", "time", "week", "day", "place", "near", "view", "by", "sort", "exact",
                "after", "page", "", *FACET_GROUPS)  # fmt: skip
FIND: Final = {"sv": "/aktiviteter/", "en": "/en/activities/", "ar": "/ar/activities/"}
NASTY: Final = (
    "\x00", "\x00yoga", "yoga\x00", "'; DROP TABLE programme_activity; --", "' OR '1'='1", "%", "_",
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "{% debug %}",
    "\u202eyoga", "\u200f\u200eنزهة", "🙂👩‍👩‍👧🧘", "a" * 10_000, "ö " * 3_000, "\ufeff", "\ud7ff",
    "\r\nSet-Cookie: a=b", "../../../etc/passwd", "-1", "0", "1e308", "NaN", "inf", "9" * 400,
    "٣", "２０２６-１１-２４", "2026-02-30", "2026-13-01", "0001-01-01", "9999-12-31", "2026-W00",
    "2026-W54", "2026-W1", "0000-W01", "9999-W52", "2200-W53", "2026-W٤٨",
    "91,181", "90,180", "-90,-180",
    "57.7", "57.7,11.97,1", "nan,nan", "٥٧,١١", "1.2", "1.2.3", "1.2.3.4", "-1.-2",
    "999999999999999.999999999999999", "-999999999999999.-999999999999999.-999999999999999", "1..2",
    "today", "week", "map", "near", "fit", "activity", "wheelchair", "sv", "41314", "413 14", "&",
    "=", "+",
)  # fmt: skip
VALUES: Final = st.sampled_from(NASTY) | st.text(max_size=60)
PAIRS: Final = st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=8)
QUICK: Final = settings(
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(autouse=True)
def programme(db: None) -> Iterator[None]:
    finder.forget()
    with time_machine.travel(NOW, tick=False):
        published("Promenad", *(FIRST + timedelta(days=day) for day in range(3)))
        yield
    finder.forget()


def ask(path: str, pairs: Any, **headers: str) -> Any:
    query = urlencode(list(pairs), errors="surrogatepass")
    return Client(raise_request_exception=False).get(f"{path}?{query}", headers=headers)


# Never an error ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_no_value_of_a_parameter_breaks_the_list(name: str) -> None:
    for value in NASTY:
        for view in ("list", "week") if name in ("week", "day", "after", "near") else ("list",):
            answer = ask(FIND["sv"], [("view", view), (name, value)])
            assert answer.status_code == 200, (name, value)


@QUICK
@given(PAIRS, st.sampled_from([*FIND.values(), "/aktiviteter/kalender.ics"]), st.booleans())
def test_no_mixture_of_parameters_breaks_a_page(
    pairs: list[tuple[str, str]], path: str, json: bool
) -> None:
    accept = "application/json" if json else "text/html"
    assert ask(path, pairs, accept=accept).status_code == 200


@QUICK
@given(st.binary(max_size=200))
def test_no_bytes_of_an_address_break_a_page(raw: bytes) -> None:
    client = Client(raise_request_exception=False)
    for path in (f"/aktiviteter/?q={quote(raw)}", f"/aktiviteter/?{quote(raw, safe='=&%')}"):
        assert client.get(path).status_code == 200
    assert client.get(f"/aktiviteter/{quote(raw, safe='')}/").status_code in (200, 404, 301)


@pytest.mark.parametrize(
    "path",
    [
        "/aktiviteter/aktivitet/0/", "/aktiviteter/aktivitet/99999999999999999999999/",
        "/aktiviteter/aktivitet/99999999999999999999999.ics", "/aktiviteter/aktivitet/-1/",
        "/teman/%F0%9F%99%82/", "/omraden/%00/", "/omraden/%E2%80%AE/", f"/teman/{'a' * 5000}/",
    ],
)  # fmt: skip
def test_an_address_that_nothing_has_is_not_found(path: str) -> None:
    assert Client(raise_request_exception=False).get(path).status_code == 404


def test_an_activity_answers_whatever_stands_after_it() -> None:
    slug = finder.Finder("sv").find(finder.FinderQuery()).hits[0].data.split('"url": "')[1]
    path = "/" + slug.split('"')[0].split("/", 3)[3]
    for value in NASTY:
        assert ask(path, [("q", value), ("page", value)]).status_code == 200
    number = path.rstrip("/").rpartition("/")[0] + "/99999999999999999999999/"
    assert Client(raise_request_exception=False).get(number).status_code == 200


# A plain sentence --------------------------------------------------------------------------------

WRONG: Final = {
    "when": "sometime",
    "time": "midnight",
    "week": "2026-W54",
    "day": "2026-02-30",
    "near": "here",
    "place": "000 00",
    "area": "atlantis",
    "theme": "'; --",
    "after": "end",
    "view": "globe",
}
SAYS: Final = re.compile(r'<div class="notice warn" role="status">(.*?)</div></div>', re.DOTALL)


@pytest.mark.parametrize("language", ["sv", "en", "ar"])
@pytest.mark.parametrize("name", WRONG)
def test_what_could_not_be_understood_is_said_in_the_readers_language(
    name: str, language: str
) -> None:
    page = ask(FIND[language], [(name, WRONG[name]), ("q", "promenad")]).content.decode()
    said = SAYS.findall(page)
    assert len(said) == 1
    words = re.sub(r"<[^>]+>", " ", said[0].partition("<a ")[0])
    assert words.strip().endswith(".")
    arabic = re.search("[\u0621-\u064a]", words) is not None
    assert arabic == (language == "ar")
    assert ("Vi " in words) == (language == "sv")
    assert 'value="promenad"' in page


def test_too_many_words_are_said_and_the_first_are_used() -> None:
    page = ask(FIND["sv"], [("q", "promenad " * 40)]).content.decode()
    assert "Det blev för många ord. Vi sökte på de första." in page


def told(*pairs: tuple[str, str], language: str = "sv") -> list[str]:
    """Return the sentences that an address is answered with."""
    page = ask(FIND[language], list(pairs)).content.decode()
    [said] = SAYS.findall(page)
    return [html.unescape(one) for one in re.findall("<p>([^<]*)</p>", said)]


def test_a_choice_that_does_not_exist_is_named_by_what_it_is_about() -> None:
    said = "Vi känner inte igen ditt val av språk, så vi har tagit bort det."
    assert told(("language", "xx")) == [said]


def test_several_wrong_choices_are_one_sentence_that_names_them_once() -> None:
    [said] = told(*[("area", "atlantis"), ("when", "x"), ("access", "a"), ("access", "b")])
    assert said == (
        "Vi känner inte igen dina val av område, tillgänglighet och dagar, "
        "så vi har tagit bort dem."
    )


@pytest.mark.parametrize("language", ["sv", "en", "ar"])
@pytest.mark.parametrize("name", ["when", "week", "day", "area", "theme", "language", "view", "by"])
def test_no_code_of_an_address_is_shown(name: str, language: str) -> None:
    for said in told((name, "9999-W99x"), language=language):
        assert "9999" not in said
        assert "W99" not in said


@pytest.mark.parametrize("view", ["list", "map", "week"])
def test_a_wrong_week_is_told_in_words_and_what_is_shown_instead(view: str) -> None:
    instead = "Här är den närmaste veckan." if view == "week" else "Vi visar alla dagar."
    asked = {
        "2026-W99": "Vecka 99 finns inte.",
        "2026-W00": "Vecka 0 finns inte.",
        "2025-W53": "År 2025 har ingen vecka 53.",
        "1926-W09": "Vi visar inte veckor från år 1926.",
        "9": "Vi kan inte läsa vilken vecka du menar.",
    }
    for week, said in asked.items():
        assert told(("week", week), ("view", view)) == [f"{said} {instead}"]


def test_a_day_that_does_not_exist_is_told_in_words() -> None:
    assert told(("day", "2026-02-30")) == ["Den dagen finns inte. Vi visar alla dagar."]


@pytest.mark.parametrize("view", ["list", "map", "week"])
def test_what_is_wrong_can_be_put_right_by_the_filters(view: str) -> None:
    page = ask(FIND["sv"], [("language", "xx"), ("view", view), ("q", "promenad")]).content.decode()
    [said] = SAYS.findall(page)
    [way] = re.findall('<a href="([^"]*)">Välj bland filtren</a>', said)
    if view == "week":
        page = Client().get(html.unescape(way)).content.decode()
    assert way.endswith("#filter")
    assert 'id="filter"' in page


def test_what_is_right_needs_no_sentence() -> None:
    page = ask(FIND["sv"], [("when", "today"), ("q", "promenad"), ("day", "2026-11-24")])
    assert SAYS.findall(page.content.decode()) == []


# Nothing typed is lost ---------------------------------------------------------------------------


@QUICK
@given(st.text(min_size=1, max_size=LONGEST_TEXT) | st.sampled_from(NASTY))
@example("TISDAG")
@example("promenad i kväll")
def test_typed_words_stay_in_the_field_or_are_said_to_be_read_as_choices(typed: str) -> None:
    page = ask(FIND["sv"], [("q", typed)]).content.decode()
    field = re.search(r'<input class="ds-input" type="search"[^>]*? value="([^"]*)"', page)
    assert field
    wanted = clean(typed.strip(), LONGEST_TEXT)
    if html.unescape(field[1]) != wanted:
        assert "Vi läste" in page
        assert urlencode({"q": wanted, "exact": "1"}) in html.unescape(page)
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_typed_words_and_choices_follow_along() -> None:
    page = ask(FIND["sv"], [("q", "promenad"), ("when", "week")]).content.decode()
    assert '<input type="hidden" name="when" value="week">' in page


# The forms for those who work here ---------------------------------------------------------------


@QUICK
@given(VALUES, VALUES, VALUES)
def test_no_input_breaks_signing_in(email: str, password: str, after: str) -> None:
    cache.clear()  # nobody is asked to wait here
    client = Client(raise_request_exception=False)
    answer = client.post(
        f"/konto/login/?{urlencode({'next': after})}",
        {"login": email, "password": password, "next": after, "remember": after},
    )
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@QUICK
@given(VALUES)
def test_no_input_breaks_asking_for_a_new_password(email: str) -> None:
    cache.clear()  # nobody is asked to wait here
    client = Client(raise_request_exception=False)
    answer = client.post("/konto/password/reset/", {"email": email})
    assert answer.status_code in (200, 302)
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("path", ["/konto/login/", "/konto/password/reset/"])
def test_a_form_refuses_a_wrong_address_in_words_and_keeps_it(path: str) -> None:
    cache.clear()
    name = "login" if "login" in path else "email"
    answer = Client().post(path, {name: "värden@@exempel", "password": "hemligt"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="värden@@exempel"' in page
    assert "hemligt" not in page
