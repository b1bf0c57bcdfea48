"""What stored fields are called where a person reads them: the models' own names, translated."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIELD_WORDS: Final[Mapping[str, Promise]] = {
    "Message-ID": _("Message-ID"),
    "accepterad": _("accepterad"),
    "aktiv": _("aktiv"),
    "användare": _("användare"),
    "avgjort": _("avgjort"),
    "avgjort av": _("avgjort av"),
    "avgjort när": _("avgjort när"),
    "avsändaradressens hash": _("avsändaradressens hash"),
    "bett av": _("bett av"),
    "bett när": _("bett när"),
    "day": _("day"),
    "e-post": _("e-post"),
    "enhet": _("enhet"),
    "filters": _("filters"),
    "från och med": _("från och med"),
    "funktion": _("funktion"),
    "fält": _("fält"),
    "föregående hash": _("föregående hash"),
    "första ja": _("första ja"),
    "försök": _("försök"),
    "gäller": _("gäller"),
    "gäller till": _("gäller till"),
    "hash": _("hash"),
    "inbjuden av": _("inbjuden av"),
    "inloggad": _("inloggad"),
    "kommer från": _("kommer från"),
    "köat": _("köat"),
    "language": _("language"),
    "läge": _("läge"),
    "länkens hash": _("länkens hash"),
    "nummer": _("nummer"),
    "när": _("när"),
    "nästa försök": _("nästa försök"),
    "omräknat": _("omräknat"),
    "organisation": _("organisation"),
    "roll": _("roll"),
    "rollens namn": _("rollens namn"),
    "räknas på": _("räknas på"),
    "sakens id": _("sakens id"),
    "senast sedd": _("senast sedd"),
    "sista ja": _("sista ja"),
    "skickad": _("skickad"),
    "skickat": _("skickat"),
    "skyddade personuppgifter": _("skyddade personuppgifter"),
    "slag": _("slag"),
    "slag av aktör": _("slag av aktör"),
    "slag av sak": _("slag av sak"),
    "språk": _("språk"),
    "stängt": _("stängt"),
    "text": _("text"),
    "text som HTML": _("text som HTML"),
    "till": _("till"),
    "till och med": _("till och med"),
    "tillagd": _("tillagd"),
    "times": _("times"),
    "utfall": _("utfall"),
    "vad": _("vad"),
    "varför": _("varför"),
    "vem": _("vem"),
    "verksamhet": _("verksamhet"),
    "visade": _("visade"),
    "visningsnamn": _("visningsnamn"),
    "ämne": _("ämne"),
    "återtagen": _("återtagen"),
    "adress": _("adress"),
    "frågat": _("frågat"),
    "öppnat": _("öppnat"),
    "brevets länk": _("brevets länk"),
    "raderingens länk": _("raderingens länk"),
}
"""By the model's own word. A field of ours that is in the register and not here fails a test."""


def word_for(field: Any) -> str:
    """Return what a model's field is called in the language that is spoken now."""
    own = str(field.verbose_name)
    return str(FIELD_WORDS.get(own, own))
