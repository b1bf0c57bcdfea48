"""Invents activities for load work: what, for whom and where, told in sv, en and ar.

Nothing here knows a database. The same dice give the same activities; no two have the same title.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from types import MappingProxyType
from typing import Any, Final

from halsonav.demo import reading

LANGUAGES: Final = ("sv", "en", "ar")
SKEW: Final = 0.7
"""The thing on place n is taken as often as n ** -SKEW: a few are common, many are rare."""
ROOM: Final = 2
"""There are at least so many possible titles for each one that is taken."""


class TooManyError(ValueError):
    """So many different titles cannot be put together."""


@dataclass(frozen=True)
class Ground:
    """Where things are held: an area's address name, its names by language, its inhabitants."""

    area: str
    names: Mapping[str, str]
    people: int


@dataclass(frozen=True)
class Invented:
    """An activity: its texts by language and field, and what it is.

    `time_of_day` is "", morning, lunch or evening; `place` is the address name of a kind of place.
    """

    texts: Mapping[str, Mapping[str, Any]]
    kind: str
    purposes: Sequence[str]
    dimensions: Sequence[str]
    theme: str
    group: str
    area: str
    place: str
    registration: str
    time_of_day: str
    outdoors: bool


@cache
def stock() -> dict[str, Any]:
    """Return what activities are put together from, as it stands in `filling.toml`."""
    return reading.read("filling")


def invent(
    count: int,
    grounds: Sequence[Ground],
    dice: random.Random,
    taken: Mapping[str, str] = MappingProxyType({}),
) -> list[Invented]:
    """Return so many activities with titles of their own, more of them where more people live.

    `taken` are the Swedish titles, with descriptions, that are there already. Raises
    `TooManyError` when the stock does not have words for so many.
    """
    inventor = _Inventor(stock(), grounds, dice)
    if (count + len(taken)) * ROOM > inventor.titles:
        raise TooManyError(f"{count} activities, {inventor.titles} titles")
    return inventor.some(count, taken)


def told(phrases: Sequence[str], **words: Sequence[str]) -> dict[str, str]:
    """Return [sv, en, ar] by language, each filled with the words of its own language."""
    return {
        language: phrases[at].format(**{name: word[at] for name, word in words.items()})
        for at, language in enumerate(LANGUAGES)
    }


class _Inventor:
    def __init__(
        self, parts: dict[str, Any], grounds: Sequence[Ground], dice: random.Random
    ) -> None:
        self.parts = parts
        self.grounds = grounds
        self.dice = dice
        self.places = {place["slug"]: place for place in parts["place"]}
        self.crowds = {crowd["group"]: crowd for crowd in parts["crowd"]}
        self.by_people = list(accumulate(ground.people for ground in grounds))

    @property
    def titles(self) -> int:
        """Return how many different titles there are."""
        per_ground = sum(
            len(offer["names"]) * len(list(self._crowds_for(offer)))
            for offer in self.parts["offer"]
        )
        return per_ground * len(self.grounds)

    def some(self, count: int, taken: Mapping[str, str]) -> list[Invented]:
        """Return so many, drawn until no title and no description is like another."""
        titles = set(taken)
        descriptions = set(taken.values())
        made: list[Invented] = []
        while len(made) < count:
            one = self._one()
            said = one.texts["sv"]
            if said["title"] not in titles and said["description"] not in descriptions:
                titles.add(said["title"])
                descriptions.add(said["description"])
                made.append(one)
        return made

    def _crowds_for(self, offer: dict[str, Any]) -> Iterator[dict[str, Any]]:
        wanted = offer.get("for", self.crowds)
        unwanted = offer.get("not_for", ())
        return (self.crowds[name] for name in wanted if name not in unwanted)

    def _one(self) -> Invented:
        offer = self._skewed(self.parts["offer"])
        name = self._skewed(offer["names"])
        crowd = self._skewed(list(self._crowds_for(offer)))
        ground = self.dice.choices(self.grounds, cum_weights=self.by_people)[0]
        place = self.places[self._skewed(offer["where"])]
        registration = self.dice.choice(("none", "none", "optional", "required"))
        outdoors = place["kind"] == "park"
        return Invented(
            texts=self._texts(offer, name, crowd, self._where(ground), place, registration),
            kind=offer["kind"],
            purposes=offer["purposes"],
            dimensions=offer["dimensions"],
            theme=offer["theme"],
            group=crowd["group"],
            area=ground.area,
            place=place["slug"],
            registration=registration,
            time_of_day=name[3] if len(name) > 3 else "",
            outdoors=outdoors,
        )

    def _skewed(self, things: Sequence[Any]) -> Any:
        weights = [(place + 1) ** -SKEW for place in range(len(things))]
        return self.dice.choices(things, weights)[0]

    def _where(self, ground: Ground) -> list[str]:
        own: list[str] | None = self.parts["where"].get(ground.area)
        names = [ground.names[language] for language in LANGUAGES]
        return own or list(told(self.parts["say"]["where"], area=names).values())

    def _texts(
        self,
        offer: dict[str, Any],
        name: Sequence[str],
        crowd: dict[str, Any],
        where: Sequence[str],
        place: dict[str, Any],
        registration: str,
    ) -> dict[str, dict[str, Any]]:
        side = "outdoors" if place["kind"] == "park" else "indoors"
        first, *others = offer["does"]
        second, more = self.dice.sample(others, 2)
        said = self.dice.choice(crowd["said"])
        aside = self.dice.choice(self.parts["aside"][side])
        steps = self.dice.sample(self.parts["steps"][side], 2)
        say = self.parts["say"]
        fields = {
            "title": told(["{what} {where} {who}"] * 3, what=name, where=where, who=crowd["for"]),
            "summary": told(["{first} {second}"] * 3, first=first, second=second),
            "description": told(
                ["{more} {said}\n\n{aside} {meet}"] * 3,
                said=said,
                more=more,
                aside=aside,
                meet=list(told(say["meet"], at=place["at"], where=where).values()),
            ),
            "condition": told(self.parts["condition"][registration]),
        }
        return {
            language: {field: texts[language].strip() for field, texts in fields.items()}
            | {"steps": [say["come"][at], *(step[at] for step in steps)]}
            for at, language in enumerate(LANGUAGES)
        }
