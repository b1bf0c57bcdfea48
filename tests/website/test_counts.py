"""Every count that is shown equals the list that it leads to, on every page of the walk."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Any, Final
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, override

from halsonav.places.models import Area
from halsonav.programme import finder
from halsonav.programme.finder import Finder, reading
from halsonav.programme.models import Activity, Occurrence, Theme
from halsonav.website import listing

pytestmark = pytest.mark.django_db

WALKED_TO: Final = listing.EXACT_TO
"""Lists of at most so many rows, whose counts are exact, are read to their end and counted."""

LINK: Final = re.compile(r'<a\b([^>]*?)href="([^"]*)"([^>]*)>((?:(?!</a>).)*)</a>', re.DOTALL)
COUNTED: Final = re.compile(r"<b(?: class=\"num\")?>([^<]*)</b>")
HEADING: Final = re.compile(r'<h2><a href="([^"]*)">[^<]*</a> <b class="num">([^<]*)</b></h2>')
MORE: Final = re.compile(r'<p class="more"><a href="([^"]*)">([^<]*)</a>')
SAYS: Final = re.compile(r'class="bar-says"><strong class="num">([^<]*)</strong>')
THEME: Final = re.compile(
    r'<h2><a href="([^"]*)">(?:(?!</h2>).)*</h2><p>[^<]*</p><p class="count num">([^<]*)</p>'
)
EMPTY: Final = re.compile(r'<p class="other"><a href="([^"]*)">([^<]*)</a></p>')
DAY: Final = re.compile(r'<p><a href="([^"]*[?&;]day=[^"]*)">([^<]*)</a></p>')
NUMBER: Final = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class Count:
    """A count that a page shows: where, in which words, and the address that it leads to."""

    page: str
    words: str
    href: str


# How counts are said -----------------------------------------------------------------------------


def number_in(words: str) -> int:
    """Return the number that the words say in the active language; 1,001 for "över 1 000"."""
    if listing.count_words(listing.EXACT_TO + 1) in words:
        return listing.EXACT_TO + 1
    found = NUMBER.findall(words)
    return int(found[-1]) if found else next(n for n in (2, 1, 0) if _is_said(words, n))


def _is_said(words: str, number: int) -> bool:
    """Whether the words hold a small number that the language says without figures."""
    wordings = (
        ngettext("%(n)s aktivitet", "%(n)s aktiviteter", number),
        ngettext("%(n)s tillfälle", "%(n)s tillfällen", number),
        ngettext("%(n)s till", "%(n)s till", number),
        ngettext("Och %(n)s tillfälle till.", "Och %(n)s tillfällen till.", number),
    )
    return any(said in words for said in wordings if "%" not in said)


def same(shown: int, real: int) -> bool:
    """Whether a shown count is true: exact to 1,000."""
    return min(real, listing.EXACT_TO + 1) == shown


# A reader of the site ----------------------------------------------------------------------------


class Counter:
    """A visitor who follows links and counts rows; remembers what was asked for."""

    def __init__(self) -> None:
        self.client = Client()
        self.pages: dict[str, str] = {}
        self.rows: dict[str, tuple[int, int | None]] = {}

    def read(self, address: str) -> str:
        """Return the page's HTML."""
        address = address.partition("#")[0]
        if address not in self.pages:
            response = self.client.get(address)
            assert response.status_code == 200, address
            self.pages[address] = response.content.decode()
        return self.pages[address]

    def said(self, address: str) -> int:
        """Return the count in the sentence above a list; of a subject's page, of its whole list."""
        page = self.read(address)
        found = SAYS.findall(page) or [words for _, words in MORE.findall(page)]
        return number_in(html.unescape(found[0])) if found else 0

    def counted(self, address: str) -> tuple[int, int | None]:
        """Return (total, rows) of a list as JSON; rows is None for a long one."""
        address = self._list_of(address)
        if address not in self.rows:
            self.rows[address] = self._count(address)
        return self.rows[address]

    def _count(self, address: str) -> tuple[int, int | None]:
        first = self._json(address)
        if first["total"] > WALKED_TO:
            return first["total"], None
        ids = [row["id"] for row in first["results"]]
        following = first["next"]
        while following:
            body = self._json(following.removeprefix(settings.ORIGIN))
            ids += [row["id"] for row in body["results"]]
            following = body["next"]
        return first["total"], len(set(ids))

    def _json(self, address: str) -> dict[str, Any]:
        response = self.client.get(address, headers={"accept": "application/json"})
        assert response.headers["Content-Type"] == "application/json", address
        body: dict[str, Any] = response.json()
        return body

    def _list_of(self, address: str) -> str:
        """Return the list behind an address: what a subject's page shows, or leads on to."""
        if address.startswith(reverse("website:find") + "?") or "#" in address:
            return address.partition("#")[0]
        found = MORE.findall(self.read(address))
        if found:
            return html.unescape(found[0][0])
        for group in ("area", "theme"):
            slug = address.removeprefix(reverse(f"website:{group}s")).rstrip("/")
            if slug and address.startswith(reverse(f"website:{group}s")):
                return f"{reverse('website:find')}?{group}={slug}&by=activity"
        return address


def counts_on(page: str, source: str) -> Iterator[Count]:
    """Yield every count of a page: above its list, in a link, or in a link's heading."""
    for _before, href, _after, inside in LINK.findall(source):
        for words in COUNTED.findall(inside):
            yield Count(page, html.unescape(words), html.unescape(href))
    yield from (Count(page, html.unescape(words), page) for words in SAYS.findall(source))
    for pattern in (HEADING, MORE, THEME, EMPTY):
        for href, words in pattern.findall(source):
            yield Count(page, html.unescape(words), html.unescape(href))


def faults(counter: Counter, page: str) -> list[str]:
    """Return what is wrong with the counts of a page."""
    wrong = []
    for count in dict.fromkeys(counts_on(page, counter.read(page))):
        shown, said = number_in(count.words), counter.said(count.href)
        total, rows = counter.counted(count.href)
        if not (same(shown, total) and shown == said and rows in (None, total)):
            wrong.append(f"{count}: said {said}, total {total}, rows {rows}")
    return wrong


@pytest.fixture(scope="module")
def counter(demo: datetime) -> Counter:
    return Counter()


@pytest.fixture(params=["sv", "en", "ar"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with override(request.param):
        yield request.param


# The walk ----------------------------------------------------------------------------------------

WALKS: Final = {"sv": "promenader", "en": "walk", "ar": "نزهة"}
STATES: Final[dict[str, str]] = {
    "everything": "",
    "by activity": "by=activity",
    "words": "q={walk}",
    "words by time": "q={walk}&by=time&sort=time",
    "several choices": "when=week&time=day&area=goteborg",
    "several choices by activity": "want=move&language=sv&by=activity",
    "places that work": "access=wheelchair&access=pram&join=none",
    "a day": "day=2026-11-25",
    "near": "near=57.697,11.98&area=goteborg",
    "week": "view=week",
    "week, narrowed": "view=week&week=2026-W49&want=move",
    "map": "view=map&when=week",
    "map of an area": "view=map&area=goteborg&time=day",
    "nothing by words": "q=xyzzyq&when=week&area=goteborg",
    "nothing by choices": "day=2026-11-24&area=haga&theme=mat&language=fi",
}
OTHERS: Final = ("words", "several choices by activity", "week", "nothing by choices")


def found(name: str, language: str) -> str:
    query = STATES[name].format(walk=quote(WALKS[language]))
    return reverse("website:find") + (f"?{query}" if query else "")


@pytest.mark.parametrize(
    ("language", "name"),
    [
        *(pytest.param("sv", name) for name in STATES),
        *product(["en", "ar"], OTHERS),
    ],
    indirect=["language"],
)
def test_every_count_beside_a_list_equals_what_it_leads_to(
    counter: Counter, language: str, name: str
) -> None:
    address = found(name, language)
    assert list(counts_on(address, counter.read(address)))
    assert faults(counter, address) == []


@pytest.mark.parametrize("name", ["everything", "by activity", "words", "a day", "map", "week"])
def test_a_list_says_how_many_rows_it_has(counter: Counter, name: str) -> None:
    address = found(name, "sv")
    total, rows = counter.counted(address)
    assert total > 0
    assert same(counter.said(address), total)
    assert rows in (None, total)


PAGES: Final[dict[str, Callable[[], list[str]]]] = {
    "start": lambda: [reverse("website:start")],
    "areas": lambda: [reverse("website:areas")],
    "each area": lambda: [
        reverse("website:area", args=(area.slug,)) for area in areas_with_something()
    ],
    "themes": lambda: [reverse("website:themes")],
    "each theme": lambda: [
        reverse("website:theme", args=(theme.slug,)) for theme in Theme.objects.all()
    ],
}


def within(area: Area) -> set[int]:
    """Return the area's own id and those of all areas that lie in it."""
    below = Area.objects.filter(parent=area)
    return {area.pk}.union(*(within(one) for one in below))


def to_come() -> QuerySet[Occurrence]:
    """Return the published times that have not ended, counted by the database itself."""
    ending = Occurrence.objects.filter(ends_at__gt=timezone.now())
    return ending.filter(activity__in=Activity.objects.published())


def areas_with_something() -> list[Area]:
    where = Coalesce("venue__area_id", "activity__venue__area_id")
    taking_place = set(to_come().values_list(where, flat=True).distinct())
    return [area for area in Area.objects.all() if within(area) & taking_place]


@pytest.mark.parametrize("name", PAGES)
def test_every_count_on_other_pages_equals_what_it_leads_to(
    counter: Counter, language: str, name: str
) -> None:
    addresses = PAGES[name]()
    assert addresses
    for address in addresses:
        assert list(counts_on(address, counter.read(address))), address
        assert faults(counter, address) == []


def test_an_area_where_nothing_happens_says_so(counter: Counter, language: str) -> None:
    known = {area.slug for area in areas_with_something()}
    still = [area.slug for area in Area.objects.all() if area.slug not in known]
    assert still
    for slug in still:
        address = reverse("website:area", args=(slug,))
        numbers = [number_in(count.words) for count in counts_on(address, counter.read(address))]
        assert set(numbers) <= {0}, slug


def times_on(page: str) -> tuple[int, int]:
    """Return how many times an activity's page shows, and how many more it promises."""
    dates = re.search(r'<section class="section" id="datum">(.*?)</section>', page, re.DOTALL)
    listed = dates[1] if dates else ""
    more = sum(number_in(html.unescape(words)) for _, words in MORE.findall(listed))
    return page.count('id="next"') + listed.count("<li"), more


def test_an_activity_has_as_many_times_as_its_page_shows_and_promises(
    counter: Counter, language: str
) -> None:
    promising = 0
    for activity in Activity.objects.published():
        page = counter.read(reverse("website:activity", args=(activity.slug,)))
        shown, more = times_on(page)
        assert shown + more == to_come().filter(activity=activity).count(), activity.slug
        if more:
            promising += 1
            href = next(href for href, _ in MORE.findall(page) if "dates=all" in href)
            assert times_on(counter.read(html.unescape(href))) == (shown + more, 0), activity.slug
    assert promising > 10


def test_the_sentence_promises_no_number_that_its_choices_could_belie(
    counter: Counter, language: str
) -> None:
    page = counter.read(reverse("website:start"))
    form = page[page.index('<form class="say"') : page.index("</form>", page.index('class="say"'))]
    button = re.search(r'<button class="ds-button" type="submit">([^<]*)</button>', form)
    assert re.findall(r'<select name="([a-z]+)"', form) == ["want", "area", "when"]
    assert button
    assert html.unescape(button[1]) == gettext("Visa tillfällen")


HUNDREDS: Final[dict[str, Callable[[], str]]] = {
    "a filter": lambda: found("everything", "sv"),
    "a filter, narrowed": lambda: found("near", "sv"),
    "words": lambda: found("words by time", "sv"),
    "a place of the map": lambda: found("map of an area", "sv"),
}
"""What counts times; areas and themes count activities, of which the demo has fewer."""


@pytest.mark.parametrize("kind", HUNDREDS)
def test_a_count_of_hundreds_is_exact(counter: Counter, kind: str) -> None:
    address = HUNDREDS[kind]()
    shown = {one.href: number_in(one.words) for one in counts_on(address, counter.read(address))}
    hundreds = {href: number for href, number in shown.items() if 200 < number <= WALKED_TO}
    assert hundreds
    for href, number in hundreds.items():
        assert counter.counted(href) == (number, number), href


def test_what_a_day_of_the_week_has_more_of_stands_in_the_days_list(
    counter: Counter, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PER_DAY", 2)
    page = Counter().read(found("week", language))
    checked = 0
    for column in re.split(r'<section class="wd', page)[1:]:
        for href, words in DAY.findall(column):
            shown = column[: column.index(href)].count("<li")
            assert shown == 2
            assert shown + number_in(html.unescape(words)) == counter.said(html.unescape(href))
            checked += 1
    assert checked > 2


def test_all_days_of_a_week_make_the_weeks_sum(counter: Counter) -> None:
    address = found("week", "sv")
    days = [f"{reverse('website:find')}?day=2026-11-{day}" for day in range(23, 30)]
    assert counter.said(address) == sum(counter.said(day) for day in days)


def test_the_button_that_closes_the_filters_says_the_same(counter: Counter) -> None:
    address = found("several choices", "sv")
    said = gettext("Visa %(rows)s") % {"rows": SAYS.findall(counter.read(address))[0]}
    assert said in counter.read(address)


def test_a_count_of_more_than_a_thousand_is_said_so() -> None:
    assert [listing.count_words(n) for n in (0, 999, 1000, 1001)] == [
        "0", "999", "1000", "över 1 000"]  # fmt: skip
    assert number_in("Se alla över 1 000 tillfällen") == 1001
    assert same(1001, 4321)
    assert not same(1000, 1001)


def test_the_link_that_takes_a_choice_away_bears_no_number(counter: Counter, language: str) -> None:
    page = counter.read(found("several choices", language))
    chosen = [inside for _, _, after, inside in LINK.findall(page) if "aria-current" in after]
    taken_away = [inside for inside in chosen if gettext("valt, tryck för att ta bort") in inside]
    assert len(taken_away) == 3
    assert [inside for inside in taken_away if COUNTED.search(inside)] == []


def test_a_count_that_is_off_is_seen(demo: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    original = Finder.find

    def one_too_many(self: Finder, *args: Any, **facts: Any) -> finder.Page:
        page = original(self, *args, **facts)
        counts = {key: count + (key == "want:move") for key, count in page.counts.items()}
        return finder.Page(page.query, page.total, page.hits, counts, page.following)

    finder.forget()
    monkeypatch.setattr(Finder, "find", one_too_many)
    try:
        wrong = faults(Counter(), found("several choices", "sv"))
    finally:
        finder.forget()
    assert len(wrong) == 1
    assert "want=move" in wrong[0]
