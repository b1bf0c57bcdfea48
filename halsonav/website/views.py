"""The public pages."""

import json
import secrets
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from halsonav.design.context import framed
from halsonav.lib import dates
from halsonav.people.privacy.processing import groups
from halsonav.places.nearness import find_position
from halsonav.programme.actions.missed_searches import note_missed_search
from halsonav.programme.finder import Finder, FinderQuery, Page, read_activity
from halsonav.website import activity_view, addresses, find_view, start_view, subject_view
from halsonav.website.answers import json_answer, kept, wants_json
from halsonav.website.middleware import language_of

WRITTEN: Final = date(2026, 11, 22)
"""The day from which the texts on accessibility and personal data are."""


@require_safe
def start(request: HttpRequest) -> HttpResponseBase:
    """Show what happens today and tomorrow, and the sentence that searches."""
    return kept(
        request,
        lambda finder: render(request, "website/start.html", start_view.context(finder)),
    )


@require_safe
def find(request: HttpRequest) -> HttpResponseBase:
    """Show what fits the address: as a list, a week or a map, or as JSON when asked."""
    return kept(request, partial(_found, request))


def _found(request: HttpRequest, finder: Finder) -> HttpResponse:
    query, problems = find_view.read(request.GET, finder, find_position)
    if wants_json(request):
        return json_answer(_json(finder, finder.find(find_view.listed(finder, query)), problems))
    page, context = find_view.context(finder, query, problems)
    if page.total == 0:
        _note(finder, page)
    return HttpResponse(framed(request, "website/find.html", context))


def _note(finder: Finder, page: Page) -> None:
    if page.query.text:
        filters = ",".join(f"{group}:{value}" for group, value in page.query.facets)
        note_missed_search(
            day=finder.moment.today,
            language=finder.language,
            text=page.query.text,
            filters=filters,
        )


def _json(finder: Finder, page: Page, problems: list[str]) -> str:
    """Return the list as JSON; the rows are ready and only joined."""
    href = partial(find_view.address, settings.ORIGIN + addresses.page("find"))
    following = page.next_query
    tail = {
        "next": href(following) if following else None,
        "total": page.total,
        "notes": problems + find_view.word_notes(page, finder),
    }
    rows = ", ".join(hit.data for hit in page.hits)
    return f'{{"results": [{rows}], {json.dumps(tail, ensure_ascii=False)[1:]}'


@require_safe
def activity(request: HttpRequest, slug: str, occurrence: int = 0) -> HttpResponseBase:
    """Show an activity with its next times; an occurrence's address shows that time first."""
    return kept(request, partial(_activity, request, slug, occurrence))


def _activity(request: HttpRequest, slug: str, occurrence: int, finder: Finder) -> HttpResponse:
    page = read_activity(finder, slug, occurrence, all_times=request.GET.get("dates") == "all")
    if page is None:
        raise Http404
    context = activity_view.context(finder, page, occurrence)
    return HttpResponse(framed(request, "website/activity.html", context))


@require_safe
def themes(request: HttpRequest) -> HttpResponseBase:
    """Show all themes with how much there is of each."""
    return _subjects(request, "theme")


@require_safe
def theme(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show a theme in words, and what one can do."""
    return _subject(request, "theme", slug)


@require_safe
def areas(request: HttpRequest) -> HttpResponseBase:
    """Show all areas as a map and a list."""
    return _subjects(request, "area")


@require_safe
def area(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show an area, what happens there and who serves it."""
    return _subject(request, "area", slug)


def _subjects(request: HttpRequest, kind: str) -> HttpResponseBase:
    template = f"website/{kind}s.html"
    return kept(
        request,
        lambda finder: render(request, template, subject_view.index_context(finder, kind)),
    )


def _subject(request: HttpRequest, kind: str, slug: str) -> HttpResponseBase:
    def made(finder: Finder) -> HttpResponse:
        if f"{kind}:{slug}" not in finder.named:
            raise Http404
        context = subject_view.context(finder, kind, slug)
        return render(request, f"website/{kind}.html", context)

    return kept(request, made)


@require_safe
def talk(request: HttpRequest) -> HttpResponse:
    """Show whom one can talk with, where and when."""
    return render(request, "website/talk.html", {"centres": _centres(request)})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Show who stands behind the site."""
    return render(request, "website/about.html", {"centres": _centres(request)})


def _legal(request: HttpRequest) -> dict[str, Any]:
    """Return the centres, and the day from which the text is."""
    day = dates.day_and_month(WRITTEN, request.LANGUAGE_CODE)
    return {"centres": _centres(request), "written": f"{day} {WRITTEN.year}"}


def _centres(request: HttpRequest) -> list[dict[str, Any]]:
    return start_view.centres(request.user, request.LANGUAGE_CODE)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show how accessible the site is and how to report a fault."""
    return render(request, "website/accessibility.html", _legal(request))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is kept about visitors."""
    own = {"groups": groups(), "ask_href": reverse("own_data:ask")}
    return render(request, "website/privacy.html", _legal(request) | own)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that what was sent cannot be read; repeats nothing of it, and reads none of it again.

    A session that could not be written for want of a database comes here too, as if the request
    were at fault; it is answered as the failure of ours that it is.
    """
    if any(isinstance(one, OperationalError) for one in _behind(exception)):
        return server_error(request)
    with translation.override(language_of(request.path_info)):
        context = {
            "heading": _("Det gick inte att läsa det som skickades"),
            "lead": _("Gå tillbaka och försök igen, eller börja om på startsidan."),
            "links": [{"href": reverse("website:start"), "text": _("Till startsidan")}],
        }
        return render(request, "design/message.html", context, status=400)


def _behind(exception: BaseException | None) -> Iterator[BaseException]:
    """Yield the exception, and those while which it was raised."""
    while exception is not None:
        yield exception
        exception = exception.__cause__ or exception.__context__


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the page is not there, and help on."""
    context = {
        "heading": _("Sidan finns inte"),
        "lead": _missing_lead(),
        "links": [
            {"href": reverse("website:find"), "text": _("Se alla aktiviteter")},
            {"href": reverse("website:talk"), "text": _("Prata med någon")},
            *_numbers(request),
        ],
        "search": find_view.search_box(FinderQuery()),
    }
    return render(request, "design/message.html", context, status=404)


def _missing_lead() -> SafeString:
    said = _(
        "Adressen kan vara gammal eller felskriven."
        ' Sök här, eller gå till <a href="%(start)s">startsidan</a>.'
    )
    return mark_safe(said % {"start": reverse("website:start")})  # noqa: S308 (our own words)


def _numbers(request: HttpRequest) -> list[dict[str, str]]:
    """Return the centres' numbers as links; each is whole and reads rightly."""
    rows = start_view.centres(AnonymousUser(), request.LANGUAGE_CODE)
    said = _("Ring %(name)s, %(phone)s")
    return [
        {
            "href": row["phone_href"],
            "text": said % {"name": row["name"], "phone": _whole(row["phone"])},
        }
        for row in rows
        if row["phone"]
    ]


def _whole(number: str) -> str:
    return "\u2066" + number.replace(" ", "\u00a0").replace("-", "-\u2060") + "\u2069"


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that we failed; touches neither database nor session.

    The fault gets a number, which stands in the log. Only who is known to have signed in is told
    it: strangers learn nothing of what broke.
    """
    request.fault_number = secrets.token_hex(4)  # type: ignore[attr-defined]
    known = getattr(getattr(request, "_cached_user", None), "is_authenticated", False)
    context = {
        "number": request.fault_number if known else "",  # type: ignore[attr-defined]
        "heading": _("Något gick fel hos oss"),
        "lead": _("Det du skrev finns kvar om du går tillbaka. Försök igen om en stund."),
        "links": [{"href": reverse("website:start"), "text": _("Till startsidan")}],
    }
    return render(request, "design/message.html", context, status=500)
