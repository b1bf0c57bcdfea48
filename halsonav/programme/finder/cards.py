"""Ready-made rows of the public list: made when an activity is written, filled in when it is read.

A card is the list's own template with marks where the time, the address and the day's additions
go. So the template is the one truth, and a list costs no template work per row.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from halsonav.design.running import unbroken
from halsonav.lib import dates
from halsonav.lib.swedish_calendar import wall_clock
from halsonav.lib.text import in_language
from halsonav.lib.words import soft_hyphens
from halsonav.programme.finder.filling import DAY, END, MORE, OCCURRENCE, START, START_ISO
from halsonav.programme.finder.labels import fixed_label, language_names
from halsonav.programme.models import (
    FEW_PLACES,
    Activity,
    Dimension,
    Need,
    Occurrence,
    OccurrenceStatus,
    Reason,
)
from halsonav.programme.queries import wordings

ACCESS_ICONS: Final = {
    "wheelchair": "wheelchair",
    "hearing_loop": "hearing",
    Need.SIGN_INTERPRETED: "sign",
    Need.PRAM: "pram",
}


@dataclass(frozen=True)
class CardTexts:
    """A card in one language."""

    row: str
    week: str
    data: str


def make_cards(
    activity: Activity, occurrence: Occurrence, following: datetime | None, languages: Sequence[str]
) -> dict[str, CardTexts]:
    """Return the card of an occurrence's group in each language.

    `following` is the next time that is not cancelled, told when this one is. Reads texts, venue,
    facts and organisers of the activity (prefetch them).
    """
    cards = {}
    for language in languages:
        with override(language):
            context = _context(activity, occurrence, following, language)
            shown = _unbroken(_breakable(context) if language == "sv" else context)
            cards[language] = CardTexts(
                row=render_to_string("programme/_card_row.html", shown).strip(),
                week=render_to_string("programme/_card_week.html", shown).strip(),
                data=json.dumps(_data(activity, occurrence, context), ensure_ascii=False),
            )
    return cards


def _context(
    activity: Activity, occurrence: Occurrence, following: datetime | None, language: str
) -> dict[str, Any]:
    texts = wordings(activity, language)
    venue = occurrence.venue or activity.venue
    place = in_language(venue.names, language, venue.name)
    area = in_language(venue.area.names, language, venue.area.name)
    title = texts["title"]
    foreign = title.language if title.language != language else ""
    return {
        "href": reverse("website:occurrence", args=(activity.slug, 0)).replace(
            "/0/", f"/{OCCURRENCE}/"
        ),
        "title": title.value,
        "title_lang": foreign,
        "title_note": _("Texten är på svenska.") if foreign == "sv" else "",
        "start": START,
        "iso": START_ISO,
        "end": END,
        "day": DAY,
        "more": MORE,
        "line": "\u00a0· ".join(_line(place, area, str(texts["condition"].value))),
        "condition": str(texts["condition"].value),
        "place": place,
        "area": area,
        "venue": place,
        "language": language_names(
            (code for code in activity.languages if code != "sgn"), language
        ),
        "access": _access(activity, venue, language),
        "of": " ".join(activity.dimensions),
        "of_text": health_words(activity.dimensions),
        **_status(activity, occurrence, following, language),
    }


def _breakable(context: dict[str, Any]) -> dict[str, Any]:
    """Return the context with soft hyphens in what may stand in a narrow column."""
    names = ("title", "line", "venue", "condition")
    return context | {name: soft_hyphens(context[name]) for name in names}


def _unbroken(context: dict[str, Any]) -> dict[str, Any]:
    """Return the context with small words and ages whole: "drop-in", "18–35 år"."""
    return context | {name: unbroken(context[name]) for name in ("title", "line", "condition")}


def _line(place: str, area: str, condition: str) -> list[str]:
    """Return what stands after the title; an area that the place's name holds is not said again."""
    parts = [place, "" if area.lower() in place.lower() else area, condition]
    return [part for part in parts if part]


def _access(activity: Activity, venue: Any, language: str) -> list[dict[str, str]]:
    has = {fact.kind for fact in venue.facts.all()} | set(activity.needs)
    return [
        {"icon": icon, "text": fixed_label("access", kind, language)}
        for kind, icon in ACCESS_ICONS.items()
        if kind in has
    ]


def health_words(dimensions: Sequence[str]) -> str:
    """Return "Fysisk och social hälsa" in the active language; each language has its own order."""
    named = {
        Dimension.PHYSICAL: _("fysisk"),
        Dimension.PSYCHOLOGICAL: _("psykisk"),
        Dimension.SOCIAL: _("social"),
        Dimension.EXISTENTIAL: _("existentiell"),
    }
    words = [named[Dimension(name)] for name in named if name in dimensions]
    if not words:
        return ""
    if len(words) == 4:
        return _("Hela hälsan")
    sentences = {
        1: _("%(first)s hälsa"),
        2: _("%(first)s och %(second)s hälsa"),
        3: _("%(first)s, %(second)s och %(third)s hälsa"),
    }
    said = sentences[len(words)] % dict(zip(("first", "second", "third"), words, strict=False))
    return said[:1].upper() + said[1:]


def _status(
    activity: Activity, occurrence: Occurrence, following: datetime | None, language: str
) -> dict[str, str]:
    """Return the one status that a row may have: kind, words, and the reason beside them."""
    if occurrence.is_cancelled:
        return {
            "kind": "cancelled",
            "status": _("Inställt"),
            "reason": " ".join(
                filter(
                    None, (str(Reason(occurrence.reason).label), _next_time(following, language))
                )
            ),
        }
    if occurrence.status == OccurrenceStatus.MOVED:
        return _moved(occurrence, language)
    return _places(activity, occurrence)


def _next_time(following: datetime | None, language: str) -> str:
    if following is None:
        return ""
    local = wall_clock(following)
    return _("Nästa gång: %(day)s kl. %(clock)s.") % {
        "day": dates.long_day(local.date(), language),
        "clock": dates.clock(local, language),
    }


def _moved(occurrence: Occurrence, language: str) -> dict[str, str]:
    old, new = wall_clock(occurrence.slot), wall_clock(occurrence.starts_at)
    if old == new:
        said = _("Ny plats") if _is_elsewhere(occurrence) else _("Ny sluttid")
        return {"kind": "moved", "status": said}
    if old.date() != new.date():
        said = _("Flyttat från %(day)s") % {"day": dates.long_day(old.date(), language)}
        return {"kind": "moved", "status": said}
    said = _("Flyttat till kl. %(clock)s") % {"clock": dates.clock(new, language)}
    return {"kind": "moved", "status": said, "old": dates.clock(old, language)}


def _is_elsewhere(occurrence: Occurrence) -> bool:
    """Say whether it is held at another place than its schedule says."""
    usual = occurrence.activity.venue_id
    planned = occurrence.schedule.venue_id if occurrence.schedule else None
    return (occurrence.venue_id or usual) != (planned or usual)


def _places(activity: Activity, occurrence: Occurrence) -> dict[str, str]:
    if activity.capacity is None:
        return {}
    left = activity.capacity - occurrence.places_taken
    if left <= 0:
        return {"kind": "few", "status": _("Fullt. Ring och ställ dig på kö.")}
    if left <= FEW_PLACES:
        said = ngettext("Få platser: %(n)d kvar", "Få platser: %(n)d kvar", left)
        return {"kind": "few", "status": said % {"n": left}}
    return {}


def _data(activity: Activity, occurrence: Occurrence, context: dict[str, Any]) -> dict[str, Any]:
    """Return what the JSON list says, but for the times."""
    return {
        "title": context["title"],
        "url": f"{MORE}{context['href']}",
        "venue": context["venue"],
        "place": (occurrence.venue or activity.venue).slug,
        "area": context["area"],
        "language": list(activity.languages),
        "status": str(occurrence.status),
        "moved_from": _moved_from(occurrence),
        "status_text": context.get("status", ""),
        "status_kind": context.get("kind", ""),
        "reason": context.get("reason", ""),
        "free": activity.cost == 0,
    }


def _moved_from(occurrence: Occurrence) -> str | None:
    """Return when it would have been (RFC 3339, Sweden's offset) if its time was changed."""
    if occurrence.status != OccurrenceStatus.MOVED or occurrence.slot == occurrence.starts_at:
        return None
    return wall_clock(occurrence.slot).isoformat()
