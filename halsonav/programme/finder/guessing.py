"""Where a typed word leads: to itself, to its other forms, or to what it may have meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from halsonav.lib.text import fold
from halsonav.lib.words import known_words, related
from halsonav.programme.finder.vocabulary import Helps, Vocabulary

OTHER_LANGUAGE: Final = 0.5
SHORTEST_TAIL: Final = 4
SHORTEST_HEAD: Final = 5
LONG: Final = 8
SHORTEST_ARABIC_TYPO: Final = 5
"""Arabic words are short, and one other letter is soon another word."""
GUESS_FACTOR: Final = 0.8
MUCH_RARER: Final = 2
FEW: Final = 5
RARE: Final = 0.1
"""The share of activities under which a word says what an activity is, not of which kind."""

Scores = NDArray[np.float32]


@dataclass
class Word:
    """One typed word and where it leads."""

    typed: str
    keys: frozenset[str]
    scores: Scores
    shown: str = ""
    corrected: bool = False


def look_up(typed: str, vocabulary: Vocabulary, others: Sequence[Vocabulary], helps: Helps) -> Word:
    """Find a word as it is, then in other languages, then by what it may have meant."""
    keys = vocabulary.keys_of(typed, helps)
    scores = vocabulary.find(keys, helps)
    for other in others:
        foreign = other.whole.get([fold(typed)], other.size)
        np.maximum(scores, foreign * OTHER_LANGUAGE, out=scores)
    if scores.any() or _is_spoken(keys, vocabulary, helps):
        return Word(typed, keys, scores)
    for attempt in (
        _as_related,
        _as_heard,
        _as_nearly_right,
        _as_compound,
        _as_made_from,
        _as_misspelt,
        _as_beginning,
        _as_half,
    ):
        word = attempt(typed, vocabulary, helps)
        if word is not None:
            return word
    return Word(typed, keys, scores)


def _as_related(typed: str, vocabulary: Vocabulary, helps: Helps) -> Word | None:
    """Take a word as another form of one that is known."""
    if vocabulary.language == "sv":
        return None
    return _as_made_from(typed, vocabulary, helps)


def _as_made_from(typed: str, vocabulary: Vocabulary, helps: Helps) -> Word | None:
    """Take a word as made from one that is known: a Swedish one when nothing nearer is there."""
    if not helps.word_forms:
        return None
    for way in related(typed, vocabulary.language):
        keys = vocabulary.keys_of(way, helps)
        scores = vocabulary.find(keys, helps)
        if scores.any() or _is_spoken(keys, vocabulary, helps):
            return Word(typed, keys, scores, way)
    return None


def _as_heard(typed: str, vocabulary: Vocabulary, helps: Helps) -> Word | None:
    """Take a word that is spelt by ear as the one that sounds so."""
    if not helps.typos or vocabulary.language != "sv":
        return None
    return _read_as(vocabulary.heard_as(typed), typed, vocabulary, helps)


def _is_spoken(keys: frozenset[str], vocabulary: Vocabulary, helps: Helps) -> bool:
    """Whether an everyday expression has the word."""
    return helps.editors and bool(keys & vocabulary.spoken_keys)


def _as_compound(typed: str, vocabulary: Vocabulary, helps: Helps) -> Word | None:
    """Read an unknown word as two known ones, which both must be found."""
    if not _may_be_compound(typed, vocabulary, helps):
        return None
    for first, last, has_first, has_last in vocabulary.split(typed, helps):
        if has_first and has_last:
            keys = [_part_keys(part, vocabulary, helps) for part in (first, last)]
            scores: Scores = np.minimum(*(vocabulary.find(found, helps) for found in keys))
            if scores.any():
                return Word(typed, keys[0] | keys[1], scores * 0.7, f"{first} {last}")
    return None


def _as_half(typed: str, vocabulary: Vocabulary, helps: Helps) -> Word | None:
    """Read an unknown compound by the one part that is known here, if both are Swedish."""
    if not _may_be_compound(typed, vocabulary, helps):
        return None
    for first, last, has_first, has_last in vocabulary.split(typed, helps):
        if has_first and has_last and min(len(first), len(last)) >= SHORTEST_TAIL:
            return _rarer_half(typed, (first, last), vocabulary, helps)
        part, rest = (last, first) if has_last else (first, last)
        long_enough = len(part) >= (SHORTEST_TAIL if has_last else SHORTEST_HEAD)
        long_enough = long_enough and len(rest.removesuffix("s")) >= SHORTEST_TAIL
        if has_first == has_last or not long_enough or not _is_swedish(rest):
            continue
        keys = _part_keys(part, vocabulary, helps)
        scores = vocabulary.find(keys, helps)
        if _tells(scores) or _is_spoken(keys, vocabulary, helps):
            return Word(typed, keys, scores * 0.5, part)
    return None


def _rarer_half(
    typed: str, parts: tuple[str, str], vocabulary: Vocabulary, helps: Helps
) -> Word | None:
    """Take the part of a compound that fewer activities have, or both where they tell as much.

    Of "sagostund" the stories matter: there are times for everything.
    """
    keys = [_part_keys(part, vocabulary, helps) for part in parts]
    scores = [vocabulary.find(found, helps) for found in keys]
    often = [int((found > 0).sum()) for found in scores]
    if often[0] and often[0] * MUCH_RARER <= often[1]:
        return Word(typed, keys[0], scores[0] * 0.5, parts[0])
    if often[1] and not _tells(scores[0]) and often[1] * MUCH_RARER <= often[0]:
        return Word(typed, keys[1], scores[1] * 0.5, parts[1])
    both: Scores = np.maximum(*scores)
    return Word(typed, keys[0] | keys[1], both * 0.5, " ".join(parts))


def _tells(scores: Scores) -> bool:
    """Whether a part of a word is rare enough to say what is looked for: "kurs" alone is not."""
    often = int((scores > 0).sum())
    return 0 < often <= max(FEW, len(scores) * RARE)


def _is_swedish(part: str) -> bool:
    known = known_words()
    return part in known or part.removesuffix("s") in known


def _may_be_compound(typed: str, vocabulary: Vocabulary, helps: Helps) -> bool:
    return helps.compounds and vocabulary.language == "sv" and len(fold(typed)) >= 7


def _part_keys(part: str, vocabulary: Vocabulary, helps: Helps) -> frozenset[str]:
    return vocabulary.keys_of(part, helps) or frozenset({part})


def _as_beginning(typed: str, vocabulary: Vocabulary, helps: Helps) -> Word | None:
    """Take an unfinished word as the beginning of known ones."""
    if not (helps.word_forms and helps.compounds) or len(fold(typed)) < 4:
        return None
    forms = vocabulary.beginning_with(typed)
    keys = frozenset().union(*(vocabulary.keys_of(form, helps) for form in forms))
    scores = vocabulary.find(keys, helps)
    if not scores.any():
        return None
    return Word(typed, keys, scores * GUESS_FACTOR, min(forms, key=len))


def _as_nearly_right(typed: str, vocabulary: Vocabulary, helps: Helps) -> Word | None:
    """Take a word with one wrong letter as misspelt before it is taken apart."""
    if vocabulary.language == "sv" and (
        typed in known_words() or (len(fold(typed)) < LONG and known_words().has_compound(typed))
    ):
        return None
    return _corrected(typed, vocabulary, helps, 1)


def _as_misspelt(typed: str, vocabulary: Vocabulary, helps: Helps) -> Word | None:
    """Take a word that no Swede would write as misspelt."""
    known = known_words()
    if vocabulary.language == "sv" and (typed in known or known.has_compound(typed)):
        return None
    return _corrected(typed, vocabulary, helps, 2)


def _corrected(typed: str, vocabulary: Vocabulary, helps: Helps, most: int) -> Word | None:
    arabic = vocabulary.language == "ar"
    if not helps.typos or (arabic and len(fold(typed)) < SHORTEST_ARABIC_TYPO):
        return None
    return _read_as(vocabulary.closest(typed, helps.word_forms, most), typed, vocabulary, helps)


def _read_as(forms: Sequence[str], typed: str, vocabulary: Vocabulary, helps: Helps) -> Word | None:
    """Take a word as misspelt for others, if they lead anywhere."""
    if not forms:
        return None
    keys = frozenset().union(*(vocabulary.keys_of(form, helps) for form in forms))
    scores = vocabulary.find(keys, helps)
    if not (scores.any() or _is_spoken(keys, vocabulary, helps)):
        return None
    return Word(typed, keys, scores * GUESS_FACTOR, vocabulary.spelling(forms[0]), corrected=True)
