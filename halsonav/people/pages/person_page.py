"""A person as those who manage them are shown: roles, functions, sign-ins.

Showing the page is one reading. Which fields stand there is said by `shown_fields`.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from halsonav.people import journal
from halsonav.people.models import FunctionHolder, Handover, RoleAssignment, Session, User
from halsonav.people.naming import shown_name
from halsonav.people.pages.role_places import role_at
from halsonav.people.pages.shown_fields import IDENTITY, fields_shown_to
from halsonav.people.periods import day_in_words, period_in_words
from halsonav.people.rules import may_change_account, may_give
from halsonav.people.signing_in.second_factor import has_second_factor


@dataclass(frozen=True)
class HeldRole:
    """A role of theirs, and whether who looks may take it."""

    id: int
    words: str
    may_take: bool


@dataclass(frozen=True)
class Holding:
    """A function that they hold or have held."""

    function: int
    title: str
    organisation: str
    when: str


@dataclass(frozen=True)
class OpenSignIn:
    """A sign-in that can be ended."""

    id: str
    device: str
    seen_at: datetime | None


@dataclass(frozen=True)
class Leaving:
    """That they hand over or leave, when, and whether an invited successor has yet to answer."""

    id: int
    last_day: str
    from_day: str
    is_handover: bool
    waits_for_answer: bool


@dataclass(frozen=True)
class PersonPage:
    """A person, as far as who looks is shown them."""

    id: int
    name: str
    email: str
    is_self: bool
    is_active: bool
    is_protected: bool
    may_open: bool
    may_change: bool
    two_steps: bool | None
    joined_at: datetime | None
    roles: list[HeldRole] = field(default_factory=list)
    functions: list[Holding] = field(default_factory=list)
    sign_ins: list[OpenSignIn] = field(default_factory=list)
    leaving: Leaving | None = None


@transaction.atomic
def person_shown(by: User, person: User, *, why: str, opened: bool = False) -> PersonPage:
    """Return the person's page; it is written down that, and why, they were shown.

    A protected person's name and address stand there only when who may see them has opened them.
    """
    may_see = fields_shown_to(by, person)
    closed = person.is_protected and not opened and person.pk != by.pk
    shown = may_see - IDENTITY if closed else may_see
    _write_down(by, person, shown, why)
    return PersonPage(
        id=person.pk,
        name=person.display_name if "display_name" in shown else shown_name(person),
        email=person.email if "email" in shown else "",
        is_self=person.pk == by.pk,
        is_active=person.is_active,
        is_protected=person.is_protected,
        may_open=closed and may_see >= IDENTITY,
        may_change=may_change_account(by, person),
        two_steps=has_second_factor(person) if "second_step" in shown else None,
        joined_at=person.joined_at if "joined_at" in shown else None,
        roles=_roles(by, person),
        functions=_functions(by, person),
        sign_ins=_sign_ins(by, person) if "sessions" in shown else [],
        leaving=_leaving(by, person) if "handovers" in shown else None,
    )


@transaction.atomic
def person_named(by: User, person: User, *, why: str) -> str:
    """Return what to call the person on a page about one thing of theirs; it is written down."""
    field = "is_protected" if person.is_protected else "display_name"
    _write_down(by, person, {field}, why)
    return shown_name(person)


def _write_down(by: User, person: User, fields: set[str] | frozenset[str], why: str) -> None:
    if person.pk != by.pk:
        journal.record_reading(by=by, people=[person], fields=fields, why=why)


def _roles(by: User, person: User) -> list[HeldRole]:
    held = RoleAssignment.objects.visible_to(by).filter(user=person)
    return [
        HeldRole(one.pk, role_at(one.held_role, one.place), may_give(by, one.held_role, one.place))
        for one in held.select_related("centre", "organisation").order_by("pk")
    ]


def _functions(by: User, person: User) -> list[Holding]:
    held = FunctionHolder.objects.visible_to(by).filter(user=person)
    return [
        Holding(
            one.function_id,
            one.function.title,
            one.function.organisation.name,
            period_in_words(one.from_day, one.to_day),
        )
        for one in held.select_related("function__organisation").order_by("-from_day", "pk")
    ]


def _sign_ins(by: User, person: User) -> list[OpenSignIn]:
    rows = Session.objects.visible_to(by).filter(user=person, expire_date__gt=timezone.now())
    return [OpenSignIn(row.pk, row.device, row.seen_at) for row in rows.order_by("-seen_at")]


def _leaving(by: User, person: User) -> Leaving | None:
    open_ones = Handover.objects.visible_to(by).open().filter(leaver=person)
    held = open_ones.order_by("-pk").first()
    if held is None:
        return None
    waits = held.invitation_id is not None and held.successor_id is None
    return Leaving(
        id=held.pk,
        last_day=day_in_words(held.last_day),
        from_day=day_in_words(held.from_day),
        is_handover=bool(held.invitation_id or held.successor_id),
        waits_for_answer=waits,
    )
