"""The menus: rooms register their entries by URL name, in `apps.ready()`; the frame shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise


class Member(Protocol):
    """Anybody whose permissions can be asked for."""

    def has_perm(self, perm: str) -> bool:
        """Say whether this person has the permission."""


@dataclass(frozen=True)
class Entry:
    """One entry: its place, its (lazily translated) words, where it leads, who sees it.

    `note` says in a line what is there, where the menu is a page of its own.
    """

    order: int
    label: str | Promise
    url_name: str
    permission: str | None = None
    note: str | Promise = ""


Resolved = tuple[str, str, str | None, str]


class Menu:
    """Entries in order, resolved once per language."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._resolve: Callable[[str, str], tuple[Resolved, ...]]
        self.forget()

    def register(self, entry: Entry) -> None:
        """Add the entry; registering the same URL name again replaces it."""
        self._entries[entry.url_name] = entry
        self.forget()

    def forget(self) -> None:
        """Drop what was resolved, as after a change of the URLs."""
        self._resolve = lru_cache(maxsize=64)(self._resolved)

    def _resolved(self, language: str, urlconf: str) -> tuple[Resolved, ...]:
        entries = sorted(self._entries.values(), key=lambda entry: entry.order)
        return tuple(
            (
                str(entry.label),
                reverse(entry.url_name, urlconf),
                entry.permission,
                str(entry.note),
            )
            for entry in entries
        )

    def rows(
        self, language: str, urlconf: str, path: str, user: Member | None = None
    ) -> list[dict[str, Any]]:
        """Return `label`, `href`, `note` and `current` of each entry that `user` may see.

        `language` must be the active one. Raises `NoReverseMatch` for a URL name that nobody has.
        """
        shown = [
            (label, href, note)
            for label, href, permission, note in self._resolve(language, urlconf)
            if permission is None or (user is not None and user.has_perm(permission))
        ]
        around = [href for _, href, _ in shown if path == href or _within(path, href)]
        nearest = max(around, key=len, default=None)
        return [
            {"label": label, "href": href, "note": note, "current": href == nearest}
            for label, href, note in shown
        ]


def _within(path: str, href: str) -> bool:
    """Say whether the page lies under the entry; a start page has no pages under itself."""
    is_start = href.strip("/") in {"", *dict(settings.LANGUAGES)}
    return not is_start and path.startswith(href)


public = Menu()
footer = Menu()
workspace = Menu()
settings_pages = Menu()


def register_public(order: int, label: str | Promise, url_name: str) -> None:
    """Put an entry in the public site's menu."""
    public.register(Entry(order, label, url_name))


def register_footer(order: int, label: str | Promise, url_name: str) -> None:
    """Put an entry in the public site's footer."""
    footer.register(Entry(order, label, url_name))


def register_workspace(
    order: int, label: str | Promise, url_name: str, permission: str | None = None
) -> None:
    """Put an entry in the menu of `/arbete/`; with a permission only for those who have it."""
    workspace.register(Entry(order, label, url_name, permission))


def register_settings(
    order: int,
    label: str | Promise,
    note: str | Promise,
    url_name: str,
    permission: str | None = None,
) -> None:
    """List a page on the first page of the settings, with a line that says what it is."""
    settings_pages.register(Entry(order, label, url_name, permission, note))
