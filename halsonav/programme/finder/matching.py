"""From typed words to activities with a score, and what was done to the words on the way."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from halsonav.lib.text import words as words_of
from halsonav.programme.finder.guessing import Scores, Word, look_up
from halsonav.programme.finder.index import Columns
from halsonav.programme.finder.needs import Need, that_widen, told_needs
from halsonav.programme.finder.vocabulary import ALL_HELPS, Helps, Vocabulary, significant

ENOUGH: Final = 0.45
"""The share of a search's weight that an activity must answer when none answers all of it."""
ENOUGH_OF_NEED: Final = 0.35
"""The same once a need is understood."""
FAR_BELOW: Final = 0.1
"""Activities below this share of the best score are left out."""
NEED: Final = 5.0
"""What an everyday expression weighs, as words in texts do."""
NEED_BESIDE: Final = 0.4
"""What it weighs beside activities that have the word itself in a title or summary."""
BESIDE_A_NEED: Final = 0.2
"""What other words are worth once a need is understood, unless they stand in a title."""
SENTENCE: Final = 4
"""So many words that say something are a sentence, not a search."""
STRONG: Final = 3.0
ENOUGH_OF_SENTENCE: Final = 0.3
FAR_BELOW_IN_SENTENCE: Final = 0.3
DIRECT: Final = 4.0
NEARLY_BEST: Final = 0.8
NEARLY_BEST_OF_NEED: Final = 0.6
MOST_WORDS: Final = 12
SHORTEST_JOINED: Final = 8
WORDS_ONLY: Final = Helps(compounds=False, typos=False, editors=False)


@dataclass(frozen=True)
class Matched:
    """A score per activity (0: not found), and what people should know about the words.

    corrected: {typed: what was searched for instead}; widened: words that were searched as well;
    needs: facet keys that everyday words led to; missing: typed words that no activity has;
    language: the language whose words were found.
    """

    scores: Scores
    corrected: dict[str, str] = field(default_factory=dict)
    widened: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    language: str = ""

    @property
    def found(self) -> bool:
        """Whether any activity answers."""
        return bool(self.scores.any())


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
    typed, telling = _typed(text, vocabulary, helps)
    looked_up = [
        _only_told(word, vocabulary)
        if word in telling
        else look_up(word, vocabulary, foreign, helps)
        for word in typed
    ]
    needs = told_needs(looked_up, vocabulary, columns) if helps.editors else []
    scores = _together(looked_up, needs, vocabulary.size)
    answered = {at for need in needs for at in need.positions}
    return Matched(
        scores=scores,
        corrected={word.typed: word.shown for word in looked_up if word.corrected},
        widened=_widened(looked_up, scores, vocabulary),
        needs=that_widen(needs, looked_up, scores),
        missing=tuple(
            word.typed
            for at, word in enumerate(looked_up)
            if not word.scores.any() and at not in answered
        ),
        language=vocabulary.language,
    )


def _typed(text: str, vocabulary: Vocabulary, helps: Helps) -> tuple[list[str], frozenset[str]]:
    """Return the words that say something, each once; "språk promenad" is one Swedish word.

    With them those that do so in an everyday expression alone, as all of "orkar inget".
    """
    words = words_of(text)
    if helps.compounds and vocabulary.language == "sv":
        words = list(_joined(words, vocabulary, helps))
    telling = vocabulary.telling(words) if helps.editors else frozenset()
    said = set(significant(words, vocabulary.language)) | telling
    return list(dict.fromkeys(word for word in words if word in said))[:MOST_WORDS], telling


def _only_told(word: str, vocabulary: Vocabulary) -> Word:
    """Return a word that no text is searched for: it only tells of a need."""
    return Word(word, vocabulary.keys_of(word), np.zeros(vocabulary.size, dtype=np.float32))


def _joined(words: Sequence[str], vocabulary: Vocabulary, helps: Helps) -> Iterator[str]:
    """Yield the words, two that stand apart but are one in a text as that one."""
    at = 0
    while at < len(words):
        pair = "".join(words[at : at + 2])
        joined = at + 1 < len(words) and len(pair) >= SHORTEST_JOINED
        joined = joined and bool(vocabulary.find(vocabulary.keys_of(pair, helps), WORDS_ONLY).any())
        yield pair if joined else words[at]
        at += 2 if joined else 1


def _together(words: Sequence[Word], needs: Sequence[Need], size: int) -> Scores:
    """Join the words: a sentence by what it tells of, a few words by what answers most of them."""
    if not words:
        return np.zeros(size, dtype=np.float32)
    evidence = _evidence(words, needs)
    weights = _weights(words, needs, evidence)
    if len(words) >= SENTENCE or any(len(need.positions) > 1 for need in needs):
        return _of_sentence(evidence, weights, understood=bool(needs))
    told = any(not _is_direct(words, need) for need in needs)
    enough = ENOUGH_OF_NEED if needs else ENOUGH
    return _of_words(evidence, weights, enough, NEARLY_BEST_OF_NEED if told else NEARLY_BEST)


def _evidence(words: Sequence[Word], needs: Sequence[Need]) -> Scores:
    """Return (words, activities): how well each word is answered, by the texts or by a need."""
    rows = [word.scores.copy() for word in words]
    for need in needs:
        worth = need.shares * (NEED_BESIDE if _is_direct(words, need) else NEED)
        for at in need.positions:
            np.maximum(rows[at], worth, out=rows[at])
    return np.stack(rows)


def _is_direct(words: Sequence[Word], need: Need) -> bool:
    """Whether it is one word, and titles or summaries have that word themselves."""
    at, *more = need.positions
    return not more and bool(words[at].scores.max(initial=0) >= DIRECT)


def _weights(words: Sequence[Word], needs: Sequence[Need], evidence: Scores) -> Scores:
    """Return what each word weighs; once a need is understood, chance words weigh little."""
    weights = np.array([_rarity(scores) for scores in evidence], dtype=np.float32)
    telling = {at for need in needs for at in need.positions}
    for at, word in enumerate(words):
        if needs and at not in telling and word.scores.max(initial=0) < STRONG:
            weights[at] *= BESIDE_A_NEED
    return weights


def _of_words(evidence: Scores, weights: Scores, enough: float, nearly: float) -> Scores:
    """Score a few words: all must be answered, or most of what they weigh when none does so."""
    covered = _covered(evidence, weights)
    best = float(covered.max(initial=0.0))
    if best < enough:
        return np.zeros(evidence.shape[1], dtype=np.float32)
    total = (evidence * weights[:, None]).sum(axis=0) * covered
    total[covered < best * nearly] = 0
    return _without_the_far(total, FAR_BELOW)


def _of_sentence(evidence: Scores, weights: Scores, *, understood: bool) -> Scores:
    """Score a whole sentence: what a need or a title answers counts, chance words do not."""
    strong = evidence * (evidence >= STRONG)
    chosen = strong if understood or strong.any() else evidence
    total = (chosen * weights[:, None]).sum(axis=0)
    if not understood:
        total[_covered(chosen, weights) < ENOUGH_OF_SENTENCE] = 0
    return _without_the_far(total, FAR_BELOW_IN_SENTENCE)


def _covered(evidence: Scores, weights: Scores) -> Scores:
    """Return which share of the words' weight each activity answers."""
    covered: Scores = ((evidence > 0) * weights[:, None]).sum(axis=0) / weights.sum()
    return covered


def _without_the_far(total: Scores, share: float) -> Scores:
    total[total < total.max(initial=0.0) * share] = 0
    return total.astype(np.float32)


def _rarity(scores: Scores) -> float:
    """Return how much a word tells: the fewer activities have it, the more."""
    having = int((scores > 0).sum())
    return math.log(1 + (len(scores) + 1) / (having + 0.5))


def _widened(words: Sequence[Word], scores: Scores, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return other words than the typed under which something was found."""
    if not scores.any():
        return ()
    shown = [word.shown for word in words if word.shown and not word.corrected]
    return tuple(dict.fromkeys(vocabulary.spelling(form) for form in " ".join(shown).split()))
