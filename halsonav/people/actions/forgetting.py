"""Forgetting: what the rules say goes at night, and what waits for a person."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halsonav.people import clock_witness, journal
from halsonav.people.models import ClockReading, ForgettingRun, ForgettingState, Hold, User
from halsonav.people.privacy.forgetting import Due, due, ids_hash, preview, rule_named
from halsonav.people.privacy.register import Entry
from halsonav.people.privacy.retention import Rule


class SamePersonError(ValidationError):
    """Whoever said the first yes cannot say the second."""


class NotWaitingError(ValidationError):
    """The run has been decided, or what it was about has changed."""


class ClockInDoubtError(ValidationError):
    """Nothing is forgotten by a clock that may be wrong."""


def forget_what_is_due(*, by: journal.Actor = None) -> list[ForgettingRun]:
    """Forget all that may go, each rule by itself; write down what waits for a person instead."""
    doubt = clock_witness.look()
    return [run for one in preview(doubt=doubt) if (run := _forget_or_wait(by, one))]


def forget_again(*, by: journal.Actor = None) -> int:
    """Forget anew what a restored copy brought back; return how many things.

    However much it is: it had gone before. The clock's witness told of another time and begins
    anew. What needs two people waits for them once more.
    """
    ClockReading.objects.all().delete()
    clock_witness.look()
    found = [one for one in preview() if not one.rule.second_person]
    for one in found:
        _forget(by, one)
    return sum(one.counted for one in found)


@transaction.atomic
def _forget(by: journal.Actor, one: Due) -> ForgettingRun:
    return _carry_out(by, _written_down(replace(one, hold=Hold.NONE)), one)


@transaction.atomic
def _forget_or_wait(by: journal.Actor, one: Due) -> ForgettingRun | None:
    """Carry a rule out, or let it wait; None when it waits already, and its answer comes first."""
    waiting = ForgettingRun.objects.waiting().select_for_update().filter(rule=one.rule.name)
    if still := waiting.first():
        if one.hold == Hold.CLOCK or (one.hold and _stands(still)):
            return None
        _decide(still, ForgettingState.LAPSED)
    run = _written_down(one)
    return run if one.hold else _carry_out(by, run, one)


def _rule_of(run: ForgettingRun) -> tuple[Entry, Rule]:
    found = rule_named(run.rule)
    if found is None:
        raise NotWaitingError(_("Regeln finns inte längre."))
    return found


def _stands(run: ForgettingRun) -> bool:
    """Say whether the rows that were counted are those that would go."""
    entry, rule = _rule_of(run)
    return ids_hash(rule.due(entry.model_class, run.as_of)) == run.ids_hash


def _written_down(one: Due) -> ForgettingRun:
    needs = {Hold.NONE: 0, Hold.SECOND: 2}.get(Hold(one.hold), 1)
    return ForgettingRun.objects.create(
        rule=one.rule.name,
        at=timezone.now(),
        as_of=one.as_of,
        counted=one.counted,
        total=one.total,
        ids_hash=one.ids_hash,
        first_day=one.first_day,
        last_day=one.last_day,
        hold=one.hold,
        needs=2 if one.rule.second_person else needs,
        state=ForgettingState.WAITING,
    )


def _carry_out(by: journal.Actor, run: ForgettingRun, one: Due) -> ForgettingRun:
    one.rule.verb(by, one.rows)
    journal.record(by=by, verb="forget", about=run, fields=sorted(one.entry.fields), why=run.rule)
    return _decide(run, ForgettingState.DONE)


def _decide(run: ForgettingRun, state: ForgettingState) -> ForgettingRun:
    run.state, run.decided_at = state, timezone.now()
    run.save()
    return run


@transaction.atomic
def say_yes(*, by: User, run: ForgettingRun) -> ForgettingRun:
    """Agree to what waits; with the last yes it is forgotten, those rows and no others.

    Raises `SamePersonError` for a second yes by the same person, `NotWaitingError` when it was
    decided or changed meanwhile, `ClockInDoubtError` while the clock is in doubt.
    """
    run = _waiting(run)
    if clock_witness.current_doubt():
        raise ClockInDoubtError(_("Se först efter att klockan går rätt."))
    if not _stands(run):
        raise NotWaitingError(_("Det har ändrats sedan dess. I natt kommer ett nytt förslag."))
    journal.record(by=by, verb="say_yes", about=run, why=run.rule)
    if run.needs == 2 and run.asked_by is None:
        run.asked_by = by.pk
        run.save()
        return run
    if run.asked_by == by.pk:
        raise SamePersonError(_("En annan person än du ska säga det andra jaet."))
    run.approved_by = by.pk
    entry, rule = _rule_of(run)
    return _carry_out(by, run, due(entry, rule, run.as_of))


@transaction.atomic
def say_no(*, by: User, run: ForgettingRun) -> ForgettingRun:
    """Refuse what waits; nothing goes, and the rule proposes anew what is due the next night."""
    run = _waiting(run)
    journal.record(by=by, verb="say_no", about=run, why=run.rule)
    return _decide(run, ForgettingState.REFUSED)


def _waiting(run: ForgettingRun) -> ForgettingRun:
    found = ForgettingRun.objects.waiting().select_for_update().filter(pk=run.pk).first()
    if found is None:
        raise NotWaitingError(_("Det är redan avgjort."))
    return found


@transaction.atomic
def trust_clock(*, by: User) -> None:
    """Say that the clock is right after all; what waited for that may go the next night."""
    clock_witness.look()
    row = ClockReading.objects.select_for_update().get()
    row.doubt = ""
    row.save(update_fields=["doubt"])
    for run in ForgettingRun.objects.waiting().filter(hold=Hold.CLOCK):
        _decide(run, ForgettingState.LAPSED)
    journal.record(by=by, verb="trust_clock", about=row, fields=["doubt"])
