"""From typed words to activities with a score, and what was done to the words on the way."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from halsonav.lib.text import fold
from halsonav.lib.text import words as words_of
from halsonav.programme.finder.index import Columns
from halsonav.programme.finder.vocabulary import ALL_HELPS, Helps, Vocabulary, significant

ENOUGH: Final = 0.45
"""The share of a search's weight that an activity must answer when none answers all of it."""
FAR_BELOW: Final = 0.12
"""Activities below this share of the best score are left out."""
THEME_WEIGHT: Final = 4.0
GUESS_FACTOR: Final = 0.8
MOST_WORDS: Final = 12

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Matched:
    """A score per activity (0: not found), and what people should know about the words.

    corrected: {typed: what was searched for instead}; widened: words that were searched as well;
    missing: typed words that no activity has; language: the language whose words were found.
    """

    scores: Scores
    corrected: dict[str, str] = field(default_factory=dict)
    widened: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    language: str = ""

    @property
    def found(self) -> bool:
        """Whether any activity answers."""
        return bool(self.scores.any())


@dataclass
class _Word:
    """One typed word and where it leads."""

    typed: str
    keys: frozenset[str]
    scores: Scores
    shown: str = ""
    corrected: bool = False


def match(
    columns: Columns, text: str, language: str, helps: Helps = ALL_HELPS, source: str = "sv"
) -> Matched:
    """Return which activities answer a text; if none in the reader's language, in the source's."""
    found = _match_in(columns.vocabulary(language), columns, text, helps)
    if found.found or language == source:
        return found
    other = _match_in(columns.vocabulary(source), columns, text, helps)
    return other if other.found else found


def _match_in(vocabulary: Vocabulary, columns: Columns, text: str, helps: Helps) -> Matched:
    typed = list(dict.fromkeys(significant(words_of(text), vocabulary.language)))[:MOST_WORDS]
    looked_up = [_look_up(word, vocabulary, helps) for word in typed]
    themes = _themes(looked_up, vocabulary, columns, helps)
    scores = _together(looked_up, themes, vocabulary.size)
    answered = {at for positions, _ in themes for at in positions}
    return Matched(
        scores=scores,
        corrected={word.typed: word.shown for word in looked_up if word.corrected},
        widened=_widened(looked_up, scores, vocabulary),
        missing=tuple(
            word.typed
            for at, word in enumerate(looked_up)
            if not word.scores.any() and at not in answered
        ),
        language=vocabulary.language,
    )


def _look_up(typed: str, vocabulary: Vocabulary, helps: Helps) -> _Word:
    keys = vocabulary.keys_of(typed, helps)
    scores = vocabulary.find(keys, helps)
    if scores.any() or _is_spoken(keys, vocabulary):
        return _Word(typed, keys, scores)
    for attempt in (_as_compound, _as_beginning, _as_misspelt):
        word = attempt(typed, vocabulary, helps)
        if word is not None:
            return word
    return _Word(typed, keys, scores)


def _is_spoken(keys: frozenset[str], vocabulary: Vocabulary) -> bool:
    return bool(keys) and any(keys & word for phrase in vocabulary.phrases for word in phrase.words)


def _as_compound(typed: str, vocabulary: Vocabulary, helps: Helps) -> _Word | None:
    """Read an unknown word by its parts: all known ones must be found."""
    if not helps.compounds or vocabulary.language != "sv" or len(fold(typed)) < 7:
        return None
    for parts in vocabulary.split(typed, helps):
        keys = [vocabulary.keys_of(part, helps) or frozenset({part}) for part in parts]
        scores = np.minimum.reduce([vocabulary.find(found, helps) for found in keys])
        if scores.any():
            return _Word(typed, frozenset().union(*keys), scores * 0.7, " ".join(parts))
    return None


def _as_beginning(typed: str, vocabulary: Vocabulary, helps: Helps) -> _Word | None:
    """Take an unfinished word as the beginning of known ones."""
    if not helps.word_forms or len(fold(typed)) < 4:
        return None
    forms = vocabulary.beginning_with(typed)
    keys = frozenset().union(*(vocabulary.keys_of(form, helps) for form in forms))
    scores = vocabulary.find(keys, helps)
    if not scores.any():
        return None
    return _Word(typed, keys, scores * GUESS_FACTOR, min(forms, key=len))


def _as_misspelt(typed: str, vocabulary: Vocabulary, helps: Helps) -> _Word | None:
    if not helps.typos:
        return None
    forms = vocabulary.closest(typed, helps.word_forms)
    keys = frozenset().union(*(vocabulary.keys_of(form, helps) for form in forms))
    scores = vocabulary.find(keys, helps)
    if not (scores.any() or _is_spoken(keys, vocabulary)):
        return None
    return _Word(typed, keys, scores * GUESS_FACTOR, vocabulary.spelling(forms[0]), corrected=True)


def _themes(
    words: Sequence[_Word], vocabulary: Vocabulary, columns: Columns, helps: Helps
) -> list[tuple[frozenset[int], Scores]]:
    """Return (positions of the words, scores) for each everyday expression in the text."""
    if not helps.editors:
        return []
    found = []
    for phrase in vocabulary.phrases:
        used = [
            next((at for at, word in enumerate(words) if word.keys & keys), None)
            for keys in phrase.words
        ]
        column = columns.facet.get(f"theme:{phrase.theme}")
        if None not in used and column is not None:
            groups = columns.marks[:, column]
            scores = np.zeros(vocabulary.size, dtype=np.float32)
            scores[columns.group_activity[groups]] = THEME_WEIGHT
            found.append((frozenset(at for at in used if at is not None), scores))
    return found


def _together(
    words: Sequence[_Word], themes: Sequence[tuple[frozenset[int], Scores]], size: int
) -> Scores:
    """Join the words: all must be answered, or most of what they weigh when none answers all."""
    if not words:
        return np.zeros(size, dtype=np.float32)
    by_word = [word.scores.copy() for word in words]
    for positions, scores in themes:
        for at in positions:
            np.maximum(by_word[at], scores, out=by_word[at])
    weights = np.array([_rarity(scores, size) for scores in by_word], dtype=np.float32)
    stacked = np.stack(by_word)
    covered = ((stacked > 0) * weights[:, None]).sum(axis=0) / weights.sum()
    best = float(covered.max(initial=0.0))
    if best < ENOUGH:
        return np.zeros(size, dtype=np.float32)
    total = (stacked * weights[:, None]).sum(axis=0)
    total[covered < best - 0.01] = 0
    total[total < total.max() * FAR_BELOW] = 0
    return total.astype(np.float32)


def _rarity(scores: Scores, size: int) -> float:
    """Return how much a word tells: the fewer activities have it, the more."""
    having = int((scores > 0).sum())
    return math.log(1 + (size + 1) / (having + 0.5))


def _widened(words: Sequence[_Word], scores: Scores, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return other words than the typed under which something was found."""
    if not scores.any():
        return ()
    shown = [word.shown for word in words if word.shown and not word.corrected]
    return tuple(dict.fromkeys(vocabulary.spelling(form) for form in " ".join(shown).split()))
