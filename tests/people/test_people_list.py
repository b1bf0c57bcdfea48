"""The list of people: who is in it, how it is searched, and what is written down of it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from halsonav.people.models import Centre, Organisation, Role, User
from tests.factories.people import RoleAssignmentFactory, UserFactory, user_with
from tests.people.asking import NASTY, readings, refused_lines, shown_in, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/arbete/installningar/personer/"


def names(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"{PAGE}{query}")
    assert answer.status_code == 200
    return [row.name for row in answer.context["listed"].rows]


def test_a_manager_sees_those_who_work_in_their_place_and_no_others(
    manager: User, coordinator: User, outsider: User
) -> None:
    assert names(signed_in(manager)) == ["Samordnaren", "Verksamhetschefen"]


def test_an_operator_sees_everybody(operator: User, coordinator: User, outsider: User) -> None:
    UserFactory.create(display_name="Utan roll")
    assert len(names(signed_in(operator))) == 4


def test_those_who_do_not_manage_people_are_refused(host: User, coordinator: User) -> None:
    for user in (host, coordinator):
        assert signed_in(user).get(PAGE).status_code == 403
    assert Client().get(PAGE).status_code == 302
    assert not readings()


def test_wrong_methods_are_refused(manager: User) -> None:
    client = signed_in(manager)
    assert client.post(PAGE).status_code == 405
    assert client.delete(PAGE).status_code == 405


def test_one_line_is_written_for_a_page_and_never_of_oneself(
    manager: User, coordinator: User, host: User
) -> None:
    client = signed_in(manager)
    client.get(PAGE)
    client.head(PAGE)
    lines = readings(manager)
    assert [shown_in(line) for line in lines] == [{coordinator.pk, host.pk}] * 2
    assert {line.why for line in lines} == {"people:people"}
    assert "display_name" in lines[0].fields


def test_without_anybody_to_show_no_line_is_written(manager: User) -> None:
    client = signed_in(manager)
    assert names(client) == ["Verksamhetschefen"]
    assert "Ingen stämmer med det du söker" in client.get(f"{PAGE}?q=ingen").text
    assert not readings()


@pytest.mark.django_db(transaction=True)
def test_no_line_no_showing(manager: User, coordinator: User) -> None:
    client = signed_in(manager)
    client.raise_request_exception = False
    assert coordinator.display_name in client.get(PAGE).text, "the control"
    with refused_lines():
        answer = client.get(PAGE)
    assert answer.status_code == 500
    assert coordinator.display_name.encode() not in answer.content
    assert coordinator.email.encode() not in answer.content


def test_words_find_parts_of_names_and_addresses_whatever_the_case(
    manager: User, centrum: Centre
) -> None:
    asa = user_with(Role.HOST, centre=centrum, name="Åsa Öberg")
    client = signed_in(manager)
    for words in ("åsa", "ÖBERG å", asa.email.upper(), "berg"):
        assert names(client, f"?q={words}") == ["Åsa Öberg"], words
    assert names(client, "?q=.*") == []


def test_role_and_place_narrow_and_belong_together(
    manager: User, coordinator: User, host: User, centrum: Centre, goteborg: Organisation
) -> None:
    client = signed_in(manager)
    assert names(client, "?roll=host") == ["Värden"]
    assert len(names(client, f"?plats=v{centrum.pk}")) == 3
    assert names(client, f"?plats=v{centrum.pk}&roll=coach") == []


def test_a_role_that_is_held_elsewhere_is_neither_shown_nor_found_by(
    manager: User, coordinator: User, torvalla: Centre
) -> None:
    RoleAssignmentFactory.create(user=coordinator, role=Role.REFERRER, centre=torvalla)
    client = signed_in(manager)
    assert names(client, "?roll=referrer") == []
    assert "Torvalla" not in client.get(PAGE).text


def test_a_protected_person_is_a_number_and_is_found_by_nothing(
    operator: User, manager: User, coordinator: User, host: User
) -> None:
    coordinator.is_protected = True
    coordinator.save()
    for client in (signed_in(operator), signed_in(manager)):
        page = client.get(PAGE).text
        assert coordinator.display_name not in page
        assert coordinator.email not in page
        assert f"Skyddad person {coordinator.pk}" in page
        assert names(client)[-1] == f"Skyddad person {coordinator.pk}", "its name orders nothing"
    client = signed_in(operator)
    for words in ("Samordnaren", coordinator.email):
        assert client.get(PAGE, {"q": words}).context["listed"].number == 0
    assert signed_in(manager).get(PAGE, {"q": "Samordnaren"}).context["listed"].number == 1


def test_a_protected_person_with_a_role_elsewhere_is_hidden_from_this_manager_too(
    manager: User, coordinator: User, torvalla: Centre
) -> None:
    coordinator.is_protected = True
    coordinator.save()
    RoleAssignmentFactory.create(user=coordinator, role=Role.HOST, centre=torvalla)
    assert signed_in(manager).get(PAGE, {"q": "Samordnaren"}).context["listed"].number == 0


def test_fifty_stand_on_a_page_with_as_many_queries_however_many(
    manager: User, centrum: Centre
) -> None:
    client = signed_in(manager)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for number in range(60):
        user_with(Role.HOST, centre=centrum, name=f"Person {number:02}")
    with CaptureQueriesContext(connection) as many:
        first = client.get(PAGE)
    assert len(first.context["listed"].rows) == 50
    assert len(names(client, "?sida=2")) == 11
    assert 'rel="next"' in first.text
    assert abs(len(many) - len(few)) <= 1, "a line more is written, when there is anybody to show"


def test_strange_questions_are_answered_plainly(manager: User, operator: User) -> None:
    for user in (manager, operator):
        client = signed_in(user)
        for name in ("q", "roll", "plats", "sida"):
            for value in NASTY:
                assert client.get(PAGE, {name: value[:2_000]}).status_code == 200
    assert "<script>alert" not in client.get(PAGE, {"q": "<script>alert(1)</script>"}).text


def test_it_stands_among_the_settings_for_those_who_manage_people(
    manager: User, host: User
) -> None:
    index = reverse("people:settings")
    assert PAGE in signed_in(manager).get(index).text
    assert PAGE not in signed_in(host).get(index).text
