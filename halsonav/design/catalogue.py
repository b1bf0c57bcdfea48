"""What the catalogue shows: every component in its group, with an example in each language.

An example is `templates/design/examples/<name>.html`; its words come from `words(language)` as `w`,
so that right-to-left is seen with real letters.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from halsonav.design.example_words import ARABIC, SWEDISH

ROOM = Path(__file__).resolve().parent
COMPONENTS = ROOM / "templates" / "cotton"
EXAMPLES = ROOM / "templates" / "design" / "examples"

GROUPS = (
    (_("Grund"), ("logo", "icon", "petals", "button")),
    (_("Ram"), ("language_row", "header", "footer", "crumb")),
    (_("Sök"), ("sentence", "choice", "search_field", "near")),
    (
        _("Filter och vyer"),
        ("chips", "chip", "filters", "filter_group", "views", "result_bar", "pager"),
    ),
    (_("Tavla"), ("day_heading", "departure_row", "status", "empty", "week_day", "map")),
    (_("Aktivitet"), ("occasion", "tools", "tool", "facts", "fact", "steps", "dates")),
    (_("Rutor och listor"), ("notice", "panel", "contact", "theme_list")),
    (_("Formulär"), ("field", "error_summary")),
)
TOKENS = (
    "paper",
    "raised",
    "sunk",
    "ink",
    "ink2",
    "spruce",
    "spruce-wash",
    "hero",
    "hero-line",
    "rowan",
    "rowan-wash",
    "lingon",
    "lingon-wash",
    "moss",
    "lake",
    "straw",
    "heather",
)


@dataclass(frozen=True)
class Item:
    """One component as the catalogue shows it: name, the example's template and source."""

    name: str
    template: str
    source: str


def groups() -> list[tuple[str, list[Item]]]:
    """Return the groups in order with their components."""
    return [(str(title), [_item(name) for name in names]) for title, names in GROUPS]


def _item(name: str) -> Item:
    source = (EXAMPLES / f"{name}.html").read_text(encoding="utf-8").strip()
    return Item(name, f"design/examples/{name}.html", source)


def icon_names() -> list[str]:
    """Return the names of the icons in the sprite."""
    sprite = (ROOM / "templates" / "design" / "_sprite.html").read_text(encoding="utf-8")
    return [part.split('"')[0] for part in sprite.split('<symbol id="i-')[1:]]


class ExampleForm(forms.Form):
    """A form with one of each kind of field."""

    name = forms.CharField(label=_("Förnamn"), max_length=60)
    email = forms.EmailField(
        label=_("E-post"), help_text=_("Vi skriver bara om den här aktiviteten."), required=False
    )
    reach = forms.ChoiceField(
        label=_("Hur vill du få svar?"),
        choices=[("mail", _("Med e-post")), ("phone", _("Med ett samtal"))],
        widget=forms.RadioSelect,
    )
    place = forms.ChoiceField(label=_("Var?"), choices=[("", _("Välj")), ("a", "Annedal")])
    text = forms.CharField(label=_("Vad vill du fråga om?"), widget=forms.Textarea)
    agree = forms.BooleanField(label=_("Jag har läst hur ni sparar mina uppgifter"))


def forms_shown() -> dict[str, Any]:
    """Return a fresh form and one that was sent with faults."""
    wrong = ExampleForm({"name": "Amina", "email": "amina", "agree": ""}, auto_id="wrong_%s")
    wrong.is_valid()
    return {"form": ExampleForm(), "wrong": wrong}


def words(language: str) -> dict[str, Any]:
    """Return the examples' words and lists in Swedish, or in Arabic for `ar`."""
    return ARABIC if language == "ar" else SWEDISH
