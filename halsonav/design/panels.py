"""The registry of Today's panels: rooms register what may need somebody today; `desk` shows it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Row:
    """One thing to do: when (words), what, where, a small second line, and if it is late."""

    when: Words
    title: Words
    href: str
    note: Words = ""
    late: bool = False


@dataclass(frozen=True)
class Link:
    """Where the rest is."""

    href: str
    text: Words


@dataclass(frozen=True)
class Panel:
    """A heading over at most seven rows, and a link to all of them."""

    title: Words
    rows: list[Row] = field(default_factory=list)
    link: Link | None = None


Build = Callable[[Any], Panel | None]
_builds: dict[Build, int] = {}


def register(order: int, build: Build) -> None:
    """Let `build(user)` give a panel, or None when there is nothing for that user to do."""
    _builds[build] = order


def panels_for(user: object) -> list[Panel]:
    """Return the user's panels in order, without the empty ones."""
    in_order = sorted(_builds, key=lambda build: _builds[build])
    return [panel for build in in_order if (panel := build(user)) is not None and panel.rows]


def forget() -> None:
    """Empty the registry; for tests."""
    _builds.clear()
