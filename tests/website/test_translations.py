"""Everything that people see is said in every language, wholly and with the same parts."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo

from halsonav.website import translations
from halsonav.website.translations import LANGUAGES, LOCALE_DIR, ROOT
from tests.website.swedish import (
    ARABIC,
    COMMON,
    LETTERS_OF_ITS_OWN,
    PLACEHOLDER,
    WORD,
    forms,
    key,
    marks,
)

NAMES: Final = frozenset(("hälsonav",))
FOR_ONE_NUMBER: Final = {"en": (0,), "ar": (0, 1, 2)}
"""Plural forms that stand for a single number, and may say it in words."""
SENTENCE_ENDS: Final = {".": ".", "?": "?؟", ":": ":"}


def path_of(language: str) -> Path:
    return ROOT / LOCALE_DIR / language / "LC_MESSAGES" / "django.po"


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def catalogue(language: str) -> Catalog:
    return translations.read(path_of(language), language)


def said(catalogue: Catalog) -> Iterator[tuple[Message, int, str]]:
    """Return each wording of each translation with its message and its place among the forms."""
    for message in catalogue:
        if message.id:
            for at, wording in enumerate(forms(message.string)):
                yield message, at, wording


def in_words(message: Message) -> tuple[str, str]:
    """Return a compiled message's key, whose context is still bytes."""
    context = message.context or b""
    return key(message), context.decode() if isinstance(context, bytes) else context


# The catalogues --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def faults() -> dict[str, translations.Faults]:
    return translations.check(ROOT)


def test_everything_is_said_in_each_language_and_nothing_else(
    faults: dict[str, translations.Faults], language: str
) -> None:
    assert faults[language] == translations.Faults()


def test_the_code_says_a_few_hundred_things() -> None:
    found = {key(message) for message in translations.extract(ROOT) if message.id}
    assert len(found) > 400
    assert {"Hitta aktiviteter", "Filter", "aktiviteter/<slug:slug>/", "hälsocoach"} <= found


def test_every_wording_keeps_placeholders_and_tags(catalogue: Catalog, language: str) -> None:
    for message, at, wording in said(catalogue):
        swedish = forms(message.id)[-1]
        wanted = marks(swedish)
        if message.pluralizable and at in FOR_ONE_NUMBER[language] and "n" not in marks(wording):
            wanted.remove("n")
        assert marks(wording) == wanted, swedish


def test_every_counted_message_has_all_forms_of_its_language(
    catalogue: Catalog, language: str
) -> None:
    assert catalogue.plural_forms.startswith(translations.PLURALS[language].split(";")[0])
    counted = [message for message in catalogue if message.pluralizable]
    assert len(counted) >= 5
    for message in counted:
        assert len(forms(message.string)) == {"en": 2, "ar": 6}[language], key(message)


def test_no_swedish_stands_in_a_translation(catalogue: Catalog) -> None:
    for message, _, wording in said(catalogue):
        words = {word.lower() for word in WORD.findall(PLACEHOLDER.sub(" ", wording))} - NAMES
        assert not words & COMMON, wording
        assert not any(LETTERS_OF_ITS_OWN.search(word) for word in words), key(message)


def test_arabic_is_written_in_arabic_with_western_figures() -> None:
    for message, _, wording in said(translations.read(path_of("ar"), "ar")):
        bare = PLACEHOLDER.sub("", wording)
        is_address = key(message).endswith(("/", ".ics"))
        if WORD.search(bare) and not is_address:
            assert ARABIC.search(bare), key(message)
        assert not any(figure in wording for figure in "٠١٢٣٤٥٦٧٨٩?,;"), wording


def test_addresses_are_plain_and_keep_their_parts(catalogue: Catalog) -> None:
    addresses = [wording for message, _, wording in said(catalogue) if key(message).endswith("/")]
    assert len(addresses) > 8
    assert all(address.isascii() and address.endswith("/") for address in addresses)
    assert len(set(addresses)) == len(addresses)


def test_a_sentence_stays_a_sentence_and_a_question_a_question(catalogue: Catalog) -> None:
    for message, _, wording in said(catalogue):
        end = key(message)[-1]
        if end in SENTENCE_ENDS:
            assert wording[-1] in SENTENCE_ENDS[end], wording
        else:
            assert wording[-1] not in ".?؟:", wording
        assert wording == wording.strip() or key(message) == ", "


def test_a_label_keeps_its_first_letter_large_or_small_in_english() -> None:
    for message, _, wording in said(translations.read(path_of("en"), "en")):
        swedish = key(message)
        if swedish[0].isalpha() and wording[0].isalpha():
            assert swedish[0].isupper() == wording[0].isupper(), swedish


# The files -------------------------------------------------------------------------------------


def test_a_catalogue_that_is_written_again_is_the_same_file(
    catalogue: Catalog, language: str
) -> None:
    text = path_of(language).read_bytes()
    assert translations._written(catalogue, language) == text
    assert b"\n#: " not in text
    assert b"POT-Creation-Date" not in text
    assert b"fuzzy" not in text


def test_the_site_reads_the_translations_as_they_are(catalogue: Catalog, language: str) -> None:
    compiled = path_of(language).with_suffix(".mo")
    assert compiled.exists(), "Run `halsonav build`."
    with compiled.open("rb") as source:
        built = {in_words(one): forms(one.string) for one in read_mo(source) if one.id}
    wanted = {translations.key(one): forms(one.string) for one in catalogue if one.id}
    assert built == wanted, "Run `halsonav build`."


# The tool, on a small package ------------------------------------------------------------------

TEMPLATE = """<c-filters label="{% translate 'Filter' %}" :close="close">
  {% if more %}<p>{% translate "Fler" context "filter" %}</p>{% endif %}
{% blocktranslate count n=number %}{{ n }} rad{% plural %}{{ n }} rader{% endblocktranslate %}
 {% blocktranslate %}<b>Hej</b> {{ name }}, 100 %{% endblocktranslate %} {{ _("Slut") }} '
</c-filters>{# it's only a comment #}
"""
CODE = """
WORDS = {"a": noop("Alltid"), "b": gettext_lazy("Sedan")}
def speak(n, _, words):
    for code, _name in words:
        print(_(words), _("Nu %(n)d") % {"n": n}, pgettext("time", "Snart"))
    return ngettext("%(n)d dag", "%(n)d dagar", n), _("")
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    room = tmp_path / "halsonav" / "room"
    (room / "templates" / "room").mkdir(parents=True)
    (room / "migrations").mkdir()
    (room / "templates" / "room" / "page.html").write_text(TEMPLATE, "utf-8")
    (room / "views.py").write_text(CODE, "utf-8")
    (room / "migrations" / "0001.py").write_text('_("Aldrig")', "utf-8")
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    return tmp_path


def test_messages_are_found_in_code_and_in_templates(package: Path) -> None:
    found = {translations.key(one): one.id for one in translations.extract(package) if one.id}
    assert found == {
        ("Filter", ""): "Filter",
        ("Fler", "filter"): "Fler",
        ("%(n)s rad", ""): ("%(n)s rad", "%(n)s rader"),
        ("<b>Hej</b> %(name)s, 100 %%", ""): "<b>Hej</b> %(name)s, 100 %%",
        ("Slut", ""): "Slut",
        ("Alltid", ""): "Alltid",
        ("Sedan", ""): "Sedan",
        ("Nu %(n)d", ""): "Nu %(n)d",
        ("Snart", "time"): "Snart",
        ("%(n)d dag", ""): ("%(n)d dag", "%(n)d dagar"),
    }


def test_an_update_takes_in_what_is_new_keeps_what_is_said_and_drops_the_rest(
    package: Path,
) -> None:
    translations.update(package)
    path = package / LOCALE_DIR / "ar" / "LC_MESSAGES" / "django.po"
    catalogue = translations.read(path, "ar")
    catalogue["Alltid"].string = "دائمًا"
    catalogue.add("Förut", "من قبل")
    path.write_bytes(translations._written(catalogue, "ar"))
    assert translations.check(package)["ar"].unused == ["Förut"]
    translations.update(package)
    again = translations.read(path, "ar")
    assert again["Alltid"].string == "دائمًا"
    assert "Förut" not in path.read_text("utf-8")
    assert again.num_plurals == 6


def test_what_is_missing_doubtful_or_half_said_is_told(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert translations.main(["update"]) == 1
    path = package / LOCALE_DIR / "en" / "LC_MESSAGES" / "django.po"
    catalogue = translations.read(path, "en")
    for message in catalogue:
        if message.id:
            message.string = ("one", "more") if message.pluralizable else "said"
    catalogue["Sedan"].flags.add("fuzzy")
    catalogue["%(n)d dag"].string = ("one", "")
    path.write_bytes(translations._written(catalogue, "en"))
    assert translations.check(package)["en"] == translations.Faults(
        missing=["%(n)d dag"], fuzzy=["Sedan"]
    )
    capsys.readouterr()
    assert translations.main(["check"]) == 1
    said = capsys.readouterr().out
    assert "en: 1 saknas, 1 är osäkra, 0 används inte." in said
    assert "osäker: Sedan" in said


def test_compiling_leaves_doubtful_and_half_made_translations_out(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    translations.update(package)
    path = package / LOCALE_DIR / "en" / "LC_MESSAGES" / "django.po"
    catalogue = translations.read(path, "en")
    catalogue["Alltid"].string, catalogue["Sedan"].string = "Always", "Then"
    catalogue["Sedan"].flags.add("fuzzy")
    catalogue["%(n)d dag"].string = ("%(n)d day", "")
    path.write_bytes(translations._written(catalogue, "en"))
    assert translations.main(["compile"]) == 0
    assert capsys.readouterr().out == "Klart: 2 språk.\n"
    with path.with_suffix(".mo").open("rb") as source:
        built = {key(one): one.string for one in read_mo(source) if one.id}
    assert built == {"Alltid": "Always"}


def test_a_whole_package_has_nothing_to_tell(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(package / "halsonav" / "room")
    translations.update(package)
    assert translations.main(["check"]) == 0
    assert "0 saknas" in capsys.readouterr().out
