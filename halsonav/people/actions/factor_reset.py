"""Taking a lost second step away: it takes two persons, and the owner hears of it both times."""

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halsonav.people import journal
from halsonav.people.actions.second_person import (
    NotApartError,
    refuse_who_belong_together,
    refuse_who_is_new,
)
from halsonav.people.actions.session import end_sessions
from halsonav.people.letters import own_address, send_letter
from halsonav.people.models import FactorReset, ResetOutcome, User


class TwoPersonsError(ValidationError):
    """The same person cannot ask and decide, and nobody does either for themselves."""


class ResetGoneError(ValidationError):
    """It is decided already, or too old."""


class ResetWaitsError(ValidationError):
    """There is one for the person that waits already."""


@transaction.atomic
def ask_factor_reset(*, by: User, user: User) -> FactorReset:
    """Ask that the user's keys, app and spare codes be taken away; a letter tells them.

    Raises `TwoPersonsError` when `by` is the user, `NotApartError` when their account is new, and
    `ResetWaitsError` when one waits already.
    """
    if by.pk == user.pk:
        raise TwoPersonsError(_("Be en kollega om hjälp med det här."))
    refuse_who_is_new(by)
    User.objects.select_for_update().get(pk=user.pk)
    _close_expired(user)
    if FactorReset.objects.filter(user=user, outcome=ResetOutcome.OPEN).exists():
        raise ResetWaitsError(_("Någon har redan bett om det. Nu väntar det på en kollega."))
    reset = FactorReset.objects.create(user=user, asked_by=by, asked_at=timezone.now())
    journal.record(by=by, verb="ask_factor_reset", about=user)
    send_letter("factor_reset_asked", to=user.email, language=user.language)
    return reset


@transaction.atomic
def approve_factor_reset(*, by: User, reset: FactorReset) -> FactorReset:
    """Take the user's second step away and end their sign-ins; a letter tells them.

    Raises `TwoPersonsError` when `by` asked for it or is the user, `NotApartError` when `by` is new
    or belongs together with who asked, and `ResetGoneError`.
    """
    decided = _decide(by, reset, ResetOutcome.APPROVED)
    _refuse_second(by, decided)
    _take_away(by, decided.user, "approve_factor_reset")
    return decided


@transaction.atomic
def take_factor_away(*, by: journal.Actor, user: User) -> None:
    """Take the user's second step away at once, as who runs the server may; a letter tells them.

    What waits for a second person about them is over then.
    """
    waiting = FactorReset.objects.select_for_update().filter(user=user, outcome=ResetOutcome.OPEN)
    waiting.update(outcome=ResetOutcome.EXPIRED)
    _take_away(by, user, "take_factor_away")


def why_not_approve(*, by: User, reset: FactorReset) -> str:
    """Return why `by` may not approve what another asked, in a sentence, or nothing."""
    try:
        _refuse_second(by, reset)
    except NotApartError as refused:
        return refused.messages[0]
    return ""


@transaction.atomic
def refuse_factor_reset(*, by: User, reset: FactorReset) -> FactorReset:
    """Leave all as it is; raises the same errors."""
    decided = _decide(by, reset, ResetOutcome.REFUSED)
    journal.record(by=by, verb="refuse_factor_reset", about=decided.user)
    return decided


@transaction.atomic
def _decide(by: User, reset: FactorReset, outcome: ResetOutcome) -> FactorReset:
    now = timezone.now()
    waiting = FactorReset.objects.select_for_update().filter(pk=reset.pk, outcome=ResetOutcome.OPEN)
    held = waiting.first()
    if held is None or not FactorReset.objects.open(now).filter(pk=held.pk).exists():
        raise ResetGoneError(_("Det är redan avgjort, eller för gammalt. Börja om."))
    if by.pk in (held.user_id, held.asked_by_id):
        raise TwoPersonsError(_("En annan kollega än du behöver avgöra det."))
    held.outcome, held.decided_by, held.decided_at = outcome, by, now
    held.save(update_fields=["outcome", "decided_by", "decided_at"])
    return held


def _refuse_second(by: User, reset: FactorReset) -> None:
    refuse_who_is_new(by)
    refuse_who_belong_together(reset.asked_by, by)


def _take_away(by: journal.Actor, user: User, verb: str) -> None:
    Authenticator.objects.filter(user_id=user.pk).delete()
    end_sessions(by=by, user=user)
    journal.record(by=by, verb=verb, about=user, fields=["authenticators"])
    send_letter(
        "factor_reset_approved",
        to=user.email,
        language=user.language,
        link=own_address("account_login", user.language),
    )


def _close_expired(user: User) -> None:
    waiting = FactorReset.objects.filter(user=user, outcome=ResetOutcome.OPEN)
    fresh = FactorReset.objects.open(timezone.now()).values("pk")
    waiting.exclude(pk__in=fresh).update(outcome=ResetOutcome.EXPIRED)
