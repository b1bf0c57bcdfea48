"""An activity's own page, ready-made per language; only its times are filled in when it is read."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from halsonav.lib import dates
from halsonav.lib.punctuation import listed
from halsonav.lib.text import in_language
from halsonav.places.models import Venue, VenueFactKind, VenueKind
from halsonav.programme.finder.cards import health_words
from halsonav.programme.finder.labels import fixed_label, language_names
from halsonav.programme.models import Activity, FinderPage, RegistrationRule
from halsonav.programme.queries import Wording, wordings

FACT_ICONS: Final = {
    "step_free": "step-free",
    "wheelchair": "wheelchair",
    "accessible_toilet": "toilet",
    "hearing_loop": "hearing",
    "lift": "lift",
    "changing_table": "pram",
    "benches": "bench",
    "quiet_room": "quiet",
    "pram": "pram",
    "guide_dog": "dog",
    "parking": "parking",
    "sign_interpreted": "sign",
    "captioned": "captions",
    "filmed": "film",
}

OF_THE_PLACE: Final = frozenset(FACT_ICONS[kind] for kind in VenueFactKind.values)
"""Icons of what the editors may have told of the activity's own place."""


def make_pages(activity: Activity, languages: Sequence[str]) -> list[FinderPage]:
    """Return the activity's page in each language; reads what `write_activity` prefetches.

    Its parts hold `places`: what is said of each venue where it is held, by the venue's slug.
    """
    pages = []
    for language in languages:
        with override(language):
            parts = _parts(activity, language)
        pages.append(
            FinderPage(
                activity_id=activity.pk,
                slug=activity.slug,
                language=language,
                parts=json.dumps(parts, ensure_ascii=False),
            )
        )
    return pages


def _parts(activity: Activity, language: str) -> dict[str, Any]:
    texts = wordings(activity, language)
    organisers = _organisers(activity, language)
    context = {
        "texts": texts,
        "foreign": _foreign(texts, language),
        "of": " ".join(activity.dimensions),
        "of_text": health_words(activity.dimensions),
        "free": activity.cost == 0,
        "paragraphs": _paragraphs(texts["description"]),
        "organised": _("Ordnas av %(names)s.") % {"names": listed(organisers, language)}
        if organisers
        else "",
        "confirmed": _confirmed(activity, language),
        "machine_made": any(text.is_machine_made for text in texts.values()),
        "outdated": any(text.is_outdated for text in texts.values()),
    }
    return {
        "title": texts["title"].value,
        "title_lang": texts["title"].language,
        "summary": texts["summary"].value,
        "head": render_to_string("programme/_activity_head.html", context).strip(),
        "foot": render_to_string("programme/_activity_foot.html", context).strip(),
        "venue": activity.venue.slug,
        "places": {
            venue.slug: _place(activity, venue, context, language) for venue in venues_of(activity)
        },
        **_joining(activity, language),
        "themes": [theme.slug for theme in activity.themes.all()],
        "free": activity.cost == 0,
        "cost": int(activity.cost),
        "organisers": organisers,
    }


def _foreign(texts: dict[str, Wording], language: str) -> str:
    """Return the language of the words when it is not the reader's."""
    return texts["title"].language if texts["title"].language != language else ""


def _paragraphs(text: Wording) -> list[str]:
    return [part.strip() for part in str(text.value).split("\n\n") if part.strip()]


def _know(
    activity: Activity, venue: Venue, texts: dict[str, Wording], language: str
) -> list[dict[str, str]]:
    """Return what is good to know: the editors' facts, then the language, then the venue's.

    What the editors told of the activity's own place is left out at another.
    """
    told = [
        {"icon": fact["icon"], "title": fact["claim"], "text": fact["sentence"]}
        for fact in texts["know"].value
        if venue == activity.venue or fact["icon"] not in OF_THE_PLACE
    ]
    icons = {fact["icon"] for fact in told}
    held = [
        {
            "icon": FACT_ICONS.get(kind, "info"),
            "title": fixed_label("access", kind, language),
            "text": note,
        }
        for kind, note in _held(activity, venue, language)
        if FACT_ICONS.get(kind) not in icons
    ]
    spoken = [] if "language" in icons else [_spoken(activity, language)]
    return told + spoken + held


def _held(activity: Activity, venue: Venue, language: str) -> Iterable[tuple[str, str]]:
    for need in activity.needs:
        yield need, _said(need, language)
    for fact in venue.facts.all():
        if fact.kind not in activity.needs:
            yield fact.kind, in_language(fact.note, language, _said(fact.kind, language))


def _said(kind: str, language: str) -> str:
    return fixed_label("access-said", kind, language)


def _spoken(activity: Activity, language: str) -> dict[str, str]:
    names = language_names(activity.languages, language)
    return {
        "icon": "language",
        "title": names[:1].upper() + names[1:],
        "text": _("Språk på aktiviteten."),
    }


def _organisers(activity: Activity, language: str) -> list[str]:
    return [
        in_language(organisation.names, language, organisation.name)
        for organisation in activity.organisers.all()
    ]


def _confirmed(activity: Activity, language: str) -> str:
    if not activity.confirmed_by or not activity.confirmed_on:
        return ""
    name = in_language(activity.confirmed_by.names, language, activity.confirmed_by.name)
    day = dates.day_and_month(activity.confirmed_on, language)
    return _("Uppgifterna bekräftades av %(name)s den %(day)s %(year)d.") % {
        "name": name,
        "day": day,
        "year": activity.confirmed_on.year,
    }


def venues_of(activity: Activity) -> list[Venue]:
    """Return where the activity is held: its own venue first, then where single times are."""
    others = {one.venue.pk: one.venue for one in activity.occurrences.all() if one.venue}
    return list(({activity.venue.pk: activity.venue} | others).values())


def _place(
    activity: Activity, venue: Venue, context: dict[str, Any], language: str
) -> dict[str, Any]:
    """Return what is said of a venue; meeting point and steps are of the activity's own."""
    texts, at_home = context["texts"], venue == activity.venue
    body = context | {
        "steps": texts["steps"].value if at_home else [],
        "know": _know(activity, venue, texts, language),
    }
    directions = in_language(venue.directions, language)
    return {
        "place": in_language(venue.names, language, venue.name),
        "place_note": texts["meeting_point"].value if at_home else directions,
        "body": render_to_string("programme/_activity_body.html", body).strip(),
        "address": ", ".join(filter(None, (venue.address, _postcode(venue.postcode)))),
        "transport": in_language(venue.transport, language),
        "area": in_language(venue.area.names, language, venue.area.name),
        "area_slug": venue.area.slug,
        "lat": venue.lat,
        "lon": venue.lon,
        "online": venue.kind == VenueKind.ONLINE,
    }


def _postcode(code: str) -> str:
    return f"{code[:3]} {code[3:]}".strip()


def _joining(activity: Activity, language: str) -> dict[str, str]:
    centre = activity.centre
    name = in_language(centre.names, language, centre.name)
    words = {
        RegistrationRule.NONE: _("Kom som du är. Du behöver inte anmäla dig."),
        RegistrationRule.OPTIONAL: _(
            "Anmäl dig gärna till %(name)s, men det går bra att bara komma."
        )
        % {"name": name},
        RegistrationRule.REQUIRED: _("Anmäl dig till %(name)s. Ring eller skriv.") % {"name": name},
    }
    return {
        "join": words[RegistrationRule(activity.registration)],
        "registration": activity.registration,
        "centre": name,
        "centre_slug": centre.slug,
        "phone": centre.phone,
        "email": centre.email,
        "hours": in_language(centre.phone_hours, language),
        "talk": in_language(centre.talk, language),
    }
