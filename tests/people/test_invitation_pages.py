"""The pages about invitations and lost second steps."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from halsonav.people.actions import give_role, invite
from halsonav.people.models import Centre, FactorReset, Invitation, JournalEntry, Role, User
from tests.factories.keys import key_of
from tests.factories.people import user_with
from tests.people.asking import NASTY, bare, readings, shown_in, signed_in

pytestmark = pytest.mark.django_db
LIST = "/arbete/installningar/personer/inbjudningar/"
NEW = "/arbete/installningar/personer/bjud-in/"


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


def form(centre: Centre, **other: str) -> dict[str, str]:
    return {
        "display_name": "Ny Person",
        "email": "ny@exempel.se",
        "role": "coach",
        "place": f"v{centre.pk}",
        "language": "sv",
    } | other


def invited(by: User, centre: Centre, **other: Any) -> Invitation:
    facts = {"email": "ny@exempel.se", "display_name": "Ny Person", "role": Role.COACH} | other
    return invite(by=by, centre=centre, **facts)


def test_somebody_is_invited_and_waits_in_the_list(manager: User, centrum: Centre) -> None:
    client = signed_in(manager)
    answer = client.post(NEW, form(centrum), follow=True)
    assert "Inbjudan är skickad." in answer.text
    assert "Ny Person" in answer.text
    assert "Hälsocoach, Hälsolots Centrum" in answer.text
    invitation = Invitation.objects.get()
    assert shown_in(readings(manager)[-1]) == {invitation.pk}
    assert readings(manager)[-1].about_type == "people.invitation"


def test_the_same_is_said_when_there_is_an_account(
    manager: User, centrum: Centre, coordinator: User
) -> None:
    answer = signed_in(manager).post(NEW, form(centrum, email=coordinator.email), follow=True)
    assert "Inbjudan är skickad." in answer.text
    assert User.objects.filter(email=coordinator.email).count() == 1


def test_an_invitation_is_renewed_and_taken_back(manager: User, centrum: Centre) -> None:
    held = invited(manager, centrum)
    client = signed_in(manager)
    again = client.post(reverse("people:renew_invitation", args=[held.pk]), follow=True)
    assert "En ny länk är skickad." in again.text
    back = client.post(reverse("people:withdraw_invitation", args=[held.pk]), follow=True)
    assert "Inbjudan är tillbakatagen." in back.text
    assert "Ny Person" not in back.text
    gone = client.post(reverse("people:renew_invitation", args=[held.pk]), follow=True)
    assert "Inbjudan gäller inte längre." in gone.text


def test_nobody_is_sent_invitations_without_end(manager: User, centrum: Centre) -> None:
    client = signed_in(manager)
    said = "Adressen har fått många inbjudningar"
    for email in ("ny@exempel.se", "NY@exempel.se") * 2:
        assert said not in client.post(NEW, form(centrum, email=email), follow=True).text
    held = Invitation.objects.latest("pk")
    renew = reverse("people:renew_invitation", args=[held.pk])
    assert "En ny länk är skickad." in client.post(renew, follow=True).text
    assert said in client.post(renew, follow=True).text
    assert said in client.post(NEW, form(centrum), follow=True).text
    assert Invitation.objects.count() == 4
    assert said not in client.post(NEW, form(centrum, email="a@exempel.se"), follow=True).text


@pytest.mark.parametrize("name", ["renew_invitation", "withdraw_invitation"])
def test_an_invitation_elsewhere_and_none_at_all_are_answered_alike(
    name: str, manager: User, host: User, operator: User, torvalla: Centre, centrum: Centre
) -> None:
    theirs = reverse(f"people:{name}", args=[invited(operator, torvalla).pk])
    missing = reverse(f"people:{name}", args=[10**9])
    client = signed_in(manager)
    other, none = client.post(theirs), client.post(missing)
    assert other.status_code == none.status_code == 404
    assert bare(other, theirs) == bare(none, missing)
    more = invited(operator, centrum, role=Role.STRATEGIST)
    assert client.post(reverse(f"people:{name}", args=[more.pk])).status_code == 403
    assert signed_in(host).post(theirs).status_code == 403
    assert client.get(theirs).status_code == 405


def test_the_list_holds_ones_own_places_alone_and_is_one_reading(
    manager: User, operator: User, host: User, torvalla: Centre
) -> None:
    invited(operator, torvalla)
    client = signed_in(manager)
    assert "Ny Person" not in client.get(LIST).text
    assert not readings(manager)
    assert "Ny Person" in signed_in(operator).get(LIST).text
    assert len(readings(operator)) == 1
    assert signed_in(host).get(LIST).status_code == 403
    assert signed_in(host).get(NEW).status_code == 403
    assert client.post(LIST).status_code == 405
    assert Client().get(LIST).status_code == Client().get(NEW).status_code == 302


@pytest.mark.parametrize("is_protected", [True, False])
def test_name_and_address_are_shown_to_who_typed_them_alone(
    is_protected: bool, manager: User, operator: User, coordinator: User, centrum: Centre
) -> None:
    User.objects.filter(pk=coordinator.pk).update(is_protected=is_protected)
    invited(manager, centrum, email=coordinator.email, display_name="Samordnaren")
    assert coordinator.email in signed_in(manager).get(LIST).text
    page = signed_in(operator).get(LIST).text
    assert coordinator.email not in page
    assert "Samordnaren" not in page
    assert "En kollega har bjudit in någon" in page
    assert centrum.name in page
    assert not readings(operator)


def test_nobody_invites_to_more_than_they_may_give(manager: User, centrum: Centre) -> None:
    client = signed_in(manager)
    for role, place in (("operator", f"v{centrum.pk}"), ("host", "overallt"), ("host", "v99")):
        answer = client.post(NEW, form(centrum, role=role, place=place))
        assert 'aria-invalid="true"' in answer.text
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("field", ["display_name", "email", "role", "place", "language"])
def test_bad_input_is_told_at_the_field_and_nothing_typed_is_lost(
    field: str, manager: User, centrum: Centre
) -> None:
    client = signed_in(manager)
    for value in NASTY:
        sent = form(centrum) | {field: value}
        answer = client.post(NEW, sent)
        assert answer.status_code in (200, 302)
        if answer.status_code == 200:
            assert "<script>alert" not in answer.text
            for name in {"display_name", "email"} - {field}:
                assert sent[name] in answer.text
    assert client.post(NEW, {}).status_code == 200


def test_a_lost_second_step_takes_two_managers(
    manager: User, coordinator: User, centrum: Centre
) -> None:
    key_of(coordinator, "Telefonen")
    path = reverse("people:factor_reset", args=[coordinator.pk])
    first = signed_in(manager)
    assert "Be om att det tas bort" in first.get(path).text
    assert "godkänna det" in first.post(path, {"answer": "ask"}, follow=True).text
    assert "Du har bett om det." in first.get(path).text
    assert "Någon har tappat" not in first.get("/arbete/").text
    refused = first.post(path, {"answer": "approve"}, follow=True).text
    assert "En annan kollega än du behöver avgöra det." in refused
    second = signed_in(user_with(Role.CENTRE_MANAGER, centre=centrum, name="Andra chefen"))
    today = second.get("/arbete/").text
    assert "Någon har tappat sitt andra steg" in today
    assert "Samordnaren" not in today
    answer = second.post(path, {"answer": "approve"}, follow=True)
    assert "Det andra steget är borttaget." in answer.text
    assert FactorReset.objects.get().outcome == "approved"
    verbs = set(JournalEntry.objects.values_list("verb", flat=True))
    assert {"ask_factor_reset", "approve_factor_reset"} <= verbs


def test_who_was_given_a_role_by_who_asked_is_told_who_else_can(
    manager: User, coordinator: User, centrum: Centre
) -> None:
    key_of(coordinator, "Telefonen")
    path = reverse("people:factor_reset", args=[coordinator.pk])
    signed_in(manager).post(path, {"answer": "ask"})
    twin = user_with(Role.CENTRE_MANAGER, centre=centrum)
    give_role(by=manager, user=twin, role=Role.HOST, centre=centrum)
    page = signed_in(twin).get(path).text
    assert "Någon annan som sköter personalen, eller en driftansvarig, behöver göra det." in page
    assert 'value="approve"' not in page
    assert 'value="refuse"' in page
    told = signed_in(twin).post(path, {"answer": "approve"}, follow=True).text
    assert "Någon annan som sköter personalen" in told
    assert FactorReset.objects.get().outcome == ""


def test_saying_no_leaves_all_as_it_is(manager: User, operator: User, coordinator: User) -> None:
    key_of(coordinator, "Telefonen")
    path = reverse("people:factor_reset", args=[coordinator.pk])
    signed_in(manager).post(path, {"answer": "ask"})
    assert (
        "Inget är ändrat." in signed_in(operator).post(path, {"answer": "refuse"}, follow=True).text
    )
    assert coordinator.pk


def test_a_lost_second_step_is_for_those_who_manage_the_person(
    manager: User, host: User, outsider: User, coordinator: User
) -> None:
    path = reverse("people:factor_reset", args=[coordinator.pk])
    assert signed_in(host).get(path).status_code == 403
    assert (
        signed_in(manager).get(reverse("people:factor_reset", args=[outsider.pk])).status_code
        == 404
    )
    assert (
        signed_in(manager).get(reverse("people:factor_reset", args=[manager.pk])).status_code == 403
    )
    assert signed_in(manager).put(path).status_code == 405
    client = signed_in(manager)
    for value in NASTY:
        assert client.post(path, {"answer": value}).status_code == 302
    client.get(path)
    client.head(path)
    assert [line.why for line in readings(manager)] == ["people:factor_reset"] * 2
