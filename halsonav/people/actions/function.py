"""Functions, and who holds them from when to when."""

from datetime import date

from django.db import transaction

from halsonav.people import journal
from halsonav.people.actions.changing import change_fields
from halsonav.people.models import Function, FunctionHolder, Organisation, User


@transaction.atomic
def appoint_holder(
    *,
    by: journal.Actor,
    organisation: Organisation,
    title: str,
    from_day: date,
    user: User | None = None,
    described_as: str = "",
    to_day: date | None = None,
) -> FunctionHolder:
    """Let a user, or a role described in words, hold a function; make the function if it is new.

    Raises `ValidationError` when neither or both are given, or when the end is before the start.
    """
    holder = FunctionHolder(
        function=_function(by, organisation, title),
        user=user,
        described_as=described_as,
        from_day=from_day,
        to_day=to_day,
    )
    holder.full_clean()
    holder.save()
    journal.record(by=by, verb="appoint_holder", about=holder)
    return holder


@transaction.atomic
def end_holding(*, by: journal.Actor, holder: FunctionHolder, to_day: date) -> FunctionHolder:
    """Say the last day of the holding; raise `ValidationError` if it is before the first."""
    holder.to_day = to_day
    holder.full_clean()
    holder.save(update_fields=["to_day"])
    journal.record(by=by, verb="end_holding", about=holder, fields=["to_day"])
    return holder


@transaction.atomic
def rename_function(*, by: journal.Actor, function: Function, title: str) -> Function:
    """Give the function another title; raise `ValidationError` when there is one with it."""
    if change_fields(function, {"title": title}):
        journal.record(by=by, verb="rename_function", about=function, fields=["title"])
    return function


def _function(by: journal.Actor, organisation: Organisation, title: str) -> Function:
    found = Function.objects.filter(organisation=organisation, title=title).first()
    return found or create_function(by=by, organisation=organisation, title=title)


@transaction.atomic
def create_function(*, by: journal.Actor, organisation: Organisation, title: str) -> Function:
    """Return a function that nobody holds yet; raise `ValidationError` for one that is there."""
    function = Function(organisation=organisation, title=title)
    function.full_clean()
    function.save()
    journal.record(by=by, verb="create_function", about=function)
    return function
