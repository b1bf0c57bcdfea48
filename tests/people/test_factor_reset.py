"""A lost second step is taken away by two persons, and its owner hears of it both times."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from halsonav.commands import main
from halsonav.people import actions, journal
from halsonav.people.actions import (
    NotApartError,
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
    Invitation,
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


# Two accounts of one person ----------------------------------------------------------------------


def invited(by: User, other: User, centre: Centre) -> None:
    """Let the other have come by an invitation, under an address that they have left since."""
    actions.invite(
        by=by,
        email="forr@exempel.se",
        display_name=other.display_name,
        role=Role.HOST,
        centre=centre,
    )
    invitation = Invitation.objects.get()
    invitation.accepted_at = NOW
    invitation.save()
    with transaction.atomic():
        journal.record(by=other, verb="accept_invitation", about=invitation)


def invited_by_address(by: User, other: User, centre: Centre) -> None:
    invited(by, user_with(Role.HOST, centre=centre), centre)
    Invitation.objects.update(email=other.email.upper())


def given_role(by: User, other: User, centre: Centre) -> None:
    actions.give_role(by=by, user=other, role=Role.HOST, centre=centre)


@pytest.mark.parametrize("brought_in", [invited, invited_by_address, given_role])
@pytest.mark.parametrize("asker_did", [True, False])
def test_who_was_brought_in_by_the_other_does_not_approve(
    brought_in: Callable[[User, User, Centre], None],
    asker_did: bool,
    reset: FactorReset,
    coach: User,
    manager: User,
    operator: User,
    centrum: Centre,
) -> None:
    twin = user_with(Role.CENTRE_MANAGER, centre=centrum)
    pair = (manager, twin) if asker_did else (twin, manager)
    brought_in(*pair, centrum)
    with pytest.raises(NotApartError, match="bjudit in varandra"):
        actions.approve_factor_reset(by=twin, reset=reset)
    assert has_second_factor(coach)
    actions.approve_factor_reset(by=operator, reset=reset)
    assert not has_second_factor(coach)


def test_an_account_younger_than_a_week_neither_asks_nor_approves(
    coach: User, manager: User, operator: User, clock: time_machine.Traveller
) -> None:
    User.objects.filter(pk=manager.pk).update(joined_at=NOW)
    manager.refresh_from_db()
    clock.shift(timedelta(days=7) - timedelta(seconds=1))
    with pytest.raises(NotApartError, match="nyare än en vecka"):
        actions.ask_factor_reset(by=manager, user=coach)
    reset = actions.ask_factor_reset(by=operator, user=coach)
    with pytest.raises(NotApartError, match="nyare än en vecka"):
        actions.approve_factor_reset(by=manager, reset=reset)
    clock.shift(timedelta(seconds=1))
    actions.approve_factor_reset(by=manager, reset=reset)
    assert not has_second_factor(coach)


def test_who_asked_and_is_gone_is_told_apart_from_nobody(
    reset: FactorReset, operator: User
) -> None:
    FactorReset.objects.update(asked_by=None)
    with pytest.raises(NotApartError):
        actions.approve_factor_reset(by=operator, reset=reset)


def test_a_new_or_brought_in_colleague_may_still_say_no(reset: FactorReset, operator: User) -> None:
    User.objects.filter(pk=operator.pk).update(joined_at=NOW)
    operator.refresh_from_db()
    assert actions.refuse_factor_reset(by=operator, reset=reset).outcome == "refused"


def test_who_runs_the_server_takes_it_away_where_no_two_can(
    reset: FactorReset, coach: User, mailoutbox: list[EmailMessage]
) -> None:
    assert main(["remove-second-step", "ingen@exempel.se"]) == 1
    assert has_second_factor(coach)
    assert main(["remove-second-step", coach.email.upper()]) == 0
    assert not has_second_factor(coach)
    assert mailoutbox[-1].to == [coach.email]
    entry = JournalEntry.objects.about(coach).latest("number")
    assert (entry.verb, entry.actor_kind) == ("take_factor_away", "system")
    reset.refresh_from_db()
    assert reset.outcome == "expired"
