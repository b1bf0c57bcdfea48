"""Somebody always looks after the installation: the last who does neither leaves nor is removed."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from halsonav.people.actions import LastOperatorError, close_account, erase_person, take_role
from halsonav.people.actions.handover import carry_out_handovers, leave
from halsonav.people.models import Role, RoleAssignment, User
from tests.factories.people import user_with

pytestmark = pytest.mark.django_db


def _role_of(user: User) -> RoleAssignment:
    held: RoleAssignment = user.role_assignments.get()
    return held


def _take(user: User) -> None:
    take_role(by=None, assignment=_role_of(user))


def _close(user: User) -> None:
    close_account(by=None, user=user)


def _erase(user: User) -> None:
    erase_person(by=None, user=user)


WAYS = [_take, _close, _erase]


@pytest.mark.parametrize("way", WAYS)
def test_the_last_operator_stays(way: Callable[[User], None], operator: User) -> None:
    closed = user_with(Role.OPERATOR)
    close_account(by=None, user=closed)
    with pytest.raises(LastOperatorError):
        way(operator)
    operator.refresh_from_db()
    assert operator.is_active
    assert _role_of(operator).is_everywhere


@pytest.mark.parametrize("way", WAYS)
def test_one_of_two_may_go(way: Callable[[User], None], operator: User) -> None:
    user_with(Role.OPERATOR)
    way(operator)
    assert RoleAssignment.objects.everywhere().count() == 1


def test_an_operator_of_one_organisation_may_go(operator: User, manager: User) -> None:
    _take(manager)
    _close(manager)


def test_the_page_says_what_to_do_first(operator: User) -> None:
    client = Client()
    client.force_login(operator)
    address = reverse("people:take_role", args=[operator.pk, _role_of(operator).pk])
    page = client.post(address, follow=True)
    assert "Ge rollen driftansvarig till någon annan först." in page.text
    assert User.objects.get(pk=operator.pk).is_active


def test_the_page_says_so_too_when_two_close_each_other(
    operator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have opened the page; the other's account is closed a moment before."""
    other = user_with(Role.OPERATOR)
    client = Client()
    client.force_login(other)
    monkeypatch.setattr("halsonav.people.actions.role.RoleAssignment.objects.everywhere", _one)
    page = client.post(reverse("people:close_account", args=[operator.pk]), follow=True)
    assert "Ge rollen driftansvarig till någon annan först." in page.text


def _one() -> "QuerySet[RoleAssignment]":
    first = RoleAssignment.objects.order_by("pk").first()
    return RoleAssignment.objects.filter(pk=first.pk if first else 0)


def test_who_leaves_waits_for_another(operator: User) -> None:
    today = timezone.localdate()
    leave(by=operator, leaver=operator, last_day=today)
    after = today + timedelta(days=1)
    assert carry_out_handovers(today=after) == 0
    assert User.objects.get(pk=operator.pk).is_active
    user_with(Role.OPERATOR)
    assert carry_out_handovers(today=after) == 1
    assert not User.objects.get(pk=operator.pk).is_active


@pytest.mark.django_db(transaction=True)
def test_of_two_who_go_at_the_same_moment_one_stays() -> None:
    two = [user_with(Role.OPERATOR), user_with(Role.OPERATOR)]
    ready, refused = Barrier(2, timeout=20), list[type[Exception]]()

    def go(user: User) -> None:
        try:
            ready.wait()
            take_role(by=None, assignment=_role_of(user))
        except LastOperatorError as error:
            refused.append(type(error))
        finally:
            connection.close()

    threads = [Thread(target=go, args=[user]) for user in two]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == [LastOperatorError]
    assert RoleAssignment.objects.everywhere().count() == 1
