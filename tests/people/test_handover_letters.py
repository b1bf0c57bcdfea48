"""Those whom a handover concerns are told by letter, in their own language, and nobody by name."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils.formats import date_format
from django.utils.translation import override

from halsonav.people.actions import (
    HandoverError,
    Newcomer,
    call_off_handover,
    carry_out_handovers,
    leave,
)
from halsonav.people.models import Organisation, Role, User
from tests.factories.people import user_with
from tests.people.test_handover import handed, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(goteborg: Organisation) -> User:
    return user_with(Role.CENTRE_MANAGER, organisation=goteborg, name="Chefen")


def sent_to(user: User) -> list[str]:
    return [str(one.body) for one in mail.outbox if one.to == [user.email]]


def test_leaver_and_successor_are_told_their_days(
    chief: User, coordinator: User, host: User
) -> None:
    handed(chief, coordinator, host)
    [leaving], [taking] = sent_to(coordinator), sent_to(host)
    assert date_format(today() + timedelta(days=10)) in leaving
    assert "kontot stängs" in leaving
    assert date_format(today() + timedelta(days=5)) in taking
    assert "/konto/login/" in taking
    names = (chief.display_name, coordinator.display_name, host.display_name)
    assert not any(name in f"{one.subject}{one.body}" for one in mail.outbox for name in names)


def test_who_keeps_the_account_is_told_so(chief: User, coordinator: User, host: User) -> None:
    handed(chief, coordinator, host, closes_account=False)
    assert "Kontot har du kvar." in sent_to(coordinator)[0]


def test_a_newcomer_gets_the_invitation_alone(chief: User, coordinator: User) -> None:
    handed(chief, coordinator, Newcomer("ny@exempel.se", "Ny"))
    told = [one.to for one in mail.outbox]
    assert told.count(["ny@exempel.se"]) == 1
    assert told.count([coordinator.email]) == 1


def test_who_leaves_is_told_in_their_own_language(chief: User, coordinator: User) -> None:
    coordinator.language = "en"
    coordinator.save(update_fields=["language"])
    leave(by=chief, leaver=coordinator, last_day=today() + timedelta(days=3))
    [letter] = sent_to(coordinator)
    with override("en"):
        assert date_format(today() + timedelta(days=3)) in letter
    assert "account" in letter


def test_what_is_called_off_is_said_to_both(chief: User, coordinator: User, host: User) -> None:
    made = handed(chief, coordinator, host)
    mail.outbox.clear()
    call_off_handover(by=chief, handover=made)
    assert "inställt" in sent_to(coordinator)[0]
    assert "inställt" in sent_to(host)[0]


def test_what_cannot_be_handed_over_sends_nothing(
    chief: User, coordinator: User, host: User
) -> None:
    with pytest.raises(HandoverError):
        handed(chief, coordinator, host, last_day=today() - timedelta(days=1))
    assert not mail.outbox


def test_the_leaver_works_through_the_last_day_and_not_the_day_after(
    chief: User, coordinator: User
) -> None:
    leave(by=chief, leaver=coordinator, last_day=today())
    carry_out_handovers(today=today())
    coordinator.refresh_from_db()
    assert coordinator.is_active
    assert coordinator.role_assignments.exists()
    carry_out_handovers(today=today() + timedelta(days=1))
    coordinator.refresh_from_db()
    assert not coordinator.is_active
    assert not coordinator.role_assignments.exists()
