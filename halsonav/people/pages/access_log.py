"""The journal as people read it: who did or saw what, with whom, when and why.

Looking in it is itself a reading, of everybody who is named on the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halsonav.lib.swedish_calendar import at_wall_clock
from halsonav.people import journal
from halsonav.people.journal_words import deed_in_words, fields_in_words, reason_in_words
from halsonav.people.models import (
    READ,
    ActorKind,
    Centre,
    Function,
    JournalEntry,
    Organisation,
    RoleAssignment,
    User,
    identity_open_to,
)
from halsonav.people.naming import name_like, shown_name

PAGE: Final = 50
LONGEST_NUMBER: Final = 19
MOST_NAMED: Final = 5
"""So many of those who were shown together are named; the rest are counted."""
_USER: Final = "people.user"
_NAMED: Final[tuple[type[Model], ...]] = (Organisation, Centre, Function)
"""Things other than people whose names are public, and are said."""


class Kind(StrEnum):
    """Which lines: those of readings, those of changes, or both."""

    ALL = ""
    READS = "reads"
    WRITES = "writes"


@dataclass(frozen=True)
class Sought:
    """What is looked for in the log. `before` is the number of the line that the page ends at."""

    who: str = ""
    whom: str = ""
    verb: str = ""
    kind: Kind = Kind.ALL
    from_day: date | None = None
    to_day: date | None = None
    before: int | None = None


@dataclass(frozen=True)
class Line:
    """One line in words."""

    number: int
    who: str
    roles: list[str]
    did: str
    whom: list[str]
    more: str
    why: str
    fields: list[str]
    at: datetime


@dataclass(frozen=True)
class Log:
    """A page of lines, and the number to go on from; None at the end."""

    lines: list[Line] = field(default_factory=list)
    before: int | None = None


@transaction.atomic
def log_shown(by: User, sought: Sought) -> Log:
    """Return a page of the lines that the user may read; it is written down who was named."""
    found = _found(by, sought)
    return _page(by, found, sought.before, why="people:log")


@transaction.atomic
def readings_of_self(user: User, before: int | None) -> Log:
    """Return who has been shown the user's own data, but for the user; that is a reading too."""
    theirs = JournalEntry.objects.showing(user).exclude(actor_id=user.pk)
    return _page(user, theirs, before, why="people:own_readings", about=user)


def lines_in_words(by: User, entries: Sequence[JournalEntry], *, why: str) -> list[Line]:
    """Return these lines in words, written down in the open transaction; ask first who may."""
    return _in_words(by, entries, why=why)


def _page(
    by: User,
    found: QuerySet[JournalEntry],
    before: int | None,
    *,
    why: str,
    about: User | None = None,
) -> Log:
    if before is not None:
        found = found.filter(number__lt=before)
    entries = list(found.order_by("-number")[: PAGE + 1])
    more = entries[PAGE - 1].number if len(entries) > PAGE else None
    return Log(_in_words(by, entries[:PAGE], why=why, about=about), more)


def _found(by: User, sought: Sought) -> QuerySet[JournalEntry]:
    lines: QuerySet[JournalEntry] = JournalEntry.objects.visible_to(by)
    if sought.verb:
        lines = lines.filter(verb=sought.verb)
    if sought.kind == Kind.READS:
        lines = lines.filter(verb=READ)
    if sought.kind == Kind.WRITES:
        lines = lines.exclude(verb=READ)
    if sought.from_day:
        lines = lines.filter(at__gte=at_wall_clock(sought.from_day, time.min))
    if sought.to_day:
        lines = lines.filter(at__lt=at_wall_clock(sought.to_day + timedelta(days=1), time.min))
    if sought.who:
        who = _people(by, sought.who, identity_open_to(by))
        lines = lines.filter(actor_id__in=who)
    return lines.filter(_about(_people(by, sought.whom, _told_of(by)))) if sought.whom else lines


def _told_of(by: User) -> QuerySet[User]:
    """Return those of whom the reader may learn that a line is about them."""
    theirs = User.objects.visible_to(by).values("pk")
    return identity_open_to(by).filter(Q(pk=by.pk) | Q(pk__in=theirs))


def _about(people: Iterable[int]) -> Q:
    condition = Q(pk__in=[])
    for pk in people:
        condition |= Q(about_type=_USER, about_id=str(pk)) | Q(shown__contains=f" {pk} ")
    return condition


def _people(by: User, words: str, among: QuerySet[User]) -> list[int]:
    """Return the ids of at most twenty of them whose name, address or number the words tell of.

    Addresses of people who are not the reader's to manage find nobody. Somebody who is gone is
    found by number.
    """
    seen = User.objects.visible_to(by).values("pk")
    condition = name_like(words) | Q(email__iexact=words, pk__in=seen)
    found = set(among.filter(condition).values_list("pk", flat=True)[:20])
    is_number = words.isascii() and words.isdigit() and len(words) < LONGEST_NUMBER
    if is_number and not User.objects.filter(pk=words).exclude(pk__in=among.values("pk")).exists():
        found.add(int(words))
    return sorted(found)


def _in_words(
    by: User, entries: Sequence[JournalEntry], *, why: str, about: User | None = None
) -> list[Line]:
    """Name the people of some lines; `about` is named nowhere, since all lines are of them."""
    actors = {entry.actor_id for entry in entries if entry.actor_id}
    shown = {entry.number: [] if about else _shown_in(entry) for entry in entries}
    wanted = actors.union(*(ids[:MOST_NAMED] for ids in shown.values()))
    people = User.objects.in_bulk(wanted)
    allowed = _allowed(by, people, actors)
    named = [person for pk, person in people.items() if pk in allowed and pk != by.pk]
    journal.record_reading(by=by, people=named, fields=["display_name"], why=why)
    speaker = _Speaker(people, allowed, _roles_of(actors), _public_names(entries))
    return [speaker.line(entry, shown[entry.number]) for entry in entries]


def _allowed(by: User, people: dict[int, User], actors: set[int]) -> set[int]:
    """Return whom a page may name: all who did something, and of the others those one may see."""
    seen = User.objects.visible_to(by).filter(pk__in=people).values_list("pk", flat=True)
    return {*seen, *(pk for pk in people if pk in actors)}


def _shown_in(entry: JournalEntry) -> list[int]:
    if entry.about_type != _USER:
        return []
    return [int(pk) for pk in (entry.shown or entry.about_id).split() if pk.isdigit()]


def _roles_of(actors: set[int]) -> dict[int, list[str]]:
    held: dict[int, list[str]] = {}
    rows = RoleAssignment.objects.filter(user__in=[pk for pk in actors if pk]).order_by("pk")
    for row in rows:
        said = str(row.get_role_display())
        if said not in held.setdefault(row.user_id, []):
            held[row.user_id].append(said)
    return held


def _public_names(entries: Sequence[JournalEntry]) -> dict[tuple[str, str], str]:
    names: dict[tuple[str, str], str] = {}
    for model in _NAMED:
        label = model._meta.label_lower
        ids = [one.about_id for one in entries if one.about_type == label]
        found = model._default_manager.filter(pk__in=[pk for pk in ids if pk.isdigit()])
        names |= {(label, str(one.pk)): str(one) for one in found}
    return names


@dataclass(frozen=True)
class _Speaker:
    """Says lines in words, of what has been read already."""

    people: dict[int, User]
    allowed: set[int]
    roles: dict[int, list[str]]
    names: dict[tuple[str, str], str]

    def line(self, entry: JournalEntry, shown: list[int]) -> Line:
        named = [self.person(pk) for pk in shown[:MOST_NAMED] if self.may_name(pk)]
        left = len(shown) - len(named)
        public = self.names.get((entry.about_type, entry.about_id))
        return Line(
            number=entry.number,
            who=self.actor(entry),
            roles=self.roles.get(entry.actor_id or 0, []),
            did=deed_in_words(entry.verb, entry.why),
            whom=[public] if public else named,
            more=ngettext("%(n)s till", "%(n)s till", left) % {"n": left} if left else "",
            why=reason_in_words(entry.why),
            fields=fields_in_words(entry.fields),
            at=timezone.localtime(entry.at),
        )

    def may_name(self, pk: int) -> bool:
        return pk in self.allowed or pk not in self.people

    def person(self, pk: int) -> str:
        person = self.people.get(pk)
        return shown_name(person) if person else _("Borttagen person %(number)d") % {"number": pk}

    def actor(self, entry: JournalEntry) -> str:
        if entry.actor_kind == ActorKind.SYSTEM:
            return _("Systemet")
        if entry.actor_kind == ActorKind.RESIDENT or entry.actor_id is None:
            return _("En invånare")
        return self.person(entry.actor_id)
