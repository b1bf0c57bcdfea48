"""The living catalogue: every component is there, with an example that renders."""

import re

import pytest
from django.template.loader import render_to_string

from halsonav.design import catalogue
from halsonav.design.context import frame
from tests.design.conftest import Ask

SHOWN = [name for _, names in catalogue.GROUPS for name in names]


def _render(name: str, language: str, ask: Ask) -> str:
    context = {
        **frame(ask("/komponenter/", language)),
        **catalogue.forms_shown(),
        "icons": catalogue.icon_names(),
        "w": catalogue.words(language),
    }
    return render_to_string(f"design/examples/{name}.html", context)


def test_every_component_has_its_place_in_the_catalogue() -> None:
    assert sorted(SHOWN) == sorted(path.stem for path in catalogue.COMPONENTS.glob("*.html"))


def test_every_component_has_an_example_and_every_example_a_component() -> None:
    assert sorted(SHOWN) == sorted(path.stem for path in catalogue.EXAMPLES.glob("*.html"))


def test_every_component_is_described_in_the_readme() -> None:
    readme = (catalogue.ROOM / "README.md").read_text(encoding="utf-8")

    missing = [name for name in SHOWN if f"<c-{name.replace('_', '-')}" not in readme]
    assert missing == []


@pytest.mark.parametrize("language", ["sv", "ar"])
@pytest.mark.parametrize("name", SHOWN)
def test_the_example_renders_whole(name: str, language: str, ask: Ask) -> None:
    html = _render(name, language, ask)

    assert "<c-" not in html
    assert "{{" not in html
    assert re.search(r"<(svg|nav|form|section|div|p|ol|ul|dl|a|span|button|header|footer)\b", html)


@pytest.mark.parametrize("name", SHOWN)
def test_the_example_calls_its_component(name: str) -> None:
    source = (catalogue.EXAMPLES / f"{name}.html").read_text(encoding="utf-8")

    assert re.search(rf"<c-{name.replace('_', '-')}[\s/>]", source)


def test_arabic_examples_speak_arabic(ask: Ask) -> None:
    html = _render("departure_row", "ar", ask)

    assert "نزهة مع عربات الأطفال" in html
    assert "Barnvagnspromenad" not in html


def test_words_in_both_languages_have_the_same_names() -> None:
    assert catalogue.words("sv").keys() == catalogue.words("ar").keys()


def test_every_icon_that_a_component_draws_is_in_the_sprite() -> None:
    drawn = set()
    for path in catalogue.COMPONENTS.glob("*.html"):
        drawn |= set(re.findall(r'#i-([a-z-]+)"', path.read_text(encoding="utf-8")))
        drawn |= set(re.findall(r'<c-icon name="([a-z-]+)"', path.read_text(encoding="utf-8")))

    assert drawn <= set(catalogue.icon_names())
    assert {"bus", "wheelchair", "pram", "hearing", "sign", "lift"} <= set(catalogue.icon_names())
