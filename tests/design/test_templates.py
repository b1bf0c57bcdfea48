"""Base templates and components: what stands where, and what must never stand there."""

import re
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string

from halsonav.design import menu
from halsonav.design.site import Site, register_site
from tests.design.conftest import Ask

TEMPLATES = Path(__file__).parents[2] / "halsonav" / "design" / "templates"
ALL = sorted(TEMPLATES.rglob("*.html"))
ACCOUNT = sorted(path.name for path in (TEMPLATES / "account").glob("[!_]*.html"))


class Question(forms.Form):
    name = forms.CharField(label="Namn", max_length=10)
    mail = forms.EmailField(label="E-post", required=False, help_text="Vi skriver en gång.")
    way = forms.ChoiceField(
        label="Svar", choices=[("a", "Brev"), ("b", "Samtal")], widget=forms.RadioSelect
    )
    kept = forms.CharField(widget=forms.HiddenInput, required=False)


def _page(template: str, request: HttpRequest | None, **context: Any) -> str:
    return render_to_string(template, context, request)


def _component(source: str, **context: Any) -> str:
    loader = engines["django"].engine.template_loaders[0].loaders[0]  # type: ignore[attr-defined]
    return engines["django"].from_string(loader.cotton_compiler.process(source)).render(context)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_no_inline_style_script_or_handler(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert not re.search(r"\sstyle=", source)
    assert not re.search(r"<style|javascript:|\son[a-z]+=", source)
    assert not re.search(r'<script(?![^>]*\s(src=|type="application/json"))', source)


def test_the_public_page_has_its_frame_in_order(ask: Ask) -> None:
    menu.register_public(1, "Hitta aktiviteter", "find")
    menu.register_footer(1, "Tillgänglighet", "start")
    register_site(lambda request: Site("Hälsolots Centrum", phone="031-390 06 10"))

    page = _page("design/public.html", ask("/aktiviteter/"), heading="Hitta")
    places = [
        page.index(mark)
        for mark in (
            "Hoppa till innehållet",
            'class="langs"',
            'class="brand"',
            '<details class="menu">',
            '<main id="main"',
            "tel:+46313900610",
            "Tillgänglighet",
        )
    ]

    assert places == sorted(places)
    assert "<title>Hitta – Hälsolots Centrum</title>" in page


def test_the_public_page_tells_machines_about_its_languages(ask: Ask) -> None:
    page = _page("design/public.html", ask("/en/aktiviteter/", "en"))

    assert '<html lang="en" dir="ltr" class="public">' in page
    assert '<link rel="canonical" href="https://halsa.exempel.se/en/aktiviteter/">' in page
    assert 'hreflang="ar" href="https://halsa.exempel.se/ar/aktiviteter/"' in page
    assert 'hreflang="x-default" href="https://halsa.exempel.se/aktiviteter/"' in page


def test_the_arabic_page_fetches_its_letters_at_once_and_the_swedish_does_not(ask: Ask) -> None:
    assert "readex-arabic.woff2" in _page("design/public.html", ask("/ar/", "ar"))
    assert "readex-arabic.woff2" not in _page("design/public.html", ask("/"))


def test_a_centres_theme_is_its_own_sheet(ask: Ask) -> None:
    register_site(lambda request: Site("X", stylesheet="/tema/x.css"))

    assert '<link rel="stylesheet" href="/tema/x.css">' in _page("design/public.html", ask("/"))


def test_a_public_page_leaves_user_and_messages_alone(ask: Ask) -> None:
    request = ask("/")
    request.user = None  # type: ignore[assignment]

    assert "<main" in _page("design/public.html", request)


def test_the_message_page_stands_without_any_frame() -> None:
    page = _page("design/message.html", None)

    assert "Något gick fel hos oss" in page
    assert 'class="public"' in page


def test_the_message_page_helps_on(ask: Ask) -> None:
    page = _page(
        "design/message.html",
        ask("/finns-inte/"),
        heading="Sidan finns inte",
        lead="Adressen kan vara gammal.",
        search={"action": "/aktiviteter/", "name": "q", "label": "Vad vill du göra?", "value": ""},
        links=[{"href": "/", "text": "Till startsidan"}],
    )

    assert "<h1>Sidan finns inte</h1>" in page
    assert 'action="/aktiviteter/"' in page
    assert "Till startsidan" in page


def test_the_list_shows_rows_filters_and_the_way_on(ask: Ask) -> None:
    page = _listed(ask)

    assert 'href="?nar=idag" aria-current="true"' in page
    assert "34 aktiviteter" in page
    assert 'href="?efter=x" rel="next"' in page


def _listed(ask: Ask) -> str:
    return _page(
        "design/list.html",
        ask("/aktiviteter/"),
        heading="Program",
        rows=["a"],
        row_template="design/examples/logo.html",
        result="34 aktiviteter",
        filters=[
            {
                "title": "När",
                "options": [{"label": "I dag", "href": "?nar=idag", "count": 4, "on": True}],
            }
        ],
        chosen=[{"href": "?", "label": "I dag"}],
        pager={"next": "?efter=x"},
    )


def test_an_empty_list_says_what_to_do_next(ask: Ask) -> None:
    page = _page(
        "design/list.html",
        ask("/aktiviteter/"),
        heading="Program",
        rows=[],
        empty={
            "title": "Vi hittade inget",
            "text": "Sök bredare.",
            "links": [{"href": "/alla/", "text": "Visa alla"}],
        },
    )

    assert "Vi hittade inget" in page
    assert 'href="/alla/"' in page
    assert 'class="board"' not in page


def test_the_same_list_stands_in_the_workspace(ask: Ask) -> None:
    page = _page("design/list.html", ask("/arbete/program/"), heading="Program", rows=[])

    assert 'class="workspace"' in page
    assert '<meta name="robots" content="noindex">' in page


def test_a_form_without_faults_has_one_button_and_no_summary(ask: Ask) -> None:
    page = _page("design/form.html", ask("/"), heading="Fråga", form=Question(), submit="Skicka")

    assert page.count('class="ds-button"') == 1
    assert "ds-error-summary" not in page
    assert "<title>Fråga" in page
    assert 'name="csrfmiddlewaretoken"' in page


def test_faults_are_told_first_in_the_title_and_at_the_field_in_the_same_words(ask: Ask) -> None:
    form = Question({"name": "", "mail": "amina"})
    page = _page("design/form.html", ask("/"), heading="Fråga", form=form)

    assert "<title>Fel: Fråga" in page
    assert page.index("ds-error-summary") < page.index('<form class="form"')
    assert re.search(r'class="ds-error-summary" tabindex="-1" autofocus', page)
    for field in ("name", "mail"):
        told = f">{form[field].label}: {form.errors[field][0]}</a>"
        assert told in page
        assert f'<p class="ds-validation-message">{form.errors[field][0]}</p>' in page
        assert f'href="#id_{field}"' in page
        assert re.search(rf'id="id_{field}_error"', page)
    assert 'href="#id_way"' in page
    assert '<fieldset id="id_way"' in page
    assert 'value="amina"' in page


def test_a_field_ties_label_hint_and_error_to_its_widget() -> None:
    form = Question({"name": "x", "mail": "amina", "way": "a"})
    html = _component('<c-field :field="form.mail" />', form=form)

    assert '<label for="id_mail">' in html
    assert 'aria-describedby="id_mail_helptext id_mail_error"' in html
    assert 'class="ds-input"' in html
    assert "(om du vill)" in html


def test_a_group_of_choices_is_a_fieldset_with_a_label_for_each() -> None:
    html = _component('<c-field :field="form.way" />', form=Question())

    assert "<legend>Svar</legend>" in html
    assert html.count('type="radio"') == 2
    assert html.count('class="ds-input"') == 2


def test_a_placeholder_never_stands_in_for_a_label() -> None:
    class Placed(forms.Form):
        name = forms.CharField(
            widget=forms.TextInput(attrs={"placeholder": "Namn", "class": "own"})
        )

    html = _component('<c-field :field="form.name" /><c-field :field="form.name" />', form=Placed())

    assert "placeholder" not in html
    assert html.count('class="ds-input own"') == 2


def test_a_hidden_field_is_only_itself() -> None:
    html = _component('<c-field :field="form.kept" />', form=Question())

    assert html.strip() == '<input type="hidden" name="kept" id="id_kept">'


def test_only_the_time_of_a_cancelled_row_is_struck() -> None:
    html = _component(
        '<c-departure-row href="/a/" title="Dans" start="17.00" '
        'kind="cancelled" status="Inställt" />'
    )

    assert '<li class="dep cancelled">' in html
    assert '<span class="tag cancelled">Inställt</span>' in html
    assert "<del>" not in html


def test_a_moved_row_shows_its_old_time() -> None:
    html = _component(
        '<c-departure-row href="/a/" title="Gå" start="15.00" old="13.00" kind="moved" />'
    )

    assert "<del>13.00</del>" in html


def test_what_stands_around_a_component_does_not_leak_into_it() -> None:
    html = _component(
        '<c-departure-row href="/a/" title="Gå" start="15.00" />',
        note="Läckt",
        status="Läckt",
        line="Läckt",
        language="Läckt",
        reason="Läckt",
    )

    assert "Läckt" not in html


def test_a_row_in_another_language_says_so() -> None:
    html = _component(
        '<c-departure-row href="/a/" title="Gå" start="15.00" '
        'title_lang="sv" title_note="på svenska" />'
    )

    assert 'lang="sv">Gå</a>' in html
    assert "på svenska" in html


def test_words_from_people_are_escaped() -> None:
    html = _component('<c-departure-row href="/a/" :title="t" start="15.00" />', t="<b>x</b>")

    assert "<b>x</b>" not in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html


def test_a_chosen_chip_says_that_it_takes_itself_away() -> None:
    assert "Ta bort filtret:" in _component('<c-chip on href="?" text="I dag" />')
    assert "Ta bort" not in _component('<c-chip href="?" text="I dag" count="4" />')


def test_a_count_of_nought_is_a_count() -> None:
    assert "<b>0</b>" in _component('<c-chip href="?" text="I dag" :count="0" />')


def test_the_sentence_has_its_open_words_in_place() -> None:
    html = _component(
        '<c-sentence action="/a/" lead="Gratis" button="Visa 3">'
        '<c-slot name="what"><c-choice name="vad" label="Vad?" :options="o" /></c-slot>'
        '<c-slot name="where">VAR</c-slot><c-slot name="when">NÄR</c-slot></c-sentence>',
        o=[{"value": "x", "label": "dansa", "chosen": True}],
        where="Läckt",
    )
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))

    assert "Jag vill dansa i VAR NÄR" in text
    assert '<option value="x" selected>' in html


def test_buttons_that_need_a_script_are_hidden_until_it_comes() -> None:
    assert " hidden " in _component('<c-near href="?q=x" />')
    assert " hidden " in _component('<c-tool icon="share" share text="Dela" done="Klart" />')
    assert " hidden " in _component('<c-tool icon="print" print text="Skriv ut" />')


def test_a_link_button_is_a_link_and_a_button_sends() -> None:
    assert (
        _component('<c-button href="/x/">Gå</c-button>').strip().startswith('<a class="ds-button"')
    )
    assert 'type="submit"' in _component("<c-button>Spara</c-button>")


@pytest.mark.parametrize("name", ACCOUNT)
def test_every_sign_in_page_renders_with_one_heading(name: str, ask: Ask) -> None:
    page = _page(f"account/{name}", ask("/konto/login/"), form=Question())

    assert page.count("<h1") == 1
    assert "<title>" in page


def test_a_used_up_link_offers_a_new_one(ask: Ask) -> None:
    page = _page("account/password_reset_from_key.html", ask("/"), token_fail=True)

    assert "Länken går inte att använda" in page
    assert 'type="password"' not in page
    assert 'href="/konto/password/reset/"' in page
