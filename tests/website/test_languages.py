"""Walks the public site in English and Arabic: no Swedish is left, and no link leads astray."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from typing import Final
from urllib.parse import quote

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override

from halsonav.lib import dates
from halsonav.lib.text import in_language
from halsonav.people.forms import ChangePasswordForm, ReauthenticateForm, SetPasswordForm
from halsonav.people.models import User
from halsonav.places.models import Area
from halsonav.programme.models import (
    Activity,
    Occurrence,
    OccurrenceStatus,
    TargetGroup,
    Theme,
)
from halsonav.website import views
from tests.website import page as pages
from tests.website.swedish import strays

pytestmark = pytest.mark.django_db

LANGUAGES: Final = ("en", "ar")
DIRECTIONS: Final = {"sv": "ltr", "en": "ltr", "ar": "rtl"}
TYPED: Final = {
    "en": {"walk": "walk", "slip": "sleeeping", "nonsense": "xyzzyq"},
    "ar": {"walk": "نزهة", "slip": "نزهههة", "nonsense": "ظظضضغغ"},
}
STAFF: Final = ("/arbete/",)
SHOWN: Final = 10
FORMS: Final = ("logout", "password_change", "password_set", "reauthenticate",
                "verified_email_required")  # fmt: skip


# Which pages there are -------------------------------------------------------------------------


def _named(name: str, *args: str | int) -> Callable[[str], str]:
    return lambda language: reverse(f"website:{name}", args=args)


def _found(query: str) -> Callable[[str], str]:
    def address(language: str) -> str:
        typed = {name: quote(word) for name, word in TYPED[language].items()}
        return reverse("website:find") + "?" + query.format(**typed)

    return address


def _activity(position: int) -> Callable[[str], str]:
    def address(language: str) -> str:
        activity = Activity.objects.published().order_by("slug")[position * 5]
        return reverse("website:activity", args=(activity.slug,))

    return address


def _occurrence(status: str) -> Callable[[str], str]:
    def address(language: str) -> str:
        coming = Occurrence.objects.filter(status=status, starts_at__gt=datetime.now().astimezone())
        first = coming.select_related("activity").earliest("starts_at")
        return reverse("website:occurrence", args=(first.activity.slug, first.pk))

    return address


def _account(name: str) -> Callable[[str], str]:
    return lambda language: reverse(name)


ACCOUNT_PAGES: Final = (
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
)
SITE: Final[dict[str, Callable[[str], str]]] = {
    "start": _named("start"),
    "find": _found(""),
    "find by activity": _found("by=activity"),
    "find by time with words": _found("q={walk}&by=time&sort=time"),
    "find words": _found("q={walk}"),
    "find with typing errors": _found("q={slip}"),
    "find near": _found("place=413+19"),
    "find near a place that is not known": _found("place=000+00"),
    "find near a position": _found("near=57.697,11.98&sort=near"),
    "find narrowed": _found(
        "when=week&time=day&area=goteborg&want=move&language=sv&level=easy&join=none"
    ),
    "find by other choices": _found(
        "theme=somn&age=65&kind=course&dimension=physical&group=alla-vuxna&centre=halsolots-centrum"
    ),
    "find a place": _found("area=haga&access=wheelchair&access=hearing_loop"),
    "find another page": _found("day=2026-11-25&time=evening"),
    "find weekend": _found("when=weekend"),
    "find tomorrow": _found("when=tomorrow"),
    "find next week": _found("when=next-week"),
    "week": _found("view=week"),
    "week to come": _found("view=week&week=2026-W53"),
    "map": _found("view=map"),
    "map of an area": _found("view=map&area=goteborg"),
    "nothing found": _found("q={nonsense}&when=today&area=haga&kind=lecture"),
    "nothing found for choices": _found("day=2026-11-24&area=haga&theme=mat&language=fi"),
    "nothing in the week": _found("view=week&q={nonsense}"),
    "wrong choices": _found(
        "when=never&area=atlantis&week=2026-W99&day=never&near=here&after=end&place=000+00&q="
        + "{walk}+" * 30
    ),
    "cancelled": _occurrence(OccurrenceStatus.CANCELLED),
    "moved": _occurrence(OccurrenceStatus.MOVED),
    "time that is gone": _named("occurrence", "fraga-halsolotsen", 999_999),
    **{f"activity {at}": _activity(at) for at in range(SHOWN)},
    "themes": _named("themes"),
    "theme": _named("theme", "somn"),
    "areas": _named("areas"),
    "area": _named("area", "goteborg"),
    "area where little happens": _named("area", "hok"),
    "talk": _named("talk"),
    "about": _named("about"),
    "accessibility": _named("accessibility"),
    "privacy": _named("privacy"),
    **{name: _account(name) for name in ACCOUNT_PAGES},
    "a used-up link": lambda language: reverse("account_reset_password_from_key", args=("1", "x")),
}
SIMILAR: Final = frozenset(
    (
        "find words",
        "find by time with words",
        "wrong choices",
        "find near a position",
        "find by other choices",
        "find another page",
        "find weekend",
        "find tomorrow",
        "find next week",
        "week to come",
        "map of an area",
        "nothing in the week",
        *(f"activity {at}" for at in range(3, SHOWN)),
    )
)
"""Pages whose links are made as on another page of the walk."""


class Walker:
    """A visitor who remembers what has been asked for."""

    def __init__(self) -> None:
        self.client = Client()
        self.answers: dict[str, tuple[int, str]] = {}
        self.pages: dict[str, pages.Page] = {}

    def read(self, address: str, status: int = 200) -> pages.Page:
        """Return the page at the address."""
        if address not in self.pages:
            response = self.client.get(address)
            assert response.status_code == status, address
            self.pages[address] = pages.read(response.content.decode())
        return self.pages[address]

    def answer(self, address: str) -> tuple[int, str]:
        """Return what an address answers, and in which language."""
        if address not in self.answers:
            response = self.client.get(address)
            language = response.headers.get("Content-Language", "")
            self.answers[address] = (response.status_code, language)
        return self.answers[address]


@pytest.fixture(scope="module")
def walker(demo: datetime) -> Walker:
    return Walker()


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with override(request.param):
        yield request.param


# The walk --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SITE)
def test_nothing_on_the_page_is_left_in_swedish(walker: Walker, language: str, name: str) -> None:
    page = walker.read(SITE[name](language))
    assert len(page.words) > 20
    assert strays([page.title, *page.words], language) == []


ALL: Final[dict[str, Callable[[], Iterable[str]]]] = {
    "activity": lambda: Activity.objects.published().values_list("slug", flat=True),
    "theme": lambda: Theme.objects.values_list("slug", flat=True),
    "area": lambda: Area.objects.values_list("slug", flat=True),
}


@pytest.mark.parametrize("kind", ALL)
def test_no_page_of_its_kind_is_left_in_swedish(walker: Walker, language: str, kind: str) -> None:
    slugs = list(ALL[kind]())
    assert len(slugs) > 10
    for slug in slugs:
        page = walker.read(reverse(f"website:{kind}", args=(slug,)))
        assert page.language == language, slug
        assert strays([page.title, *page.words], language) == [], slug


@pytest.mark.parametrize("name", SITE)
def test_the_page_says_which_language_it_is_in_and_where_the_others_are(
    walker: Walker, language: str, name: str
) -> None:
    address = SITE[name](language)
    page = walker.read(address)
    assert (page.language, page.direction) == (language, DIRECTIONS[language])
    assert set(page.languages) == set(DIRECTIONS)
    paths = {code: href.partition("?")[0] for code, href in page.languages.items()}
    assert paths[language] == address.partition("?")[0]
    for code, path in paths.items():
        assert walker.answer(path) == (200, code)
    if name not in ACCOUNT_PAGES:
        own = {code: settings.ORIGIN + path for code, path in paths.items()}
        assert page.alternates == own | {"x-default": own["sv"]}


@pytest.mark.parametrize("name", [name for name in SITE if name not in SIMILAR])
def test_every_link_of_the_page_answers_in_the_same_language(
    walker: Walker, language: str, name: str
) -> None:
    page = walker.read(SITE[name](language))
    links = {link.partition("#")[0] for link in page.links if link.startswith("/")}
    assert len(links) > 5
    for link in sorted(links):
        status, said = walker.answer(link)
        assert status in (200, 302), link
        assert said == language or link.startswith(STAFF), link


def test_a_missing_page_says_so_in_the_language_of_its_address(
    walker: Walker, language: str
) -> None:
    page = walker.read(f"/{language}/no-such-page/", status=404)
    assert (page.language, page.direction) == (language, DIRECTIONS[language])
    assert strays([page.title, *page.words], language) == []


def test_our_own_failure_is_told_in_the_language_of_the_address(
    rf: RequestFactory, demo: datetime, language: str
) -> None:
    request = rf.get(f"/{language}/")
    request.user = AnonymousUser()
    request.LANGUAGE_CODE = language
    page = pages.read(views.server_error(request).content.decode())
    assert page.language == language
    assert strays([page.title, *page.words], language) == []


def test_what_the_detector_finds_is_really_swedish(walker: Walker) -> None:
    with override("sv"):
        page = walker.read(reverse("website:find"))
    others = set(strays(page.words, "en"))
    assert {"Hitta aktiviteter", "I dag", "Nära dig", "till 12.00"} <= others
    assert len(others) > len(set(page.words)) / 4


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Dig, sow, water or sit in the sun beside someone who digs.", False),
        ("Open till nine, with coffee", False),
        ("In the den", False),
        ("Anmäl dig", True),
        ("till 12.00", True),
        ("Den som vill", True),
        ("Sow and dig or gör ingenting", True),
        ("Sign up med the coach", True),
    ],
)
def test_a_word_that_english_has_too_is_swedish_only_among_swedish(said: str, found: bool) -> None:
    assert strays([said], "en") == ([said] if found else [])


@pytest.mark.parametrize("name", FORMS)
def test_the_pages_for_those_who_have_signed_in_can_be_read(
    rf: RequestFactory, demo: datetime, language: str, name: str
) -> None:
    request = rf.get(reverse("account_login"))
    request.user = AnonymousUser()
    request.LANGUAGE_CODE = language
    forms = {"password_change": ChangePasswordForm, "password_set": SetPasswordForm,
             "reauthenticate": ReauthenticateForm}  # fmt: skip
    context = {"form": forms[name](user=User())} if name in forms else {}
    page = pages.read(render_to_string(f"account/{name}.html", context, request))
    assert page.language == language
    assert strays([page.title, *page.words], language) == []


def test_what_can_be_chosen_for_whom_begins_with_a_capital(walker: Walker, language: str) -> None:
    page = walker.read(reverse("website:find"))
    names = [in_language(group.names, language) for group in TargetGroup.objects.all()]
    chosen_among = [name for name in names if name[:1].upper() + name[1:] in page.words]
    assert len(chosen_among) > 8
    assert [name for name in names if name[:1].islower() and name in page.words] == []


# Rows in each language -------------------------------------------------------------------------


def test_a_row_names_languages_as_its_own_language_does(walker: Walker) -> None:
    spoken = {"sv": "svenska, engelska, arabiska", "en": "Swedish, English, Arabic",
              "ar": "السويدية، الإنجليزية، العربية"}  # fmt: skip
    for code, names in spoken.items():
        with override(code):
            page = walker.read(reverse("website:find") + "?by=activity&theme=digital-halsa")
        assert names in page.words


def test_health_is_one_sentence_in_each_language(walker: Walker) -> None:
    said = {"sv": "Fysisk och social hälsa", "en": "Physical and social health",
            "ar": "الصحة الجسدية والاجتماعية"}  # fmt: skip
    for code, words in said.items():
        with override(code):
            page = walker.read(reverse("website:find") + "?by=activity&dimension=social")
        assert words in page.words


def test_the_search_sentence_is_whole_in_each_language(walker: Walker, language: str) -> None:
    page = walker.read(reverse("website:start"))
    said = {"en": ("I want to", "do something together", "in", "any area", "this week"),
            "ar": ("أريد أن", "أفعل شيئًا مع آخرين", "في", "أي منطقة", "هذا الأسبوع")}  # fmt: skip
    at = [page.words.index(words) for words in said[language]]
    assert at == sorted(at)


@pytest.mark.parametrize(
    ("code", "day", "short", "span", "week", "two_months"),
    [
        ("sv", "tisdag 24 november", "tis 24 nov", "10.00 till 11.30", "23–29 november",
         "30 november–6 december"),
        ("en", "Tuesday 24 November", "Tue 24 Nov", "10:00 to 11:30", "23 to 29 November",
         "30 November to 6 December"),
        ("ar", "الثلاثاء 24 نوفمبر", "الثلاثاء 24 نوفمبر", "10:00 حتى 11:30", "23 حتى 29 نوفمبر",
         "30 نوفمبر حتى 6 ديسمبر"),
    ],
)  # fmt: skip
def test_days_and_times_are_written_as_each_language_does(
    code: str, day: str, short: str, span: str, week: str, two_months: str
) -> None:
    tuesday = date(2026, 11, 24)
    start, end = (datetime.combine(tuesday, clock) for clock in (time(10), time(11, 30)))
    assert dates.long_day(tuesday, code) == day
    assert dates.short_day(tuesday, code) == short
    assert dates.span(start, end, code) == span
    assert dates.week_span(date(2026, 11, 23), date(2026, 11, 29), code) == week
    assert dates.week_span(date(2026, 11, 30), date(2026, 12, 6), code) == two_months


def test_figures_are_western_in_arabic(walker: Walker) -> None:
    with override("ar"):
        page = walker.read(reverse("website:find"))
    assert re.search("[٠-٩۰-۹]", " ".join(page.words)) is None
    assert re.search("[0-9]{2}:[0-9]{2}", " ".join(page.words))
