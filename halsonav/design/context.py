"""The frame of every page: language row, menus, whose site it is. Runs on each page: no queries."""

from collections.abc import Hashable, Mapping
from functools import lru_cache, partial
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.signals import setting_changed
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils import translation
from django.utils.safestring import SafeString

from halsonav.design import menu
from halsonav.design.moulds import moulded
from halsonav.design.site import current_site

WORKSPACE = "/arbete/"
LONGEST_QUERY = 2000


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what the base templates show around a page; README.md lists the names."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    urlconf = get_urlconf() or settings.ROOT_URLCONF
    at_work = request.path.startswith(WORKSPACE)
    languages = _languages(request, language, urlconf)
    house = current_site(request)
    rows = partial(_menu_rows, request, language, urlconf)
    return {
        "house": house,
        "site": house,  # the same, under the name that allauth's views take for themselves
        "site_name": settings.SITE_NAME,
        "organisation_sign_in": settings.OIDC.get("name", ""),
        "home": start_page(language),
        "language": language,
        "direction": direction(language),
        "languages": languages,
        "alternates": _alternates(languages),
        "canonical": settings.ORIGIN + request.path,
        "path": request.path,
        "menu": partial(rows, menu.public),
        "footer_menu": partial(rows, menu.footer),
        "workspace_menu": partial(rows, menu.workspace),
        "base_template": "design/workspace.html" if at_work else "design/public.html",
    }


def framed(request: HttpRequest, template: str, context: Mapping[str, Any]) -> SafeString:
    """Return a public page in its frame, filled into the template's mould (`moulds.py`)."""
    around = frame(request)
    menus = {name: around[name]() for name in ("menu", "footer_menu")}
    here = tuple([row["current"] for rows in menus.values() for row in rows])
    addresses = {name: around[name] for name in ("languages", "alternates", "canonical")}
    return moulded(
        template,
        {**context, **addresses},
        fixed=lambda: {**around, **menus},
        key=(around["house"], here),
    )


def direction(language: str) -> str:
    """Return `rtl` or `ltr`."""
    return "rtl" if language.partition("-")[0] in settings.LANGUAGES_BIDI else "ltr"


def start_page(language: str) -> str:
    """Return the language's start page: `/` in Swedish, `/en/` in English."""
    return "/" if language == settings.LANGUAGE_CODE else f"/{language}/"


def _menu_rows(
    request: HttpRequest, language: str, urlconf: str, which: menu.Menu
) -> list[dict[str, Any]]:
    user = getattr(request, "user", None) if which is menu.workspace else None
    return which.rows(language, urlconf, request.path, user)


LONGEST_KEPT = 150
"""Signs: a longer address is resolved each time, so that visitors cannot fill the memory."""


@lru_cache(maxsize=8192)
def _address(
    view_name: str,
    args: tuple[Hashable, ...],
    kwargs: tuple[tuple[str, Hashable], ...],
    language: str,
    urlconf: str,
) -> str | None:
    with translation.override(language):
        try:
            return reverse(view_name, urlconf, args or None, dict(kwargs) or None)
        except NoReverseMatch:
            return None


def _forget(**changed: object) -> None:
    """Drop what was resolved when the addresses change, as they do between tests."""
    if changed["setting"] in ("ROOT_URLCONF", "LANGUAGES", "LANGUAGE_CODE"):
        _address.cache_clear()
        for which in (menu.public, menu.footer, menu.workspace, menu.settings_pages):
            which.forget()


setting_changed.connect(_forget)


def _addresses(request: HttpRequest, urlconf: str) -> dict[str, str]:
    """Return this page's path by language, for the languages that have it."""
    given: dict[str, str] | None = getattr(request, "addresses", None)
    if given is not None:
        return given
    match = request.resolver_match
    if match is None or not match.view_name:
        return {}
    key = (match.view_name, tuple(match.args), tuple(sorted(match.kwargs.items())))
    resolve = _address if len(request.path) <= LONGEST_KEPT else _address.__wrapped__
    found = {code: resolve(*key, code, urlconf) for code, _ in settings.LANGUAGES}
    own = found.get(settings.LANGUAGE_CODE)
    return {
        code: path
        for code, path in found.items()
        if path and (path != own or code == settings.LANGUAGE_CODE)
    }


def _query(request: HttpRequest) -> str:
    """Return the query as it came, safe in an address; an unreasonably long one is left out."""
    raw: str = request.META.get("QUERY_STRING", "")
    if not raw or len(raw) > LONGEST_QUERY:
        return ""
    return "?" + quote(raw.encode("latin-1", "replace"), safe="/%[]=:;$&()+,!?*@'~")


def _languages(request: HttpRequest, active: str, urlconf: str) -> list[dict[str, Any]]:
    addresses = _addresses(request, urlconf)
    tail = _query(request)
    rows = []
    for code, name in settings.LANGUAGES:
        path = addresses.get(code)
        rows.append(
            {
                "code": code,
                "name": name,
                "dir": direction(code),
                "href": path + tail if path else start_page(code),
                "path": path,
                "current": code == active,
            }
        )
    return rows


def _alternates(languages: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return the page's whole address in each language, when there is more than one."""
    rows = [
        {"code": row["code"], "href": settings.ORIGIN + row["path"]}
        for row in languages
        if row["path"]
    ]
    return rows if len(rows) > 1 else []
