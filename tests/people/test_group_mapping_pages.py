"""Which groups give which roles, for those who run the whole installation."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from halsonav.people.actions import give_role, map_group, unmap_group
from halsonav.people.models import (
    Centre,
    GroupMapping,
    JournalEntry,
    Organisation,
    Role,
    RoleAssignment,
    User,
)
from tests.factories.people import user_with
from tests.people.asking import NASTY, readings, signed_in

pytestmark = pytest.mark.django_db
LIST = "/arbete/installningar/grupper/"
NEW = f"{LIST}ny/"
ISSUER = "https://id.exempel.se"


@pytest.fixture(autouse=True)
def provider(settings: Settings) -> None:
    settings.OIDC = {
        "issuer": ISSUER,
        "name": "Kommunen",
        "client": "a",
        "secret": "b",
        "groups": "g",
    }


def form(centre: Centre, **other: str) -> dict[str, str]:
    return {"group": "Hälsocoacher", "role": "coach", "place": f"centre-{centre.pk}"} | other


def place_value(client: Client, centre: Centre) -> str:
    """Return the value that the form has for a centre."""
    page = client.get(NEW).text
    before = page.partition(f">{centre.name}<")[0]
    return before.rpartition('value="')[2].partition('"')[0]


def test_an_operator_lets_a_group_give_a_role_and_takes_it_back(
    operator: User, centrum: Centre
) -> None:
    client = signed_in(operator)
    sent = form(centrum, place=place_value(client, centrum))
    page = client.post(NEW, sent, follow=True).text
    assert "Gruppen ger rollen från medlemmarnas nästa inloggning." in page
    assert "Hälsocoacher" in page
    assert "Hälsocoach, Hälsolots Centrum" in page
    held = GroupMapping.objects.get()
    assert (held.issuer, held.role, held.centre) == (ISSUER, Role.COACH, centrum)
    again = client.post(NEW, sent)
    assert again.status_code == 200, "it stands already"
    assert GroupMapping.objects.count() == 1
    gone = client.post(reverse("people:remove_group_mapping", args=[held.pk]), follow=True).text
    assert "de som hade den har den inte." in gone
    assert "Ingen grupp ger en roll" in gone
    assert not GroupMapping.objects.exists()
    verbs = list(JournalEntry.objects.order_by("number").values_list("verb", flat=True))
    assert verbs[-2:] == ["map_group", "unmap_group"]
    assert not readings(), "groups are nobody in particular"


def test_who_has_the_role_by_another_group_is_not_said_to_have_lost_it(
    operator: User, host: User, centrum: Centre
) -> None:
    held, _ = (
        map_group(by=None, issuer=ISSUER, group=name, role=Role.COACH, centre=centrum)
        for name in "ab"
    )
    give_role(by=None, user=host, role=Role.COACH, centre=centrum, origin=ISSUER)
    path = reverse("people:remove_group_mapping", args=[held.pk])
    told = signed_in(operator).post(path, follow=True).text
    assert "Någon har den ändå kvar" in told
    assert "har den inte." not in told
    assert RoleAssignment.objects.filter(user=host, role=Role.COACH).exists()


def test_the_last_operator_keeps_what_the_group_gave_and_that_is_said(operator: User) -> None:
    RoleAssignment.objects.filter(user=operator).update(origin=ISSUER)
    held = map_group(by=None, issuer=ISSUER, group="a", role=Role.OPERATOR)
    assert not unmap_group(by=None, mapping=held)
    assert RoleAssignment.objects.filter(user=operator).exists()


def test_it_is_for_those_who_run_all_of_it(
    manager: User, host: User, goteborg: Organisation, operator: User, centrum: Centre
) -> None:
    held = map_group(by=None, issuer=ISSUER, group="A", role=Role.COACH, centre=centrum)
    remove = reverse("people:remove_group_mapping", args=[held.pk])
    for user in (manager, host, user_with(Role.OPERATOR, organisation=goteborg)):
        client = signed_in(user)
        assert [client.get(path).status_code for path in (LIST, NEW)] == [403, 403]
        assert [client.post(path).status_code for path in (NEW, remove)] == [403, 403]
        assert LIST not in client.get(reverse("people:settings")).text or user.roles == {"operator"}
    assert Client().get(LIST).status_code == 302
    assert signed_in(operator).post(LIST).status_code == 405
    assert signed_in(operator).get(remove).status_code == 405
    missing = reverse("people:remove_group_mapping", args=[held.pk + 1])
    assert signed_in(operator).post(missing).status_code == 404


def test_without_a_provider_there_is_nothing_to_add(operator: User, settings: Settings) -> None:
    settings.OIDC = {}
    client = signed_in(operator)
    page = client.get(LIST).text
    assert "HALSONAV_OIDC" in page
    assert NEW not in page
    assert client.get(NEW).status_code == 404


def test_bad_input_is_told_at_the_field_and_changes_nothing(
    operator: User, centrum: Centre
) -> None:
    client = signed_in(operator)
    place = place_value(client, centrum)
    for name in ("group", "role", "place"):
        for value in NASTY:
            answer = client.post(NEW, form(centrum, place=place) | {name: value})
            assert answer.status_code in (200, 302), (name, value[:20])
            assert answer.status_code == 200 or name != "role"
    assert client.post(NEW, {}).status_code == 200
