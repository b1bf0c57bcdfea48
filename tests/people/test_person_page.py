"""A person's page: what it shows to whom, what can be done there, and what is written down."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from halsonav.people.models import (
    READ,
    Centre,
    JournalEntry,
    Organisation,
    Role,
    RoleAssignment,
    Session,
    User,
)
from halsonav.people.pages.shown_fields import FIELDS, fields_shown_to
from tests.factories.people import (
    FunctionHolderFactory,
    RoleAssignmentFactory,
    UserFactory,
    user_with,
)
from tests.people.asking import NASTY, bare, readings, refused_lines, shown_in, signed_in

pytestmark = pytest.mark.django_db
FORMS = ("open_person", "give_role", "protection")
WRITES = ("close_account", "open_account", "end_person")


def path(person: User, name: str = "person", *more: object) -> str:
    return reverse(f"people:{name}", args=[person.pk, *more])


def protected(person: User) -> User:
    person.is_protected = True
    person.save()
    return person


def test_a_manager_sees_a_person_of_their_place(
    manager: User, coordinator: User, centrum: Centre
) -> None:
    FunctionHolderFactory.create(
        user=coordinator,
        function__title="Samordnare",
        function__organisation=centrum.organisation,
    )
    page = signed_in(manager).get(path(coordinator)).text
    for words in ("Samordnaren", coordinator.email, "Samordnare, Hälsolots Centrum", "Funktioner"):
        assert words in page
    assert "Stäng kontot" in page


@pytest.mark.parametrize("name", ["person", *FORMS])
def test_somebody_elsewhere_and_nobody_are_answered_alike(
    name: str, manager: User, outsider: User
) -> None:
    client = signed_in(manager)
    theirs, nobodys = path(outsider, name), reverse(f"people:{name}", args=[10**9])
    other, missing = client.get(theirs), client.get(nobodys)
    assert other.status_code == missing.status_code == 404
    assert bare(other, theirs) == bare(missing, nobodys)
    assert not readings()


@pytest.mark.parametrize("name", [*FORMS, *WRITES])
def test_what_changes_is_not_for_the_wrong_role_or_method(
    name: str, manager: User, coordinator: User, host: User, outsider: User
) -> None:
    assert signed_in(host).post(path(coordinator, name)).status_code == 403
    assert signed_in(manager).post(path(outsider, name)).status_code == 404
    assert signed_in(manager).put(path(coordinator, name)).status_code == 405
    assert Client().post(path(coordinator, name)).status_code == 302
    if name in WRITES:
        assert signed_in(manager).get(path(coordinator, name)).status_code == 405


def test_the_wrong_role_sees_nobody(host: User, coordinator: User, teammate: User) -> None:
    for user in (host, teammate):
        assert signed_in(user).get(path(coordinator)).status_code == 403
    assert not readings()


@pytest.mark.parametrize("name", ["person", "give_role", "protection"])
def test_each_showing_is_one_line(name: str, manager: User, coordinator: User) -> None:
    client = signed_in(manager)
    client.get(path(coordinator, name))
    client.head(path(coordinator, name))
    lines = readings(manager)
    assert [shown_in(line) for line in lines] == [{coordinator.pk}] * 2
    assert {line.why for line in lines} == {f"people:{name}"}


def test_ones_own_page_is_no_reading(manager: User) -> None:
    assert signed_in(manager).get(path(manager)).status_code == 200
    assert not readings()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["person", "give_role", "protection"])
def test_no_line_no_showing(name: str, manager: User, coordinator: User) -> None:
    client = signed_in(manager)
    client.raise_request_exception = False
    assert coordinator.display_name in client.get(path(coordinator, name)).text, "the control"
    with refused_lines():
        answer = client.get(path(coordinator, name))
    assert answer.status_code == 500
    assert coordinator.display_name.encode() not in answer.content


def test_who_has_a_role_elsewhere_too_is_shown_less_and_is_not_changed(
    manager: User, coordinator: User, torvalla: Centre
) -> None:
    RoleAssignmentFactory.create(user=coordinator, role=Role.HOST, centre=torvalla)
    client = signed_in(manager)
    page = client.get(path(coordinator)).text
    assert "Torvalla" not in page
    assert "Stäng kontot" not in page
    assert "Loggar in" not in page
    assert fields_shown_to(manager, coordinator) < set(FIELDS["people.User"])
    for name in WRITES:
        assert client.post(path(coordinator, name)).status_code == 403


def test_a_role_is_given_and_taken(manager: User, coordinator: User, centrum: Centre) -> None:
    client = signed_in(manager)
    sent = {"role": "coach", "place": f"v{centrum.pk}"}
    assert "Rollen är given." in client.post(path(coordinator, "give_role"), sent, follow=True).text
    held = RoleAssignment.objects.get(user=coordinator, role=Role.COACH)
    answer = client.post(path(coordinator, "take_role", held.pk), follow=True)
    assert "Rollen är borttagen" in answer.text
    assert not RoleAssignment.objects.filter(pk=held.pk).exists()
    assert client.post(path(coordinator, "take_role", held.pk)).status_code == 404


def test_the_last_role_takes_the_person_out_of_the_managers_sight(
    manager: User, coordinator: User
) -> None:
    held = coordinator.role_assignments.get()
    answer = signed_in(manager).post(path(coordinator, "take_role", held.pk))
    assert answer.headers["Location"] == reverse("people:people")


def test_nobody_gives_more_than_they_have(
    manager: User, coordinator: User, centrum: Centre, torvalla: Centre
) -> None:
    """Neither a role with more rights, nor one of theirs in another place."""
    client = signed_in(manager)
    for role, place in (
        ("operator", f"v{centrum.pk}"),
        ("strategist", f"v{centrum.pk}"),
        ("host", f"v{torvalla.pk}"),
        ("operator", "overallt"),
    ):
        answer = client.post(path(coordinator, "give_role"), {"role": role, "place": place})
        assert answer.status_code == 200, (role, place)
        assert 'aria-invalid="true"' in answer.text
    assert RoleAssignment.objects.filter(user=coordinator).count() == 1


def test_a_role_that_may_be_given_in_one_place_is_not_given_in_another(
    manager: User, coordinator: User, torvalla: Centre, ostersund: Organisation
) -> None:
    """Who manages one centre, and runs the operations of another, writes no activities there."""
    RoleAssignmentFactory.create(
        user=manager, role=Role.OPERATOR, centre=None, organisation=ostersund
    )
    sent = {"role": "coordinator", "place": f"v{torvalla.pk}"}
    answer = signed_in(manager).post(path(coordinator, "give_role"), sent)
    assert "Du kan inte ge den rollen där. Välj en annan." in answer.text
    assert coordinator.role_assignments.count() == 1


def test_nobody_gives_themselves_a_role(operator: User, centrum: Centre) -> None:
    client = signed_in(operator)
    assert f'"{path(operator, "give_role")}"' not in client.get(path(operator)).text
    sent = {"role": "centre_manager", "place": f"v{centrum.pk}"}
    answer = client.post(path(operator, "give_role"), sent)
    assert answer.status_code == client.get(path(operator, "give_role")).status_code == 403
    assert "Be den som gav dig din roll om rätten." in answer.text
    assert operator.role_assignments.count() == 1


def test_nobody_takes_a_role_that_they_could_not_give(
    manager: User, coordinator: User, centrum: Centre
) -> None:
    held = RoleAssignmentFactory.create(user=coordinator, role=Role.STRATEGIST, centre=centrum)
    assert signed_in(manager).post(path(coordinator, "take_role", held.pk)).status_code == 403


def test_an_operator_gives_a_role_everywhere_to_operators_alone(
    operator: User, coordinator: User
) -> None:
    client = signed_in(operator)
    answer = client.post(path(coordinator, "give_role"), {"role": "host", "place": "overallt"})
    assert "Bara en driftansvarig har sin roll överallt." in answer.text
    client.post(path(coordinator, "give_role"), {"role": "operator", "place": "overallt"})
    assert "operator" in User.objects.get(pk=coordinator.pk).roles


def test_an_account_with_a_role_that_one_may_not_take_is_not_changed(
    goteborg: Organisation, operator: User
) -> None:
    client = signed_in(user_with(Role.CENTRE_MANAGER, organisation=goteborg))
    other = user_with(Role.OPERATOR, organisation=goteborg)
    for name in ("close_account", "leave", "factor_reset"):
        assert client.post(path(other, name), {"answer": "ask"}).status_code == 403
    other.refresh_from_db()
    assert other.is_active


def test_an_account_is_closed_and_opened(manager: User, coordinator: User) -> None:
    client, theirs = signed_in(manager), signed_in(coordinator)
    assert "Kontot är stängt" in client.post(path(coordinator, "close_account"), follow=True).text
    assert theirs.get("/arbete/").status_code == 302
    assert "Öppna kontot" in client.get(path(coordinator)).text
    client.post(path(coordinator, "open_account"))
    coordinator.refresh_from_db()
    assert coordinator.is_active


def test_nobody_closes_their_own_account(manager: User) -> None:
    client = signed_in(manager)
    assert "Stäng kontot" not in client.get(path(manager)).text
    assert client.post(path(manager, "close_account")).status_code == 403


def test_sign_ins_are_ended_one_or_all(manager: User, coordinator: User) -> None:
    phones = [signed_in(coordinator) for _ in range(3)]
    client = signed_in(manager)
    one = Session.objects.filter(user=coordinator).first()
    assert one
    client.post(path(coordinator, "end_person_one", one.pk))
    assert Session.objects.filter(user=coordinator).count() == 2
    mine = Session.objects.get(user=manager)
    for other in (mine.pk, "\x00"):
        assert client.post(path(coordinator, "end_person_one", other)).status_code == 404
    client.post(path(coordinator, "end_person"))
    assert all(phone.get("/arbete/").status_code == 302 for phone in phones)


def test_a_protected_persons_page_shows_who_it_is_after_a_reason_and_for_a_while(
    manager: User, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    protected(coordinator)
    client = signed_in(manager)
    page = client.get(path(coordinator)).text
    assert coordinator.email not in page
    assert "Samordnaren" not in page
    assert client.post(path(coordinator, "open_person"), {"why": "help"}).status_code == 302
    page = client.get(path(coordinator)).text
    assert coordinator.email in page
    assert "Samordnaren" in page
    assert JournalEntry.objects.get(verb="open_protected").why == "help"
    assert readings(manager)[-1].why == "help"
    assert {"display_name", "email"} <= set(readings(manager)[-1].fields)
    later = timezone.now() + timedelta(minutes=11)
    monkeypatch.setattr("halsonav.people.views.person.timezone.now", lambda: later)
    assert coordinator.email not in client.get(path(coordinator)).text


def test_without_a_reason_nothing_is_opened(manager: User, coordinator: User) -> None:
    protected(coordinator)
    client = signed_in(manager)
    for value in NASTY[:6]:
        answer = client.post(path(coordinator, "open_person"), {"why": value})
        assert "Välj en anledning." in answer.text
    assert coordinator.email not in client.get(path(coordinator)).text


def test_an_operator_does_not_open_a_protected_person(operator: User, coordinator: User) -> None:
    protected(coordinator)
    client = signed_in(operator)
    assert client.post(path(coordinator, "open_person"), {"why": "help"}).status_code == 403
    assert coordinator.email not in client.get(path(coordinator)).text


def test_a_person_is_protected_and_no_longer_for_a_chosen_reason(
    manager: User, coordinator: User
) -> None:
    client = signed_in(manager)
    client.post(path(coordinator, "protection"), {"why": "threat"})
    coordinator.refresh_from_db()
    assert coordinator.is_protected
    client.post(path(coordinator, "protection"), {"why": "over"})
    coordinator.refresh_from_db()
    assert not coordinator.is_protected
    marks = JournalEntry.objects.filter(verb__endswith="protect").values_list("verb", "why")
    assert list(marks.order_by("number")) == [("protect", "threat"), ("unprotect", "over")]


def test_a_protected_name_stands_on_no_form_and_in_no_error(
    manager: User, coordinator: User
) -> None:
    protected(coordinator)
    client = signed_in(manager)
    for name in FORMS:
        for answer in (client.get(path(coordinator, name)), client.post(path(coordinator, name))):
            assert answer.status_code == 200
            assert "Samordnaren" not in answer.text
            assert coordinator.email not in answer.text


@pytest.mark.parametrize("name", ["give_role", "protection", "open_person"])
def test_bad_input_never_breaks_a_form(name: str, manager: User, coordinator: User) -> None:
    client = signed_in(manager)
    for value in NASTY:
        sent = dict.fromkeys(("role", "place", "why"), value)
        assert client.post(path(coordinator, name), sent).status_code in (200, 400)
    for number in (2**63, 2**64):
        assert client.get(reverse("people:person", args=[number])).status_code == 404
        assert client.post(path(coordinator, "take_role", number)).status_code == 404


def test_the_number_of_queries_is_the_same_however_much_there_is(
    manager: User, coordinator: User, centrum: Centre
) -> None:
    client = signed_in(manager)
    client.get(path(coordinator))
    with CaptureQueriesContext(connection) as few:
        client.get(path(coordinator))
    for role in (Role.HOST, Role.COACH, Role.REFERRER):
        RoleAssignmentFactory.create(user=coordinator, role=role, centre=centrum)
        FunctionHolderFactory.create(user=coordinator, function__organisation=centrum.organisation)
        signed_in(coordinator)
    with CaptureQueriesContext(connection) as many:
        client.get(path(coordinator))
    assert len(few) == len(many)


def test_all_reading_lines_are_of_users(operator: User) -> None:
    person = UserFactory.create()
    signed_in(operator).get(path(person))
    assert JournalEntry.objects.get(verb=READ).about_type == "people.user"
