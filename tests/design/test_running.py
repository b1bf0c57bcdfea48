"""Running text: telephone numbers dial and keep their order, small words stay on one line."""

import pytest
from django.template import engines
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from halsonav.design.running import JOINER, running, unbroken


@pytest.mark.parametrize(
    ("number", "dials"),
    [
        ("070-174 06 10", "+46701740610"),
        ("031-390 06 00", "+46313900600"),
        ("08-465 004 10", "+46846500410"),
        ("0980-319 200", "+46980319200"),
        ("+46 31 390 06 00", "+46313900600"),
        ("+46 70-174 06 10", "+46701740610"),
        ("070-174\u00a006\u00a010", "+46701740610"),
    ],
)
def test_a_telephone_number_in_a_sentence_dials(number: str, dials: str) -> None:
    said = running(f"Ring {number}, så möter vi dig.")
    assert said == (
        f'Ring <a href="tel:{dials}"><bdi dir="ltr">{number}</bdi></a>, så möter vi dig.'
    )


def test_each_number_dials_also_in_arabic() -> None:
    said = running("اتصل على 070-174 06 10 أو 031-390 06 00.")
    assert said.count('<bdi dir="ltr">') == 2
    assert said.endswith("</a>.")


@pytest.mark.parametrize(
    "words",
    ["kl. 10.00 till 11.30", "2026-11-24", "413 14 Göteborg", "18–35 år", "A-070-174 06 10x",
     "1177", "0,5 km", "10 000 steg"],
)  # fmt: skip
def test_other_figures_do_not_dial(words: str) -> None:
    assert "<a" not in running(words)


@given(st.text(alphabet=st.sampled_from("<>&'\"0123456789- +abcå–")))
def test_whatever_is_written_is_escaped(text: str) -> None:
    said = running(text)
    bare = said.replace("<a href=", "").replace("</a>", "").replace('<bdi dir="ltr">', "")
    bare = bare.replace("</bdi>", "").replace('">', "")
    assert "<" not in bare


def test_what_is_html_stays_as_it_is() -> None:
    html = SafeString('<a href="tel:+46">070-174 06 10</a>')
    assert running(html) == html


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ("drop-in", f"drop-{JOINER}in"),
        ("din e-postadress", f"din e-{JOINER}postadress"),
        ("anmäl dig · egen tid", "anmäl dig\u00a0· egen tid"),
        ("18–35 år", f"18{JOINER}–{JOINER}35\u00a0år"),
        ("Idrotts- och fritid", "Idrotts- och fritid"),
        ("stads-bibliotek", "stads-bibliotek"),
        ("2026-11-24", "2026-11-24"),
    ],
)
def test_small_words_and_ages_are_held_on_one_line(written: str, held: str) -> None:
    assert unbroken(written) == held


@pytest.mark.parametrize(
    "source",
    [
        '<c-steps :items="items" />',
        '<c-facts :items="facts" />',
        '<c-contact :text="items.0" />',
    ],
)
def test_components_write_running_text(source: str) -> None:
    said = "Ring 070-174 06 10"
    context = {"items": [said], "facts": [{"title": "Fråga", "text": said}]}
    django = engines["django"]
    loader = django.engine.template_loaders[0].loaders[0]  # type: ignore[attr-defined]
    html = django.from_string(loader.cotton_compiler.process(source)).render(context)
    assert 'href="tel:+46701740610"' in html
