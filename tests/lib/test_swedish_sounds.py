"""Words that sound alike are alike."""

import pytest

from halsonav.lib.swedish_sounds import sound


@pytest.mark.parametrize(
    ("by_ear", "word"),
    [
        ("jympa", "gympa"),
        ("prommenad", "promenad"),
        ("sprok", "språk"),
        ("treningen", "träningen"),
        ("helsa", "hälsa"),
        ("mosjon", "motion"),
        ("diskusjon", "diskussion"),
        ("djup", "jup"),
        ("fotograf", "photograph"),
        ("kondision", "kondition"),
        ("tjänna", "känna"),
        ("sjärm", "skärm"),
        ("arj", "arg"),
    ],
)
def test_words_spelt_by_ear_sound_like_the_word(by_ear: str, word: str) -> None:
    assert sound(by_ear) == sound(word)


@pytest.mark.parametrize(("one", "other"), [("mat", "mask"), ("gata", "jata"), ("sova", "söva")])
def test_other_words_sound_otherwise(one: str, other: str) -> None:
    assert sound(one) != sound(other)
