"""What facets are called, in each language."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as noop

from halsonav.lib.punctuation import listed
from halsonav.lib.text import in_language
from halsonav.people.models import Centre
from halsonav.places.models import Area, VenueFactKind
from halsonav.programme.models import Dimension, Kind, Level, Need, Purpose, TargetGroup, Theme

AGE_BANDS: Final[dict[str, tuple[int, int]]] = {
    "0-12": (0, 12),
    "13-17": (13, 17),
    "18-25": (18, 25),
    "26-64": (26, 64),
    "65": (65, 120),
}
_AGES: Final = {
    "0-12": noop("Barn, 0 till 12 år"),
    "13-17": noop("Tonår, 13 till 17 år"),
    "18-25": noop("Ung vuxen, 18 till 25 år"),
    "26-64": noop("Vuxen, 26 till 64 år"),
    "65": noop("Senior, från 65 år"),
}
_WANTS: Final[dict[str, str]] = {
    Purpose.MOVE: noop("Röra på mig"),
    Purpose.MEET: noop("Träffa andra"),
    Purpose.LEARN: noop("Lära mig något"),
    Purpose.UNWIND: noop("Slappna av"),
    Purpose.TALK: noop("Prata med någon"),
    Purpose.CREATE: noop("Skapa något"),
}
_KINDS: Final[dict[str, str]] = {
    Kind.DROP_IN: noop("Drop-in"),
    Kind.WALK: noop("Promenader"),
    Kind.COURSE: noop("Kurser"),
    Kind.LECTURE: noop("Föreläsningar"),
    Kind.COUNSELLING: noop("Rådgivning"),
    Kind.CONVERSATION_GROUP: noop("Samtalsgrupper"),
    Kind.EXERCISE: noop("Träning"),
    Kind.OTHER: noop("Annat"),
}
_DIMENSIONS: Final[dict[str, str]] = {
    Dimension.PHYSICAL: noop("Fysisk hälsa"),
    Dimension.PSYCHOLOGICAL: noop("Psykisk hälsa"),
    Dimension.SOCIAL: noop("Social hälsa"),
    Dimension.EXISTENTIAL: noop("Existentiell hälsa"),
}
_LEVELS: Final[dict[str, str]] = {
    Level.EASY: noop("Lätt nivå"),
    Level.MEDIUM: noop("Medelnivå"),
    Level.HARD: noop("Hög nivå"),
}
_LANGUAGES: Final = {
    "sv": noop("Svenska"),
    "sv-easy": noop("Lätt svenska"),
    "en": noop("Engelska"),
    "ar": noop("Arabiska"),
    "so": noop("Somaliska"),
    "fa": noop("Persiska"),
    "ti": noop("Tigrinska"),
    "uk": noop("Ukrainska"),
    "bs": noop("Bosniska, kroatiska, serbiska"),
    "fi": noop("Finska"),
    "es": noop("Spanska"),
    "ru": noop("Ryska"),
    "ku": noop("Kurdiska"),
    "sgn": noop("Svenskt teckenspråk"),
}
_ACCESS: Final[dict[str, str]] = {
    VenueFactKind.WHEELCHAIR: noop("Rullstol"),
    VenueFactKind.PRAM: noop("Barnvagn"),
    VenueFactKind.HEARING_LOOP: noop("Hörslinga"),
    Need.SIGN_INTERPRETED: noop("Teckentolkas"),
    VenueFactKind.STEP_FREE: noop("Utan trappsteg"),
    VenueFactKind.ACCESSIBLE_TOILET: noop("Anpassad toalett"),
    VenueFactKind.LIFT: noop("Hiss"),
    VenueFactKind.CHANGING_TABLE: noop("Skötbord"),
    VenueFactKind.BENCHES: noop("Bänkar"),
    VenueFactKind.QUIET_ROOM: noop("Lugnt rum"),
    VenueFactKind.GUIDE_DOG: noop("Ledarhund"),
    VenueFactKind.PARKING: noop("Parkering"),
    Need.CAPTIONED: noop("Textas"),
    Need.FILMED: noop("Filmas"),
}
_ACCESS_SAID: Final[dict[str, str]] = {
    VenueFactKind.WHEELCHAIR: noop("Det finns plats för rullstol."),
    VenueFactKind.PRAM: noop("Det finns plats för barnvagn."),
    VenueFactKind.HEARING_LOOP: noop("Det finns hörslinga."),
    VenueFactKind.STEP_FREE: noop("Du kommer in utan att gå i trappor."),
    VenueFactKind.ACCESSIBLE_TOILET: noop("Det finns en toalett med plats för rullstol."),
    VenueFactKind.LIFT: noop("Det finns hiss."),
    VenueFactKind.CHANGING_TABLE: noop("Det finns skötbord."),
    VenueFactKind.BENCHES: noop("Det finns bänkar att vila på."),
    VenueFactKind.QUIET_ROOM: noop("Det finns ett rum där du kan vara i fred."),
    VenueFactKind.GUIDE_DOG: noop("Din ledarhund är välkommen."),
    VenueFactKind.PARKING: noop("Det finns parkering för dig med rörelsehinder."),
    Need.SIGN_INTERPRETED: noop("En tolk översätter till svenskt teckenspråk."),
    Need.CAPTIONED: noop("Det som sägs visas också som text."),
    Need.FILMED: noop("Vi filmar aktiviteten."),
}
_WHEN: Final = {
    "today": noop("I dag"),
    "tomorrow": noop("I morgon"),
    "weekend": noop("I helgen"),
    "week": noop("Den här veckan"),
    "next-week": noop("Nästa vecka"),
}
_TIME: Final = {"day": noop("Dagtid, före kl. 17"), "evening": noop("Kväll, efter kl. 17")}
_JOIN: Final = {"none": noop("Ingen anmälan")}
_FIXED: Final[Mapping[str, Mapping[str, str]]] = {
    "want": _WANTS,
    "kind": _KINDS,
    "dimension": _DIMENSIONS,
    "age": _AGES,
    "language": _LANGUAGES,
    "level": _LEVELS,
    "access": _ACCESS,
    "access-said": _ACCESS_SAID,
    "join": _JOIN,
    "when": _WHEN,
    "time": _TIME,
}


class Named(NamedTuple):
    """A facet that is data: its names by language, its place in the order, what it lies in."""

    names: Mapping[str, str]
    name: str
    position: int = 0
    parent: str = ""
    level: str = ""


def read_named() -> dict[str, Named]:
    """Return the facets that are data (areas, themes, groups, centres) by facet key."""
    found: dict[str, Named] = {}
    for area in Area.objects.select_related("parent"):
        above = f"area:{area.parent.slug}" if area.parent else ""
        found[f"area:{area.slug}"] = Named(area.names, area.name, 0, above, area.kind)
    for theme in Theme.objects.all():
        found[f"theme:{theme.slug}"] = Named(theme.names, theme.names.get("sv", ""), theme.position)
    for group in TargetGroup.objects.all():
        found[f"group:{group.slug}"] = Named(group.names, group.names.get("sv", ""), group.position)
    for centre in Centre.objects.all():
        found[f"centre:{centre.slug}"] = Named(centre.names, centre.name)
    return found


@lru_cache(maxsize=4_000)
def _translated(words: str, language: str) -> str:
    with override(language):
        return gettext(words)


def fixed_label(group: str, value: str, language: str) -> str:
    """Return the name of a facet that is the same everywhere, or its value."""
    words = _FIXED.get(group, {}).get(value)
    return _translated(words, language) if words else value


def language_names(codes: Iterable[str], language: str) -> str:
    """Return "svenska, engelska", as inside a sentence: only Swedish writes them in small."""
    names = listed((fixed_label("language", code, language) for code in codes), language)
    return names.lower() if language == "sv" else names


def label(key: str, language: str, named: Mapping[str, Named]) -> str:
    """Return the name of a facet by its key ("area:annedal")."""
    if key in named:
        return in_language(named[key].names, language, named[key].name)
    group, _, value = key.partition(":")
    return fixed_label(group, value, language)


def order_of(group: str) -> Callable[[str], int]:
    """Return where a value of a fixed group stands."""
    listed = list(_FIXED.get(group, {}))
    return lambda value: listed.index(value) if value in listed else len(listed)
