"""What the register says of when something goes is what the night's work does, model by model.

The limits stand here once more, by hand, so that neither a rule nor its words changes unseen.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.socialaccount.models import SocialAccount
from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from halsonav.messages.models import Message
from halsonav.people import journal
from halsonav.people.actions import forget_what_is_due, say_yes
from halsonav.people.models import (
    Attempt,
    DataRequest,
    FactorReset,
    ForgettingRun,
    FunctionHolder,
    HandedRole,
    Handover,
    Invitation,
    JournalEntry,
    ReadReview,
    ReviewedReading,
    Role,
    RoleAssignment,
    Session,
    Tombstone,
    User,
)
from halsonav.people.privacy import register
from halsonav.people.privacy.register import Entry
from halsonav.people.privacy.retention import Handling, Kept
from halsonav.programme.models import MissedSearch
from tests.factories.keys import key_of
from tests.factories.people import CentreFactory, FunctionFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db
Maker = Callable[[datetime], Model]


def a_user(at: datetime) -> User:
    return UserFactory.create(is_active=False, closed_at=at)


def an_address(at: datetime) -> EmailAddress:
    user = a_user(at)
    made: EmailAddress = EmailAddress.objects.create(user=user, email=user.email)
    return made


def a_confirmation(at: datetime) -> EmailConfirmation:
    address = an_address(timezone.now())
    made: EmailConfirmation = EmailConfirmation.objects.create(
        email_address=address, key=uuid4().hex
    )
    EmailConfirmation.objects.filter(pk=made.pk).update(created=at)
    return made


def a_handover(at: datetime) -> Handover:
    return Handover.objects.create(
        leaver=UserFactory.create(), last_day=at, from_day=at, made_at=at, ended_at=at, taken_at=at
    )


def a_review(at: datetime) -> ReadReview:
    return ReadReview.objects.create(month=at, drawn_at=at, centre=CentreFactory.create())


def a_journal_line(at: datetime) -> JournalEntry:
    with transaction.atomic():
        return journal.record(by=None, verb="sign_in", about=UserFactory.create())


def an_invitation(at: datetime) -> Invitation:
    return Invitation.objects.create(
        email="asta@exempel.se", display_name="Asta", role=Role.HOST, token_hash=uuid4().hex,
        centre=CentreFactory.create(), created_at=at - timedelta(days=7), expires_at=at,
    )  # fmt: skip


def a_message(at: datetime) -> Message:
    return Message.objects.create(
        to="asta@exempel.se", subject="Hej", status="sent", message_id=uuid4().hex,
        next_attempt_at=at, created_at=at, sent_at=at,
    )  # fmt: skip


def a_run(at: datetime) -> ForgettingRun:
    return ForgettingRun.objects.create(
        rule="gammal", at=at, as_of=at, counted=1, total=1, state="refused", asked_by=1
    )


def a_stone(at: datetime) -> Tombstone:
    return Tombstone.objects.create(kind="person", hash=uuid4().hex, at=at)


MAKERS: Final[dict[str, Maker]] = {
    "people.User": a_user,
    "people.Session": lambda at: Session.objects.create(session_key=uuid4().hex, expire_date=at),
    "mfa.Authenticator": lambda at: key_of(a_user(at), "nyckel"),
    "account.EmailAddress": an_address,
    "account.EmailConfirmation": a_confirmation,
    "people.RoleAssignment": lambda at: RoleAssignment.objects.create(
        user=a_user(at), role=Role.HOST, centre=CentreFactory.create()
    ),
    "socialaccount.SocialAccount": lambda at: SocialAccount.objects.create(
        user=a_user(at), provider="kommunen", uid=uuid4().hex
    ),
    "people.Invitation": an_invitation,
    "people.FactorReset": lambda at: FactorReset.objects.create(
        user=UserFactory.create(), asked_at=at
    ),
    "people.FunctionHolder": lambda at: FunctionHolder.objects.create(
        function=FunctionFactory.create(), user=UserFactory.create(), from_day=at, to_day=at
    ),
    "people.JournalEntry": a_journal_line,
    "people.Handover": a_handover,
    "people.HandedRole": lambda at: HandedRole.objects.create(
        handover=a_handover(at), role=Role.HOST, centre=CentreFactory.create()
    ),
    "people.ReadReview": a_review,
    "people.ReviewedReading": lambda at: ReviewedReading.objects.create(
        review=a_review(at), entry=1, reader=0
    ),
    "people.Attempt": lambda at: Attempt.objects.create(kind="code/account", key="x", at=at),
    "people.ForgettingRun": a_run,
    "people.DataRequest": lambda at: DataRequest.objects.create(
        address="asta@exempel.se", asked_at=at
    ),
    "people.Tombstone": a_stone,
    "outbox.Message": a_message,
    "programme.MissedSearch": lambda at: MissedSearch.objects.create(
        day=at, language="sv", text=uuid4().hex
    ),
}
"""Makes a row of each model, whose time, or that of what it goes with, is the one given."""

YEAR: Final = relativedelta(years=1)
DAY: Final = relativedelta(days=1)
KEPT: Final[dict[str, relativedelta]] = {
    "people.User": YEAR,
    "people.Session": relativedelta(),
    "mfa.Authenticator": YEAR,
    "account.EmailAddress": YEAR,
    "account.EmailConfirmation": 3 * DAY,
    "people.RoleAssignment": YEAR,
    "socialaccount.SocialAccount": YEAR,
    "people.Invitation": 30 * DAY,
    "people.FactorReset": 30 * DAY,
    "people.FunctionHolder": YEAR,
    "people.Handover": YEAR,
    "people.HandedRole": YEAR,
    "people.ReadReview": 2 * YEAR,
    "people.ReviewedReading": 2 * YEAR,
    "people.Attempt": DAY,
    "people.DataRequest": DAY,
    "outbox.Message": 30 * DAY,
    "programme.MissedSearch": 2 * YEAR,
}
"""How long each is kept, as its words say."""
SAID: Final = {
    "trettio dagar": Kept(days=30),
    "ett år": Kept(years=1),
    "två år": Kept(years=2),
}


def _night() -> None:
    """Forget what is due, with the yes of two people where two are asked for."""
    forget_what_is_due()
    for name in ("Ett", "Två"):
        for run in ForgettingRun.objects.waiting():
            say_yes(by=user_with(Role.OPERATOR, name=name), run=run)


def _made(model: str, ago: relativedelta) -> Model:
    at: Any = timezone.now() - ago
    return MAKERS[model](at)


@pytest.mark.parametrize("model", sorted({one.model for one in register.entries()}))
def test_it_goes_when_the_register_says_and_not_before(model: str) -> None:
    stays = model not in KEPT
    limit = KEPT.get(model, 20 * YEAR)
    old, young = _made(model, limit + 2 * DAY), _made(model, limit - DAY)
    _night()
    rows = type(old)._default_manager
    assert rows.filter(pk=old.pk).exists() is stays
    assert rows.filter(pk=young.pk).exists(), "it is not old enough"


@pytest.mark.parametrize("entry", register.entries(), ids=lambda one: one.model)
def test_what_never_goes_by_itself_says_why(entry: Entry) -> None:
    assert bool(entry.no_rule) is (entry.model not in KEPT)


def test_of_a_persons_review_the_reviewer_goes_with_the_account() -> None:
    line: Any = _made("people.ReviewedReading", DAY)
    ReviewedReading.objects.filter(pk=line.pk).update(
        reviewer=a_user(timezone.now() - YEAR - 2 * DAY), verdict="ok", reviewed_at=timezone.now()
    )
    _night()
    line.refresh_from_db()
    assert line.reviewer is None


@pytest.mark.parametrize(
    "entry", [one for one in register.entries() if one.rule], ids=lambda one: one.model
)
def test_a_rule_keeps_to_the_archives_plan_that_it_refers_to(entry: Entry) -> None:
    assert entry.rule
    said = str(entry.rule.reference)
    if "vid inaktualitet" in said:
        assert entry.rule.handling == Handling.LAPSED
        return
    assert entry.rule.handling == Handling.AFTER
    assert [kept for words, kept in SAID.items() if words in said] == [entry.rule.kept]


def test_somebody_who_holds_a_post_still_keeps_it_however_long(db: None) -> None:
    holder = FunctionHolder.objects.create(
        function=FunctionFactory.create(), user=UserFactory.create(), from_day=date(1999, 1, 1)
    )
    _night()
    assert FunctionHolder.objects.filter(pk=holder.pk).exists()
