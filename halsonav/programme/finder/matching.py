"""From typed words to activities with a score, and what was done to the words on the way."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from halsonav.lib.text import fold
from halsonav.lib.text import words as words_of
from halsonav.lib.words import known_words
from halsonav.programme.finder.index import Columns
from halsonav.programme.finder.vocabulary import ALL_HELPS, Helps, Vocabulary, significant

ENOUGH: Final = 0.45
"""The share of a search's weight that an activity must answer when none answers all of it."""
FAR_BELOW: Final = 0.1
"""Activities below this share of the best score are left out."""
THEME_WEIGHT: Final = 4.0
THEME_BESIDE: Final = 0.8
"""What a theme is worth beside activities that have the word itself in a title or summary."""
UNUSED_BESIDE_THEME: Final = 0.3
SENTENCE: Final = 4
"""So many words that say something are a sentence, not a search."""
STRONG: Final = 3.0
ENOUGH_OF_SENTENCE: Final = 0.3
FAR_BELOW_IN_SENTENCE: Final = 0.3
DIRECT: Final = 4.0
NEARLY_BEST: Final = 0.75
OTHER_LANGUAGE: Final = 0.5
SHORTEST_TAIL: Final = 4
SHORTEST_HEAD: Final = 5
LONG: Final = 8
SHORTEST_ARABIC_TYPO: Final = 5
"""Arabic words are short, and one other letter is soon another word."""
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
    columns: Columns,
    text: str,
    language: str,
    helps: Helps = ALL_HELPS,
    languages: Sequence[str] = ("sv", "en", "ar"),
) -> Matched:
    """Return which activities answer a text in the reader's language, or else in another.

    `languages` are those of the texts. A word that is spelt just so in another language counts
    for half beside the reader's own.
    """
    others = [code for code in languages if code != language]
    found = _match_in(language, others, columns, text, helps)
    for other in others:
        if not found.found:
            found = _match_in(other, [], columns, text, helps._replace(typos=False))
    return found


def _match_in(
    language: str, others: Sequence[str], columns: Columns, text: str, helps: Helps
) -> Matched:
    vocabulary = columns.vocabulary(language)
    foreign = [columns.vocabulary(code) for code in others]
    typed = list(dict.fromkeys(significant(words_of(text), vocabulary.language)))[:MOST_WORDS]
    looked_up = [_look_up(word, vocabulary, foreign, helps) for word in typed]
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


def _look_up(
    typed: str, vocabulary: Vocabulary, others: Sequence[Vocabulary], helps: Helps
) -> _Word:
    """Find a word as it is, then in other languages, then by what it may have meant."""
    keys = vocabulary.keys_of(typed, helps)
    scores = vocabulary.find(keys, helps)
    for other in others:
        foreign = other.whole.get([fold(typed)], other.size)
        np.maximum(scores, foreign * OTHER_LANGUAGE, out=scores)
    if scores.any() or _is_spoken(keys, vocabulary, helps):
        return _Word(typed, keys, scores)
    for attempt in (_as_nearly_right, _as_compound, _as_misspelt, _as_beginning, _as_half):
        word = attempt(typed, vocabulary, helps)
        if word is not None:
            return word
    return _Word(typed, keys, scores)


def _is_spoken(keys: frozenset[str], vocabulary: Vocabulary, helps: Helps) -> bool:
    """Whether an everyday expression has the word."""
    return helps.editors and bool(keys & vocabulary.spoken_keys)


def _as_compound(typed: str, vocabulary: Vocabulary, helps: Helps) -> _Word | None:
    """Read an unknown word as two known ones, which both must be found."""
    if not _may_be_compound(typed, vocabulary, helps):
        return None
    for first, last, has_first, has_last in vocabulary.split(typed, helps):
        if has_first and has_last:
            keys = [_part_keys(part, vocabulary, helps) for part in (first, last)]
            scores: Scores = np.minimum(*(vocabulary.find(found, helps) for found in keys))
            if scores.any():
                return _Word(typed, keys[0] | keys[1], scores * 0.7, f"{first} {last}")
    return None


def _as_half(typed: str, vocabulary: Vocabulary, helps: Helps) -> _Word | None:
    """Read an unknown compound by the one part that is known here, if both are Swedish."""
    if not _may_be_compound(typed, vocabulary, helps):
        return None
    for first, last, has_first, has_last in vocabulary.split(typed, helps):
        if has_first and has_last and min(len(first), len(last)) >= SHORTEST_TAIL:
            keys = _part_keys(first, vocabulary, helps) | _part_keys(last, vocabulary, helps)
            return _Word(typed, keys, vocabulary.find(keys, helps) * 0.5, f"{first} {last}")
        part, rest = (last, first) if has_last else (first, last)
        long_enough = len(part) >= (SHORTEST_TAIL if has_last else SHORTEST_HEAD)
        long_enough = long_enough and len(rest) >= SHORTEST_TAIL
        if has_first == has_last or not long_enough or not _is_swedish(rest):
            continue
        keys = _part_keys(part, vocabulary, helps)
        scores = vocabulary.find(keys, helps)
        if scores.any() or _is_spoken(keys, vocabulary, helps):
            return _Word(typed, keys, scores * 0.5, part)
    return None


def _is_swedish(part: str) -> bool:
    known = known_words()
    return part in known or part.removesuffix("s") in known


def _may_be_compound(typed: str, vocabulary: Vocabulary, helps: Helps) -> bool:
    return helps.compounds and vocabulary.language == "sv" and len(fold(typed)) >= 7


def _part_keys(part: str, vocabulary: Vocabulary, helps: Helps) -> frozenset[str]:
    return vocabulary.keys_of(part, helps) or frozenset({part})


def _as_beginning(typed: str, vocabulary: Vocabulary, helps: Helps) -> _Word | None:
    """Take an unfinished word as the beginning of known ones."""
    if not (helps.word_forms and helps.compounds) or len(fold(typed)) < 4:
        return None
    forms = vocabulary.beginning_with(typed)
    keys = frozenset().union(*(vocabulary.keys_of(form, helps) for form in forms))
    scores = vocabulary.find(keys, helps)
    if not scores.any():
        return None
    return _Word(typed, keys, scores * GUESS_FACTOR, min(forms, key=len))


def _as_nearly_right(typed: str, vocabulary: Vocabulary, helps: Helps) -> _Word | None:
    """Take a word with one wrong letter as misspelt before it is taken apart."""
    if vocabulary.language == "sv" and (
        typed in known_words() or (len(fold(typed)) < LONG and known_words().has_compound(typed))
    ):
        return None
    return _corrected(typed, vocabulary, helps, 1)


def _as_misspelt(typed: str, vocabulary: Vocabulary, helps: Helps) -> _Word | None:
    """Take a word that no Swede would write as misspelt."""
    known = known_words()
    if vocabulary.language == "sv" and (typed in known or known.has_compound(typed)):
        return None
    return _corrected(typed, vocabulary, helps, 2)


def _corrected(typed: str, vocabulary: Vocabulary, helps: Helps, most: int) -> _Word | None:
    arabic = vocabulary.language == "ar"
    if not helps.typos or (arabic and len(fold(typed)) < SHORTEST_ARABIC_TYPO):
        return None
    forms = vocabulary.closest(typed, helps.word_forms, most)
    if not forms:
        return None
    keys = frozenset().union(*(vocabulary.keys_of(form, helps) for form in forms))
    scores = vocabulary.find(keys, helps)
    if not (scores.any() or _is_spoken(keys, vocabulary, helps)):
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
        column = columns.facet.get(phrase.facet)
        if None not in used and column is not None:
            groups = columns.marks[:, column]
            scores = np.zeros(vocabulary.size, dtype=np.float32)
            scores[columns.group_activity[groups]] = 1
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
            direct = len(positions) == 1 and words[at].scores.max(initial=0) >= DIRECT
            worth = THEME_BESIDE if direct else THEME_WEIGHT
            np.maximum(by_word[at], scores * worth, out=by_word[at])
    weights = np.array([_rarity(scores, size) for scores in by_word], dtype=np.float32)
    if themes:  # the need is understood: words that nobody here uses say little more
        weights[[not scores.any() for scores in by_word]] *= UNUSED_BESIDE_THEME
    stacked = np.stack(by_word)
    if len(words) >= SENTENCE:
        return _of_sentence(stacked, weights, understood=bool(themes))
    covered = ((stacked > 0) * weights[:, None]).sum(axis=0) / weights.sum()
    best = float(covered.max(initial=0.0))
    if best < ENOUGH:
        return np.zeros(size, dtype=np.float32)
    total = (stacked * weights[:, None]).sum(axis=0) * covered
    total[covered < best * NEARLY_BEST] = 0
    return _without_the_far(total, FAR_BELOW)


def _of_sentence(stacked: Scores, weights: Scores, *, understood: bool) -> Scores:
    """Score a whole sentence: what a theme or a title answers counts, chance words do not."""
    strong = stacked * (stacked >= STRONG)
    chosen = strong if understood or strong.any() else stacked
    total = (chosen * weights[:, None]).sum(axis=0)
    if not understood:
        covered = ((chosen > 0) * weights[:, None]).sum(axis=0) / weights.sum()
        total[covered < ENOUGH_OF_SENTENCE] = 0
    return _without_the_far(total, FAR_BELOW_IN_SENTENCE)


def _without_the_far(total: Scores, share: float) -> Scores:
    total[total < total.max(initial=0.0) * share] = 0
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
