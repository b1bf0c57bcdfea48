"""Where and when, told in words: "promenad majorna förmiddag" is a walk, in Majorna, by day.

Words that name an area or a time become the same choices as the filters', so that they can be seen
and taken away one by one. Only what finds something is read so; else the words stay words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from halsonav.lib.text import fold, words
from halsonav.programme.finder.labels import Named
from halsonav.programme.finder.query import FinderQuery

LONGEST: Final = 4
"""So many words an expression may have."""
SENTENCE: Final = 6
"""A text of so many words tells how things are ("inte sover på kvällarna"), not when to come."""
NOT_PLACES: Final = frozenset(("nation",))
_BEFORE: Final = {
    "sv": frozenset("i på om till vid från kring runt nära under".split()),
    "en": frozenset("in at on near around by this the during".split()),
    "ar": frozenset("في من الى يوم قرب خلال".split()),
}
_TIMES: Final[dict[str, dict[str, str]]] = {
    "sv": {
        "window:today": "idag, i dag, idag, i eftermiddag",
        "window:tomorrow": "imorgon, i morgon, imorron, i morron, imorn",
        "window:weekend": "helg, helgen, helger, helgerna",
        "window:week": "i veckan, denna vecka, den här veckan, den här vecka",
        "window:next-week": "nästa vecka",
        "part:evening": "kväll, kvällen, kvällar, kvällarna, kvällstid, efter jobbet",
        "part:day": "dagtid, förmiddag, förmiddagen, förmiddagar, förmiddagarna, eftermiddag, "
        "eftermiddagen, eftermiddagar, eftermiddagarna, på dagen, på dagarna, på morgonen",
        "window:today part:evening": "ikväll, i kväll",
        "window:tomorrow part:evening": "imorgon kväll, i morgon kväll",
    },
    "en": {
        "window:today": "today, this afternoon",
        "window:tomorrow": "tomorrow",
        "window:weekend": "weekend, weekends, this weekend",
        "window:week": "this week",
        "window:next-week": "next week",
        "part:evening": "evening, evenings, after work",
        "part:day": "daytime, morning, mornings, afternoon, afternoons",
        "window:today part:evening": "tonight, this evening",
        "window:tomorrow part:evening": "tomorrow evening",
    },
    "ar": {
        "window:today": "اليوم",
        "window:tomorrow": "غدا, بكرة, بكرا",
        "window:weekend": "عطلة نهاية الأسبوع, نهاية الأسبوع, الويكند",
        "window:week": "هذا الأسبوع",
        "window:next-week": "الأسبوع القادم, الأسبوع المقبل",
        "part:evening": "مساء, المساء, مسائية",
        "part:day": "صباحا, الصباح, قبل الظهر, بعد الظهر, نهارا",
        "window:today part:evening": "الليلة, مساء اليوم, هذا المساء",
        "window:tomorrow part:evening": "مساء الغد",
    },
}
_WEEKDAYS: Final = {
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag".split(),
    "en": "monday tuesday wednesday thursday friday saturday sunday".split(),
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد".split(),
}
_DAY_FORMS: Final = {"sv": ("", "en", "ar", "arna"), "en": ("", "s"), "ar": ("",)}

Phrase = tuple[str, ...]
Choices = tuple[tuple[str, str], ...]
"""What an expression tells: names of choices with their values."""


class Told(NamedTuple):
    """A stretch of the words, and the choices that it tells."""

    first: int
    after: int
    choices: Choices

    @property
    def is_place(self) -> bool:
        """Whether it tells where, not when."""
        return self.choices[0][0] == "area"


def phrases(
    language: str, named: Mapping[str, Named], known: Mapping[str, int]
) -> dict[Phrase, Choices]:
    """Return every expression of place and time in a language, with the choices that it tells.

    `named` and `known` are the facets that are data, and those that lead somewhere.
    """
    found = dict(_times(language))
    for key, one in named.items():
        if key.startswith("area:") and key in known and one.level not in NOT_PLACES:
            for name in {one.name, one.names.get(language, one.name)}:
                for form in _name_forms(_folded(name), language):
                    found[form] = (("area", key.removeprefix("area:")),)
    return found


def readings(
    query: FinderQuery,
    language: str,
    table: Mapping[Phrase, Choices],
    today: date,
) -> Iterator[FinderQuery]:
    """Yield the query with its words of place and time as choices: all of them, where, when.

    What is chosen already is not read from words.
    """
    typed = query.text.split()
    told = [one for one in _told(typed, table) if _is_open(query, one, len(typed))]
    where, when = [one for one in told if one.is_place], [one for one in told if not one.is_place]
    for chosen in (told, where, when) if where and when else (told,):
        if chosen:
            yield _read(query, typed, chosen, language, today)


def _told(typed: list[str], table: Mapping[Phrase, Choices]) -> Iterator[Told]:
    """Yield the expressions from the first word on, the longest where several begin."""
    plain = ["".join(map(fold, words(word))) for word in typed]
    at = 0
    while at < len(plain):
        ends = range(min(at + LONGEST, len(plain)), at, -1)
        end = next((end for end in ends if tuple(plain[at:end]) in table), 0)
        if end:
            yield Told(at, end, table[tuple(plain[at:end])])
        at = end or at + 1


def _is_open(query: FinderQuery, told: Told, typed: int) -> bool:
    if told.is_place:
        return not query.value("area") and not query.near
    chosen = query.window or query.part or query.day or query.week
    return not chosen and typed < SENTENCE


def _read(
    query: FinderQuery, typed: list[str], told: list[Told], language: str, today: date
) -> FinderQuery:
    taken = {at for one in told for at in range(one.first, one.after)}
    before = _BEFORE.get(language, frozenset())
    for one in told:
        if one.first and fold(typed[one.first - 1]) in {fold(word) for word in before}:
            taken.add(one.first - 1)
    rest = " ".join(word for at, word in enumerate(typed) if at not in taken)
    heard = [(" ".join(typed[one.first : one.after]), [one]) for one in told]
    alone = tuple((said, _chosen(FinderQuery(), one, today)) for said, one in heard)
    return _chosen(replace(query, text=rest, told=query, heard=alone), told, today)


def _chosen(query: FinderQuery, told: list[Told], today: date) -> FinderQuery:
    """Return the query with what was told chosen."""
    for name, value in (choice for one in told for choice in one.choices):
        query = _with(query, name, value, today)
    return query


def _with(query: FinderQuery, name: str, value: str, today: date) -> FinderQuery:
    if name == "area":
        return query.with_facet(name, value)
    if name == "weekday":
        return query.but(day=today + timedelta((int(value) - today.weekday()) % 7))
    return query.but(**{name: value})


def _times(language: str) -> Iterator[tuple[Phrase, Choices]]:
    for told, listed in _TIMES.get(language, {}).items():
        pairs = (one.partition(":") for one in told.split())
        choices = tuple((name, value) for name, _, value in pairs)
        for phrase in listed.split(","):
            yield _folded(phrase), choices
    for number, day in enumerate(_WEEKDAYS.get(language, ())):
        for ending in _DAY_FORMS[language]:
            yield _folded(day + ending), (("weekday", str(number)),)


def _folded(phrase: str) -> Phrase:
    return tuple(fold(word) for word in words(phrase))


def _name_forms(name: Phrase, language: str) -> Iterator[Phrase]:
    """Yield a name as it is and as an owner's ("Östersunds"), in Arabic with "in" and "from"."""
    yield name
    if not name:
        return
    if language in ("sv", "en") and not name[-1].endswith("s"):
        yield (*name[:-1], f"{name[-1]}s")
    if language == "ar":
        for before in "بلو":
            yield (before + name[0], *name[1:])
