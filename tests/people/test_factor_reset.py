"""A lost second step is taken away by two persons, and its owner hears of it both times."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from halsonav.people import actions
from halsonav.people.actions import (
    ResetGoneError,
    ResetWaitsError,
    TwoPersonsError,
    forget_what_is_due,
)
from halsonav.people.models import (
    RESET_LASTS,
    Centre,
    ClockReading,
    FactorReset,
    JournalEntry,
    Role,
    User,
)
from halsonav.people.signing_in.second_factor import has_second_factor
from tests.factories.people import PASSWORD, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.second_step]
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def coach(centrum: Centre) -> User:
    user = user_with(Role.COACH, centre=centrum, name="Coachen")
    TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})
    return user


@pytest.fixture
def reset(coach: User, manager: User) -> FactorReset:
    return actions.ask_factor_reset(by=manager, user=coach)


def test_two_persons_take_it_away_and_the_owner_adds_another(
    reset: FactorReset, coach: User, operator: User, mailoutbox: list[EmailMessage]
) -> None:
    signed_in = Client()
    signed_in.force_login(coach)
    assert has_second_factor(coach)
    actions.approve_factor_reset(by=operator, reset=reset)
    assert not Authenticator.objects.filter(user_id=coach.pk).exists()
    assert signed_in.get("/arbete/").headers["Location"].startswith(reverse("account_login"))
    client = Client()
    client.post(reverse("account_login"), {"login": coach.email, "password": PASSWORD})
    assert client.get("/arbete/").headers["Location"] == reverse("mfa_index")
    assert [letter.to for letter in mailoutbox[:2]] == [[coach.email]] * 2
    assert [letter.subject for letter in mailoutbox[:2]] == [
        "Någon vill ta bort ditt andra steg",
        "Ditt andra steg är borttaget",
    ]
    verbs = JournalEntry.objects.about(coach).exclude(verb="sign_in").order_by("number")
    assert list(verbs.values_list("verb", flat=True)) == [
        "ask_factor_reset",
        "end_session",
        "approve_factor_reset",
    ]


def test_asking_alone_takes_nothing_away(reset: FactorReset, coach: User) -> None:
    assert has_second_factor(coach)


def test_nobody_decides_what_they_asked_for_or_anything_about_themselves(
    reset: FactorReset, coach: User, manager: User
) -> None:
    for by in (manager, coach):
        for action in (actions.approve_factor_reset, actions.refuse_factor_reset):
            with pytest.raises(TwoPersonsError):
                action(by=by, reset=reset)
    with pytest.raises(TwoPersonsError):
        actions.ask_factor_reset(by=manager, user=manager)
    assert has_second_factor(coach)


@pytest.mark.parametrize("who", ["asked_by", "user"])
def test_the_database_refuses_it_too(who: str, reset: FactorReset) -> None:
    change = {"decided_by": getattr(reset, who), "decided_at": NOW, "outcome": "approved"}
    with pytest.raises(IntegrityError, match="factor_reset_"), transaction.atomic():
        FactorReset.objects.filter(pk=reset.pk).update(**change)


@pytest.mark.parametrize("change", [{"outcome": "kanske"}, {"decided_at": NOW}])
def test_an_outcome_is_known_and_has_its_time(
    change: dict[str, object], reset: FactorReset
) -> None:
    with pytest.raises(IntegrityError, match="factor_reset_"), transaction.atomic():
        FactorReset.objects.filter(pk=reset.pk).update(**change)


def test_a_colleague_may_refuse_and_then_it_can_be_asked_again(
    reset: FactorReset, coach: User, manager: User, operator: User
) -> None:
    actions.refuse_factor_reset(by=operator, reset=reset)
    assert has_second_factor(coach)
    with pytest.raises(ResetGoneError):
        actions.approve_factor_reset(by=operator, reset=reset)
    assert actions.ask_factor_reset(by=manager, user=coach).outcome == ""


def test_one_waits_at_a_time_and_a_day_at_most(
    reset: FactorReset, coach: User, operator: User, clock: time_machine.Traveller
) -> None:
    with pytest.raises(ResetWaitsError):
        actions.ask_factor_reset(by=operator, user=coach)
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.create(user=coach, asked_by=operator, asked_at=NOW)
    clock.shift(RESET_LASTS)
    with pytest.raises(ResetGoneError):
        actions.approve_factor_reset(by=operator, reset=reset)
    assert actions.ask_factor_reset(by=operator, user=coach).pk != reset.pk
    reset.refresh_from_db()
    assert reset.outcome == "expired"
    assert has_second_factor(coach)


def test_who_sees_it(
    reset: FactorReset,
    coach: User,
    manager: User,
    operator: User,
    torvalla: Centre,
    centrum: Centre,
) -> None:
    elsewhere = user_with(Role.CENTRE_MANAGER, centre=torvalla)
    colleague = user_with(Role.COACH, centre=centrum)
    seen = [
        FactorReset.objects.visible_to(one).exists()
        for one in (coach, manager, operator, elsewhere, colleague)
    ]
    assert seen == [True, True, True, False, False]


def test_it_is_forgotten_after_thirty_days(
    reset: FactorReset, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(days=30))
    forget_what_is_due()
    assert FactorReset.objects.exists()
    ClockReading.objects.all().delete()
    clock.shift(timedelta(days=1))
    forget_what_is_due()
    assert not FactorReset.objects.exists()
