"""Handing over to a successor, and leaving: decided in one step, carried out day by day."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from halsonav.people import journal
from halsonav.people.actions.function import appoint_holder, end_holding
from halsonav.people.actions.handover_letters import (
    tell_that_it_is_called_off,
    tell_what_is_decided,
)
from halsonav.people.actions.invitation import invite, may_still_give
from halsonav.people.actions.role import LastOperatorError, give_role, take_role
from halsonav.people.actions.user import close_account
from halsonav.people.models import (
    FunctionHolder,
    HandedRole,
    Handover,
    Invitation,
    JournalEntry,
    RoleAssignment,
    User,
)
from halsonav.people.permissions import Permission
from halsonav.people.rules import may, may_manage

log = logging.getLogger("halsonav.people")


class HandoverError(ValidationError):
    """What was asked for cannot be handed over like that; the message says why."""


@dataclass(frozen=True)
class Newcomer:
    """A successor who has no account yet, and is invited."""

    email: str
    display_name: str
    language: str = "sv"


@transaction.atomic
def hand_over(
    *,
    by: journal.Actor,
    leaver: User,
    successor: User | Newcomer,
    roles: Sequence[RoleAssignment],
    holdings: Sequence[FunctionHolder],
    last_day: date,
    from_day: date,
    closes_account: bool,
) -> Handover:
    """Let the successor have these roles and functions from a day, and the leaver through another.

    What is due today is done at once; the rest on its day (`carry_out_handovers`). A newcomer is
    invited to the first of the roles; the rest is theirs once they have said yes, from the same day
    at the earliest, and until then the functions are vacant after the leaver's last day. With
    `closes_account` all of the leaver's roles and functions end, and the account is closed.

    Raises `HandoverError`, or `ValidationError` for a newcomer's name and address.
    """
    _check(leaver, last_day, from_day)
    _check_what(leaver, successor, roles, holdings)
    if successor == by:
        raise HandoverError({"email": _("Ingen ger sig själv en roll. Be en kollega göra det.")})
    handover = _begin(by, leaver, last_day, from_day, closes_account=closes_account)
    for held in roles:
        place = {"centre": held.centre, "organisation": held.organisation}
        HandedRole.objects.create(handover=handover, role=held.role, **place)
    if isinstance(successor, Newcomer):
        handover.invitation = _invited(by, successor, roles[0])
        handover.functions.set([held.function for held in holdings])
    else:
        handover.successor = successor
        _pass_on(by, handover, holdings)
    handover.save(update_fields=["invitation", "successor"])
    _end_holdings(by, handover, holdings)
    journal.record(by=by, verb="hand_over", about=leaver, fields=["role_assignments"])
    tell_what_is_decided(handover)
    carry_out_handovers(by=by)
    handover.refresh_from_db()
    return handover


@transaction.atomic
def leave(*, by: journal.Actor, leaver: User, last_day: date) -> Handover:
    """Let somebody leave: after the last day roles and functions end and the account is closed.

    Raises `HandoverError`.
    """
    _check(leaver, last_day, last_day)
    handover = _begin(by, leaver, last_day, last_day, closes_account=True)
    handover.taken_at = handover.made_at  # there is nobody to take over
    handover.save(update_fields=["taken_at"])
    _end_holdings(by, handover, ())
    journal.record(by=by, verb="leave", about=leaver, fields=["is_active"])
    tell_what_is_decided(handover)
    return handover


@transaction.atomic
def call_off_handover(*, by: journal.Actor, handover: Handover) -> Handover:
    """Leave undone what has not been done yet; raise `HandoverError` when all has.

    Days that were set on functions stay, and are changed on their own pages.
    """
    held = Handover.objects.select_for_update().open().filter(pk=handover.pk).first()
    if held is None:
        raise HandoverError(_("Det är redan genomfört."))
    return _call_off(by, held)


@transaction.atomic
def call_off_what_they_decided(*, by: journal.Actor, maker: User) -> None:
    """Call off what somebody has decided and waits: they answer for it no more."""
    for handover in Handover.objects.select_for_update().open().filter(made_by=maker):
        _call_off(by, handover)


@transaction.atomic
def take_over(*, by: journal.Actor, invitation: Invitation, user: User) -> None:
    """Let who has accepted an invitation be the successor that it was for, if it was for one."""
    waiting = Handover.objects.select_for_update().filter(
        invitation=invitation, successor=None, called_off_at=None
    )
    for handover in waiting.exclude(leaver=user):
        handover.successor = user
        handover.save(update_fields=["successor"])
        for function in handover.functions.order_by("pk"):
            if handover.made_by and not may(handover.made_by, Permission.MANAGE_PEOPLE, function):
                continue
            appoint_holder(
                by=by,
                organisation=function.organisation,
                title=function.title,
                user=user,
                from_day=max(handover.from_day, timezone.localdate()),
            )
    carry_out_handovers(by=by)


@transaction.atomic
def carry_out_handovers(*, by: journal.Actor = None, today: date | None = None) -> int:
    """Do what is due: give roles whose day has come, and let those go whose last day is over.

    Returns how many halves of handovers were done. Doing it again changes nothing.
    """
    today = today or timezone.localdate()
    taken = list(Handover.objects.select_for_update(of=("self",)).due(today).order_by("pk"))
    for handover in taken:
        _give(by, handover)
    left = list(Handover.objects.select_for_update(of=("self",)).leaving(today).order_by("pk"))
    gone = [handover for handover in left if _has_let_go(by, handover)]
    return len(taken) + len(gone)


def _check(leaver: User, last_day: date, from_day: date) -> None:
    today = timezone.localdate()
    if last_day < today:
        raise HandoverError({"last_day": _("Sista dagen kan tidigast vara i dag.")})
    if from_day < today:
        raise HandoverError({"from_day": _("Den nya kan ta över tidigast i dag.")})
    User.objects.select_for_update().get(pk=leaver.pk)
    if Handover.objects.filter(leaver=leaver, ended_at=None, called_off_at=None).exists():
        raise HandoverError(_("Det är redan bestämt när personen slutar. Ställ in det först."))


def _check_what(
    leaver: User,
    successor: User | Newcomer,
    roles: Sequence[RoleAssignment],
    holdings: Sequence[FunctionHolder],
) -> None:
    owners = {one.user_id for one in roles} | {one.user_id for one in holdings}
    if owners - {leaver.pk}:
        raise HandoverError(_("Bara det som personen har kan lämnas över."))
    if not roles and (isinstance(successor, Newcomer) or not holdings):
        raise HandoverError({"roles": _("Välj minst en roll att lämna över.")})
    if isinstance(successor, Newcomer):
        return
    if successor.pk == leaver.pk:
        raise HandoverError({"email": _("Välj någon annan än den som slutar.")})
    if not successor.is_active:
        raise HandoverError({"email": _("Det kontot är stängt. Öppna det först.")})


def _begin(
    by: journal.Actor, leaver: User, last_day: date, from_day: date, *, closes_account: bool
) -> Handover:
    return Handover.objects.create(
        leaver=leaver,
        last_day=last_day,
        from_day=from_day,
        closes_account=closes_account,
        made_by=by if isinstance(by, User) else None,
        made_at=timezone.now(),
    )


def _invited(by: journal.Actor, newcomer: Newcomer, first: RoleAssignment) -> Invitation:
    return invite(
        by=by,
        email=newcomer.email,
        display_name=newcomer.display_name,
        language=newcomer.language,
        role=first.held_role,
        centre=first.centre,
        organisation=first.organisation,
    )


def _pass_on(by: journal.Actor, handover: Handover, holdings: Sequence[FunctionHolder]) -> None:
    """Appoint the successor to the functions, as long as the leaver was to hold them."""
    for held in holdings:
        begins = max(handover.from_day, held.from_day)
        if held.to_day is None or begins <= held.to_day:
            appoint_holder(
                by=by,
                organisation=held.function.organisation,
                title=held.function.title,
                user=handover.successor,
                from_day=begins,
                to_day=held.to_day,
            )


def _end_holdings(
    by: journal.Actor, handover: Handover, holdings: Sequence[FunctionHolder]
) -> None:
    """Let the leaver's functions end on the last day: these, or all that `by` sees when the account
    closes."""
    last_day = handover.last_day
    among = FunctionHolder.objects.visible_to(by) if by else FunctionHolder.objects.all()
    mine = among.filter(user=handover.leaver)
    if not handover.closes_account:
        mine = mine.filter(pk__in=[held.pk for held in holdings])
    for held in mine.filter(Q(to_day=None) | Q(to_day__gt=last_day)).order_by("pk"):
        if held.from_day <= last_day:
            end_holding(by=by, holder=held, to_day=last_day)
        else:  # it would have begun after they left
            journal.record(by=by, verb="end_holding", about=held, fields=["to_day"])
            held.delete()


def _give(by: journal.Actor, handover: Handover) -> None:
    """Give what the leaver still has and the maker still may give; call off what is empty by that.

    A closed account gets nothing.
    """
    assert handover.successor is not None  # noqa: S101 (what is due has one)
    given = _still_given(handover)
    if not handover.successor.is_active or (handover.roles.exists() and not given):
        _call_off(by, handover)
        return
    for handed in given:
        give_role(
            by=by,
            user=handover.successor,
            role=handed.held_role,
            centre=handed.centre,
            organisation=handed.organisation,
            why="handover",
        )
    handover.taken_at = timezone.now()
    handover.save(update_fields=["taken_at"])
    journal.record(by=by, verb="take_over", about=handover.successor, fields=["role_assignments"])


def _still_given(handover: Handover) -> list[HandedRole]:
    """Return what may be given; who has been let go has left behind what was theirs to give."""
    held = set(_held_by_leaver(handover).values_list("role", "centre", "organisation"))
    return [
        one
        for one in handover.roles.order_by("pk")
        if handover.ended_at or (one.role, one.centre_id, one.organisation_id) in held
        if may_still_give(handover.made_by, one)
    ]


def _held_by_leaver(handover: Handover) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(user=handover.leaver).order_by("pk")


def _call_off(by: journal.Actor, handover: Handover) -> Handover:
    handover.called_off_at = timezone.now()
    handover.save(update_fields=["called_off_at"])
    journal.record(by=by, verb="call_off_handover", about=handover.leaver)
    tell_that_it_is_called_off(handover)
    return handover


def _has_let_go(by: journal.Actor, handover: Handover) -> bool:
    """Let somebody go; who is the last to look after the installation stays until there is another.

    That is tried anew each day, and said in the log.
    """
    try:
        with transaction.atomic():
            _let_go(by, handover)
    except LastOperatorError:
        log.warning("The last operator stays: handover %s waits for another.", handover.pk)
        return False
    return True


def _let_go(by: journal.Actor, handover: Handover) -> None:
    """Take what the leaver had at the decision, as far as its maker reaches today.

    The account is closed when the maker still may and nobody has given it a role since. What
    reaches nothing is called off.
    """
    held = _held_by_leaver(handover)
    mine = held if handover.closes_account else held.filter(_handed(handover))
    taken = [one for one in mine if may_still_give(handover.made_by, one)]
    taken = [one for one in taken if not _is_given_since(handover, one)]
    closes = handover.closes_account and _may_close(handover, taken)
    if not taken and not closes and (handover.closes_account or mine):
        _call_off(by, handover)
        return
    if handover.taken_at is None:
        handover.roles.exclude(pk__in=_left_behind(handover, taken)).delete()
    for assignment in taken:
        take_role(by=by, assignment=assignment)
    if closes:
        close_account(by=by, user=handover.leaver)
    handover.ended_at = timezone.now()
    handover.save(update_fields=["ended_at"])


def _may_close(handover: Handover, taken: list[RoleAssignment]) -> bool:
    if len(taken) < _held_by_leaver(handover).count():
        return False
    return handover.made_by is None or may_manage(handover.made_by, handover.leaver)


def _is_given_since(handover: Handover, held: RoleAssignment) -> bool:
    since = JournalEntry.objects.about(held).filter(verb="give_role", at__gt=handover.made_at)
    return since.exists()


def _left_behind(handover: Handover, taken: list[RoleAssignment]) -> list[int]:
    """Return which of the handed roles the leaver gives up now, for who comes later."""
    places = {(one.role, one.centre_id, one.organisation_id) for one in taken}
    return [
        one.pk
        for one in handover.roles.all()
        if (one.role, one.centre_id, one.organisation_id) in places
    ]


def _handed(handover: Handover) -> Q:
    condition = Q(pk__in=[])
    for one in handover.roles.all():
        condition |= Q(role=one.role, centre=one.centre, organisation=one.organisation)
    return condition
