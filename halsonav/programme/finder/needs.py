"""Needs that a search tells of: everyday expressions, and the activities that they lead to."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from halsonav.programme.finder.guessing import Scores, Word
from halsonav.programme.finder.index import Columns
from halsonav.programme.finder.vocabulary import Phrase, Vocabulary

SPREAD: Final = 0.25
"""How much less an activity of many themes is about each: one over their number to this power."""


class Need(NamedTuple):
    """The words' positions that tell of a facet, and a share from 0 to 1 per activity."""

    positions: frozenset[int]
    shares: Scores
    facet: str


def told_needs(words: Sequence[Word], vocabulary: Vocabulary, columns: Columns) -> list[Need]:
    """Return a need for each expression that has all its words in the search."""
    return list(_needs(words, vocabulary, columns))


def _needs(words: Sequence[Word], vocabulary: Vocabulary, columns: Columns) -> Iterator[Need]:
    keys = frozenset().union(*(word.keys for word in words))
    for phrase in vocabulary.phrases_with(keys):
        positions = _positions(phrase, words)
        column = columns.facet.get(phrase.facet)
        if positions and column is not None:
            yield Need(positions, _shares(columns, column), phrase.facet)


def that_widen(needs: Sequence[Need], words: Sequence[Word], scores: Scores) -> tuple[str, ...]:
    """Return the facets of the needs that bring activities which the words alone do not."""
    return tuple(dict.fromkeys(need.facet for need in needs if _widens(need, words, scores)))


def _widens(need: Need, words: Sequence[Word], scores: Scores) -> bool:
    brought = (need.shares > 0) & (scores > 0)
    for at in need.positions:
        brought &= words[at].scores == 0
    return bool(brought.any())


def _positions(phrase: Phrase, words: Sequence[Word]) -> frozenset[int]:
    """Return where the words of an expression stand; nothing unless all of them are there."""
    found = [
        next((at for at, word in enumerate(words) if word.keys & keys), None)
        for keys in phrase.words
    ]
    return frozenset() if None in found else frozenset(at for at in found if at is not None)


def _shares(columns: Columns, column: int) -> Scores:
    """Return how much each activity is about a facet: those of few themes are so the most."""
    shares = np.zeros(len(columns.activity_id), dtype=np.float32)
    activities = columns.group_activity[columns.marks[:, column]]
    shares[activities] = _focus(columns)[activities]
    return shares


def _focus(columns: Columns) -> Scores:
    return columns.kept.of("focus", lambda: _made_focus(columns))  # type: ignore[no-any-return]


def _made_focus(columns: Columns) -> Scores:
    themes = [at for name, at in columns.facet.items() if name.startswith("theme:")]
    many = np.ones(len(columns.activity_id), dtype=np.float32)
    many[columns.group_activity] = np.maximum(columns.marks[:, themes].sum(axis=1), 1)
    shares: Scores = many**-SPREAD
    return shares
