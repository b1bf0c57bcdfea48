"""Which activities a word leads to, in one language.

Every word of every text was analysed when it was written; here the analyses are turned about:
from a way of writing to keys, and from a key to activities with weights.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from halsonav.lib.swedish_sounds import sound
from halsonav.lib.text import fold
from halsonav.lib.text import words as words_of
from halsonav.lib.words import is_stop_word, stem
from halsonav.programme.everyday_words import expressions
from halsonav.programme.models import FinderText, FinderWord, Theme

PART_FACTOR: Final = 0.7
SHORTEST_GUESS: Final = 4
WHOLE: Final = "="
"""Stands before an everyday expression in which every word counts."""


WordFacts = Mapping[str, tuple[list[str], list[str], list[str]]]
"""What the dictionary said: own keys, keys of the parts and forms, by word."""
ByWord = Mapping[str, tuple[NDArray[np.int64], NDArray[np.float32]]]
"""Where a word stands: activity positions, each once, and the word's weights there."""
KeysOf = Callable[[str, WordFacts], dict[str, float]]


class Helps(NamedTuple):
    """Which kinds of help a search gives; all are on but in measurements and on request."""

    word_forms: bool = True
    compounds: bool = True
    typos: bool = True
    editors: bool = True


ALL_HELPS: Final = Helps()


class Phrase(NamedTuple):
    """An everyday expression, the keys of each of its words, and the facet that it leads to.

    whole: words that else say nothing count in it too ("orkar inget").
    """

    text: str
    words: tuple[frozenset[str], ...]
    facet: str
    whole: bool = False


@dataclass(frozen=True)
class Postings:
    """Keys with their activities: `scores[key]` is (positions, weights) of equal length.

    A position stands there once for each word that has the key; the best of its weights counts.
    """

    scores: Mapping[str, tuple[NDArray[np.int64], NDArray[np.float32]]]

    def get(self, keys: Iterable[str], size: int) -> NDArray[np.float32]:
        """Return the best weight per activity (length `size`) over the keys."""
        best = np.zeros(size, dtype=np.float32)
        for key in keys:
            if key in self.scores:
                positions, weights = self.scores[key]
                np.maximum.at(best, positions, weights)
        return best


class Vocabulary:
    """The words of one language and where they lead."""

    def __init__(
        self,
        language: str,
        texts: Iterable[tuple[int, Mapping[str, float], Mapping[str, float]]],
        facts: WordFacts,
        phrases: list[Phrase],
        size: int,
    ) -> None:
        """Build from (activity position, weights, editors' weights) and facts by word."""
        self.language = language
        self.size = size
        self.phrases = phrases
        words, editors = _by_word(texts)
        self.whole = _postings(words, facts, _whole)
        self.own = _postings(words, facts, _own)
        self.parts = _postings(words, facts, _parts)
        self.editors = _postings(editors, facts, _own_and_parts)
        spoken = {word for phrase in phrases for word in words_of(phrase.text)}
        self.form_keys = _form_keys(words.keys() | editors.keys(), facts, spoken)
        self.forms = sorted(self.form_keys)
        self.plain_forms = sorted({fold(word) for word in words})
        self.spoken_keys = frozenset(
            key for phrase in phrases for word in phrase.words for key in word
        )
        self._phrases_by_key = _by_first_word(phrases)
        self._spellings = _spellings(facts)
        self._sounds: dict[str, list[str]] | None = None
        self.closest = lru_cache(maxsize=4_000)(self._closest)

    def keys_of(self, word: str, helps: Helps = ALL_HELPS) -> frozenset[str]:
        """Return the keys of a word as it is written; empty when no text has it."""
        folded = fold(word)
        if not helps.word_forms:
            return frozenset({folded})
        if self.language != "sv":
            return frozenset({stem(word, self.language)})
        return self.form_keys.get(folded, frozenset())

    def find(self, keys: Iterable[str], helps: Helps = ALL_HELPS) -> NDArray[np.float32]:
        """Return a weight per activity for a word's keys."""
        keys = list(keys)
        best = (self.own if helps.word_forms else self.whole).get(keys, self.size)
        if helps.compounds:
            np.maximum(best, self.parts.get(keys, self.size), out=best)
        if helps.editors:
            np.maximum(best, self.editors.get(keys, self.size), out=best)
        return best

    def split(self, word: str, helps: Helps = ALL_HELPS) -> Iterator[tuple[str, str, bool, bool]]:
        """Yield readings of a word as (first, last, first is known, last is known)."""
        folded = fold(word)
        for cut in range(3, len(folded) - 2):
            head, tail = folded[:cut], folded[cut:]
            first = next((way for way in (head, head.rstrip("s-")) if self._known(way, helps)), "")
            last = self._known(tail, helps)
            if first or last:
                yield first or head, tail, bool(first), last

    def _known(self, form: str, helps: Helps) -> bool:
        if not helps.word_forms:
            return form in self.whole.scores or form in self.parts.scores
        return form in self.form_keys or form in self.parts.scores

    def phrases_with(self, keys: Iterable[str]) -> list[Phrase]:
        """Return the everyday expressions whose first word has one of the keys, each once."""
        found = {at: None for key in sorted(keys) for at in self._phrases_by_key.get(key, ())}
        return [self.phrases[at] for at in sorted(found)]

    def telling(self, words: Iterable[str]) -> frozenset[str]:
        """Return those of the words that say nothing alone but complete a whole expression."""
        keys = {word: self.keys_of(word) for word in words}
        present = frozenset().union(*keys.values())
        told: frozenset[str] = frozenset()
        for phrase in self.phrases_with(present):
            if phrase.whole and all(one & present for one in phrase.words):
                told |= frozenset().union(*phrase.words)
        return frozenset(
            word for word, own in keys.items() if own & told and is_stop_word(word, self.language)
        )

    def heard_as(self, word: str) -> list[str]:
        """Return at most four known forms that sound like a word that is spelt by ear."""
        if self._sounds is None:
            self._sounds = _by_sound(self.forms, self.spelling)
        return self._sounds.get(sound(word), [])[:4]

    def spelling(self, form: str) -> str:
        """Return a folded form as people write it, as far as a text has it."""
        return self._spellings.get(form, form)

    def beginning_with(self, beginning: str) -> list[str]:
        """Return at most eight known forms that begin so."""
        folded = fold(beginning)
        at = bisect_left(self.forms, folded)
        return [form for form in self.forms[at : at + 8] if form.startswith(folded)]

    def _closest(self, word: str, word_forms: bool = True, most: int = 2) -> tuple[str, ...]:
        """Return the known forms nearest to a misspelt word, at most so many letters away."""
        folded = fold(word)
        allowed = 0 if len(folded) < SHORTEST_GUESS else 1 if len(folded) < 8 else 2
        allowed = min(allowed, most)
        if not allowed:
            return ()
        known = self.forms if word_forms else self.plain_forms
        near = process.extract(folded, known, scorer=OSA.distance, score_cutoff=allowed, limit=24)
        if not near:
            return ()
        ranked = sorted(
            (distance, abs(len(form) - len(folded)), form) for form, distance, _ in near
        )
        return tuple(form for *rank, form in ranked if tuple(rank) == ranked[0][:2])[:4]


def _by_sound(forms: Iterable[str], spelling: Callable[[str], str]) -> dict[str, list[str]]:
    sounds: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        sounds[sound(spelling(form))].append(form)
    return sounds


def _by_first_word(phrases: Iterable[Phrase]) -> dict[str, list[int]]:
    by_key: dict[str, list[int]] = defaultdict(list)
    for at, phrase in enumerate(phrases):
        for key in phrase.words[0]:
            by_key[key].append(at)
    return by_key


def _whole(word: str, facts: WordFacts) -> dict[str, float]:
    return {fold(word): 1.0}


def _own(word: str, facts: WordFacts) -> dict[str, float]:
    return dict.fromkeys(facts[word][0], 1.0) if word in facts else _whole(word, facts)


def _parts(word: str, facts: WordFacts) -> dict[str, float]:
    return dict.fromkeys(facts[word][1], PART_FACTOR) if word in facts else {}


def _own_and_parts(word: str, facts: WordFacts) -> dict[str, float]:
    return _parts(word, facts) | _own(word, facts)


def _by_word(
    texts: Iterable[tuple[int, Mapping[str, float], Mapping[str, float]]],
) -> tuple[ByWord, ByWord]:
    """Turn texts about: return where each word stands, and each of the editors' words."""
    written: dict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    editors: dict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    for position, own, added in texts:
        for found, words in ((written, own), (editors, added)):
            for word, weight in words.items():
                positions, weights = found[word]
                positions.append(position)
                weights.append(weight)
    return _in_arrays(written), _in_arrays(editors)


def _in_arrays(found: Mapping[str, tuple[list[int], list[float]]]) -> ByWord:
    return {
        word: (np.array(positions, dtype=np.int64), np.array(weights, dtype=np.float32))
        for word, (positions, weights) in found.items()
    }


def _postings(words: ByWord, facts: WordFacts, keys_of: KeysOf) -> Postings:
    found: dict[str, list[tuple[NDArray[np.int64], NDArray[np.float32]]]] = defaultdict(list)
    for word, (positions, weights) in words.items():
        for key, factor in keys_of(word, facts).items():
            found[key].append((positions, weights if factor == 1.0 else weights * factor))
    return Postings({key: _joined(parts) for key, parts in found.items()})


def _joined(
    parts: list[tuple[NDArray[np.int64], NDArray[np.float32]]],
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    if len(parts) == 1:
        return parts[0]
    positions, weights = zip(*parts, strict=True)
    return np.concatenate(positions), np.concatenate(weights)


def _spellings(facts: WordFacts) -> dict[str, str]:
    spelt = {fold(form): form for _, _, forms in facts.values() for form in forms}
    return spelt | {fold(word): word for word in facts}


def _form_keys(written: Set[str], facts: WordFacts, spoken: set[str]) -> dict[str, frozenset[str]]:
    keys: dict[str, set[str]] = defaultdict(set)
    for word in written | spoken:
        own, parts, forms = facts.get(word, ([fold(word)], [], []))
        for form in (*forms, word):
            keys[fold(form)].update(own)
        for part in parts if word in written else ():
            keys[part].add(part)
    return {form: frozenset(found) for form, found in keys.items()}


def significant(text_words: Iterable[str], language: str) -> list[str]:
    """Return the words that say what is looked for; all of them when none would be left."""
    listed = list(text_words)
    return [word for word in listed if not is_stop_word(word, language)] or listed


def read_vocabulary(language: str, activity_id: NDArray[np.int64]) -> Vocabulary:
    """Read the language's words from the database (some 0.1 ms a text)."""
    position = {int(activity): at for at, activity in enumerate(activity_id)}
    rows = FinderText.objects.filter(language=language).values_list(
        "activity_id", "words", "editors"
    )
    texts = [(position[at], words, editors) for at, words, editors in rows if at in position]
    facts = {
        word: (own, parts, forms)
        for word, own, parts, forms in FinderWord.objects.filter(language=language).values_list(
            "word", "own", "parts", "forms"
        )
    }
    return Vocabulary(language, texts, facts, _phrases(language, facts), len(activity_id))


def _phrases(language: str, facts: WordFacts) -> list[Phrase]:
    return [
        Phrase(phrase, words, facet, phrase.startswith(WHOLE))
        for facet, by_language in everyday_expressions().items()
        for phrase in by_language.get(language, ())
        if (words := _phrase_words(phrase, language, facts))
    ]


def everyday_expressions() -> dict[str, dict[str, list[str]]]:
    """Return every expression by facet and language: the product's, and the themes' own."""
    themes = Theme.objects.values_list("slug", "words")
    return expressions({f"theme:{slug}": own for slug, own in themes})


def _phrase_words(phrase: str, language: str, facts: WordFacts) -> tuple[frozenset[str], ...]:
    """Return the keys of each word of a phrase that says something, or of all in a whole one."""
    listed = words_of(phrase)
    return tuple(
        frozenset(facts[word][0] if word in facts else [stem(word, language)])
        for word in (listed if phrase.startswith(WHOLE) else significant(listed, language))
    )
