"""What a role demands of a sign-in, for those who run the whole installation."""

import pytest
from django.test import Client
from django.urls import reverse

from halsonav.people.models import JournalEntry, Organisation, Role, RolePolicy, User
from halsonav.people.signing_in.policies import policies
from tests.factories.people import user_with
from tests.people.asking import NASTY, readings, signed_in

pytestmark = pytest.mark.django_db
LIST = "/arbete/installningar/rollkrav/"
HOST = "/arbete/installningar/rollkrav/host/"


def form(**other: str) -> dict[str, str]:
    return {"two_factors": "on", "idle_minutes": "20", "absolute_hours": "8"} | other


def test_an_operator_sees_and_changes_what_a_role_demands(operator: User) -> None:
    client = signed_in(operator)
    page = client.get(LIST).text
    assert page.count("/rollkrav/") == len(Role)
    answer = client.post(HOST, form(assurance="loa3"), follow=True)
    assert "Kraven är sparade." in answer.text
    assert "Vila högst 20 min." in answer.text
    assert "Tillitsnivå 3." in answer.text
    policy = policies()[Role.HOST]
    assert (policy.two_factors, policy.idle.seconds, policy.assurance) == (True, 1200, "loa3")
    assert JournalEntry.objects.get(verb="demand_of_role").about_type == "people.rolepolicy"
    assert 'value="20"' in client.get(HOST).text
    assert not readings(), "roles are nobody in particular"


def test_it_is_for_those_who_run_all_of_it(
    manager: User, host: User, goteborg: Organisation, operator: User
) -> None:
    part = user_with(Role.OPERATOR, organisation=goteborg)
    for user in (manager, host, part):
        for path in (LIST, HOST):
            assert signed_in(user).get(path).status_code == 403
        assert signed_in(user).post(HOST, form()).status_code == 403
    assert Client().get(LIST).status_code == 302
    assert signed_in(operator).post(LIST).status_code == 405
    assert signed_in(operator).delete(HOST).status_code == 405
    assert signed_in(operator).get(f"{LIST}finns-inte/").status_code == 404
    assert LIST not in signed_in(manager).get(reverse("people:settings")).text


@pytest.mark.parametrize("field", ["idle_minutes", "absolute_hours", "assurance"])
def test_bad_input_is_told_at_the_field_and_changes_nothing(field: str, operator: User) -> None:
    client = signed_in(operator)
    for value in (*NASTY, "0", "99999999", "1.5", "-3"):
        if value == "" and field == "assurance":
            continue
        answer = client.post(HOST, form() | {field: value})
        assert answer.status_code == 200, value[:30]
        assert 'aria-invalid="true"' in answer.text
    assert client.post(HOST, {}).status_code == 200
    assert not RolePolicy.objects.exists()
