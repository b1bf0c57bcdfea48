"""A centre's colours: contrast as WCAG has it, weak pairs told in words, only colours get in."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halsonav.design import theme

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_known_contrasts_are_wcags() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert theme.contrast("#14503d", "#faf6ee") == pytest.approx(8.7, abs=0.1)


@given(colours, colours)
def test_contrast_is_the_same_both_ways_and_from_1_to_21(one: str, other: str) -> None:
    assert theme.contrast(one, other) == theme.contrast(other, one)
    assert 1 <= theme.contrast(one, other) <= 21.0001


@given(colours)
def test_a_colour_has_no_contrast_with_itself(colour: str) -> None:
    assert theme.contrast(colour, colour) == 1


@given(colours, colours, st.floats(0, 1))
def test_a_mix_lies_between_its_parts(one: str, other: str, share: float) -> None:
    def parts(colour: str) -> list[int]:
        return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]

    for mixed, a, b in zip(
        parts(theme.mix(one, other, share)), parts(one), parts(other), strict=True
    ):
        assert min(a, b) <= mixed <= max(a, b)


def test_our_own_colours_are_strong_enough() -> None:
    assert theme.check({}) == []
    assert theme.css({}) == ""


def test_tokens_css_and_the_theme_hold_the_same_values() -> None:
    tokens = (Path(theme.__file__).parent / "css" / "tokens.css").read_text(encoding="utf-8")
    light, dark = tokens.split("@media (prefers-color-scheme:dark)")

    for name, value in theme.LIGHT.items():
        assert f"--{name.replace('_', '-')}:{value};" in light
    for name, value in theme.DARK.items():
        assert f"--{name.replace('_', '-')}:{value};" in dark


@given(
    st.fixed_dictionaries({}, optional={"spruce": colours, "hero": colours, "hero_line": colours})
)
def test_a_theme_is_let_through_exactly_when_every_pair_is_strong_enough(
    values: dict[str, str],
) -> None:
    strong = all(
        theme.contrast(named[pair.front], named[pair.ground]) >= pair.least
        for named in (theme.colours(values), theme.colours(values, dark=True))
        for pair in theme.PAIRS
    )

    assert (theme.check(values) == []) is strong


@given(colours)
def test_links_in_the_dark_are_readable_whatever_the_centre_chose(spruce: str) -> None:
    dark = theme.colours({"spruce": spruce}, dark=True)

    assert theme.contrast(dark["spruce"], dark["paper"]) >= theme.TEXT


@given(st.dictionaries(st.sampled_from(theme.NAMES), colours))
def test_the_style_sheet_holds_nothing_but_custom_properties_with_colours(
    values: dict[str, str],
) -> None:
    rest = re.sub(r"--[a-z0-9-]+:#[0-9a-fA-F]{6};?", "", theme.css(values))

    assert rest in (
        "",
        "@media screen{:root{}}",
        "@media screen{:root{}@media (prefers-color-scheme:dark){:root{}}}",
    )


@given(st.sampled_from(theme.NAMES), st.text(max_size=30))
def test_what_is_no_colour_gets_in_nowhere(name: str, text: str) -> None:
    if not text or re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        return
    with pytest.raises(ValueError, match="Skriv färgen så här"):
        theme.css({name: text})
    assert len(theme.check({name: text})) == 1


def test_a_pale_colour_is_refused_in_plain_words() -> None:
    said = theme.check({"spruce": "#7fc9a9"})

    assert said[0] == (
        "Färgen på länkar mot sidans bakgrund syns för svagt i ljust läge: kontrasten är 1,7 men "
        "behöver vara minst 7. Välj en färg som skiljer sig mer."
    )
    assert not any("mörkt" in sentence for sentence in said)


def test_words_of_the_logo_are_not_colours() -> None:
    assert theme.css({"logo_text": "Mötesplats Hälsa"}) == ""
    assert theme.check({"logo_text": "Mötesplats Hälsa"}) == []


def test_a_chosen_colour_brings_those_that_follow_from_it() -> None:
    text = theme.css({"spruce": "#1b3f7a", "hero": "#1b3f7a"})

    assert "--spruce:#1b3f7a" in text
    assert "--spruce-wash:" in text
    assert "--hero-petal:" in text
    assert "prefers-color-scheme:dark" in text
    assert theme.check({"spruce": "#1b3f7a"}) == []
