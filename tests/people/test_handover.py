"""Handing over and leaving: decided in one step, carried out on their days."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from halsonav.people.actions import (
    HandoverError,
    InvitationGoneError,
    Newcomer,
    accept_invitation,
    call_off_handover,
    carry_out_handovers,
    close_account,
    erase_person,
    give_role,
    hand_over,
    leave,
    take_role,
)
from halsonav.people.models import (
    Centre,
    Function,
    FunctionHolder,
    Handover,
    JournalEntry,
    Organisation,
    Role,
    RoleAssignment,
    User,
    hash_of_token,
)
from tests.factories.people import (
    FunctionFactory,
    FunctionHolderFactory,
    RoleAssignmentFactory,
    UserFactory,
    user_with,
)
from tests.people.asking import NASTY, bare, readings, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


@pytest.fixture
def chief(goteborg: Organisation) -> User:
    return user_with(Role.CENTRE_MANAGER, organisation=goteborg, name="Chefen")


@pytest.fixture
def held(coordinator: User, goteborg: Organisation) -> FunctionHolder:
    post = FunctionFactory.create(organisation=goteborg, title="Samordnare")
    return FunctionHolderFactory.create(function=post, user=coordinator)


def today() -> date:
    return timezone.localdate()


def handed(by: User | None, leaver: User, successor: User | Newcomer, **other: Any) -> Handover:
    plan: dict[str, Any] = {
        "roles": list(leaver.role_assignments.order_by("pk")),
        "holdings": list(leaver.functions_held.order_by("pk")),
        "last_day": today() + timedelta(days=10),
        "from_day": today() + timedelta(days=5),
        "closes_account": True,
    }
    return hand_over(by=by, leaver=leaver, successor=successor, **plan | other)


def roles(user: User) -> set[tuple[str, int | None]]:
    return set(RoleAssignment.objects.filter(user=user).values_list("role", "centre"))


def holders(post: Function, day: date) -> set[int | None]:
    return set(FunctionHolder.objects.filter(function=post).on(day).values_list("user", flat=True))


def test_nobody_hands_a_role_over_to_themselves(operator: User, coordinator: User) -> None:
    with pytest.raises(HandoverError, match="Ingen ger sig själv en roll"):
        handed(operator, coordinator, operator)
    assert not Handover.objects.exists()


def test_the_successor_takes_over_on_the_day_and_the_leaver_goes_after_the_last(
    chief: User, coordinator: User, host: User, held: FunctionHolder
) -> None:
    handed(chief, coordinator, host)
    first, last = today() + timedelta(days=5), today() + timedelta(days=10)
    assert "coordinator" not in {role for role, _ in roles(host)}
    assert holders(held.function, first) == {coordinator.pk, host.pk}
    assert holders(held.function, last + timedelta(days=1)) == {host.pk}
    carry_out_handovers(today=first)
    assert "coordinator" in {role for role, _ in roles(host)}
    assert roles(coordinator)
    carry_out_handovers(today=last)
    coordinator.refresh_from_db()
    assert coordinator.is_active
    carry_out_handovers(today=last + timedelta(days=1))
    coordinator.refresh_from_db()
    assert not coordinator.is_active
    assert not roles(coordinator)
    verbs = set(JournalEntry.objects.values_list("verb", flat=True))
    assert {"hand_over", "give_role", "take_over", "take_role", "close_account"} <= verbs


def test_what_is_due_today_is_done_at_once(chief: User, coordinator: User, host: User) -> None:
    made = handed(chief, coordinator, host, from_day=today())
    assert "coordinator" in {role for role, _ in roles(host)}
    assert made.taken_at
    assert not made.ended_at


def test_an_account_that_is_kept_keeps_what_was_not_handed_over(
    chief: User, coordinator: User, host: User, centrum: Centre, held: FunctionHolder
) -> None:
    kept = RoleAssignmentFactory.create(user=coordinator, role=Role.HOST, centre=centrum)
    other = FunctionHolderFactory.create(user=coordinator)
    given = [one for one in coordinator.role_assignments.all() if one != kept]
    handed(chief, coordinator, host, roles=given, holdings=[held], closes_account=False)
    carry_out_handovers(today=today() + timedelta(days=11))
    coordinator.refresh_from_db()
    assert coordinator.is_active
    assert roles(coordinator) == {("host", centrum.pk)}
    other.refresh_from_db()
    assert other.to_day is None


def test_an_invited_successor_takes_over_when_they_say_yes(
    chief: User, coordinator: User, held: FunctionHolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("halsonav.people.actions.invitation.secrets.token_urlsafe", lambda n: "ja")
    made = handed(chief, coordinator, Newcomer("ny@exempel.se", "Ny"), from_day=today())
    assert made.invitation
    assert made.invitation.token_hash == hash_of_token("ja")
    assert holders(held.function, today() + timedelta(days=11)) == set(), "vacant until then"
    user = accept_invitation(by=AnonymousUser(), token="ja")
    assert {role for role, _ in roles(user)} == {"coordinator"}
    assert holders(held.function, today() + timedelta(days=11)) == {user.pk}
    made.refresh_from_db()
    assert made.successor == user


def test_who_says_yes_after_the_leaver_has_gone_takes_over_then(
    chief: User, coordinator: User, centrum: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    RoleAssignmentFactory.create(user=coordinator, role=Role.HOST, centre=centrum)
    monkeypatch.setattr("halsonav.people.actions.invitation.secrets.token_urlsafe", lambda n: "ja")
    newcomer = Newcomer("ny@exempel.se", "Ny")
    handed(chief, coordinator, newcomer, from_day=today(), last_day=today())
    carry_out_handovers(today=today() + timedelta(days=1))
    assert not roles(coordinator)
    user = accept_invitation(by=AnonymousUser(), token="ja")
    assert {role for role, _ in roles(user)} == {"coordinator", "host"}


def test_leaving_ends_everything_after_the_last_day(
    chief: User, coordinator: User, held: FunctionHolder
) -> None:
    later = FunctionHolderFactory.create(
        user=coordinator,
        from_day=today() + timedelta(days=30),
        function__title="Senare",
        function__organisation=held.function.organisation,
    )
    leave(by=chief, leaver=coordinator, last_day=today() + timedelta(days=3))
    assert not FunctionHolder.objects.filter(pk=later.pk).exists(), "it would never have begun"
    held.refresh_from_db()
    assert held.to_day == today() + timedelta(days=3)
    carry_out_handovers(today=today() + timedelta(days=3))
    assert roles(coordinator)
    carry_out_handovers(today=today() + timedelta(days=4))
    coordinator.refresh_from_db()
    assert not coordinator.is_active
    assert not roles(coordinator)


def test_what_is_called_off_is_not_done(chief: User, coordinator: User, host: User) -> None:
    made = handed(chief, coordinator, host)
    call_off_handover(by=chief, handover=made)
    assert carry_out_handovers(today=today() + timedelta(days=60)) == 0
    coordinator.refresh_from_db()
    assert coordinator.is_active
    with pytest.raises(HandoverError):
        call_off_handover(by=chief, handover=made)
    handed(chief, coordinator, host)


def test_what_cannot_be_is_refused_and_nothing_of_it_is_left(
    chief: User, coordinator: User, host: User, held: FunctionHolder
) -> None:
    closed = UserFactory.create(is_active=False)
    yesterday = today() - timedelta(days=1)
    refused: list[tuple[User | Newcomer, dict[str, Any]]] = [
        (coordinator, {}),
        (closed, {}),
        (host, {"last_day": yesterday}),
        (host, {"from_day": yesterday}),
        (host, {"roles": [], "holdings": []}),
        (host, {"roles": list(host.role_assignments.all())}),
        (Newcomer("ny@exempel.se", "Ny"), {"roles": []}),
        (Newcomer("inte en adress", "Ny"), {}),
    ]
    before = JournalEntry.objects.count()
    for successor, other in refused:
        with pytest.raises(ValidationError):
            handed(chief, coordinator, successor, **other)
    assert not Handover.objects.exists()
    assert JournalEntry.objects.count() == before
    assert not mail.outbox
    held.refresh_from_db()
    assert held.to_day is None


def test_nobody_is_handed_over_twice_at_once(chief: User, coordinator: User, host: User) -> None:
    handed(chief, coordinator, host)
    with pytest.raises(HandoverError):
        leave(by=chief, leaver=coordinator, last_day=today())


# Who decided it, and may no longer -------------------------------------------------------------


def test_a_role_that_was_taken_meanwhile_is_not_handed_over(
    chief: User, coordinator: User, host: User
) -> None:
    made = handed(chief, coordinator, host, closes_account=False)
    take_role(by=chief, assignment=coordinator.role_assignments.get())
    carry_out_handovers(today=today() + timedelta(days=5))
    assert "coordinator" not in {role for role, _ in roles(host)}
    made.refresh_from_db()
    assert made.called_off_at
    assert JournalEntry.objects.about(coordinator).filter(verb="call_off_handover").exists()


def test_only_what_the_leaver_still_has_goes_over(
    chief: User, coordinator: User, host: User, centrum: Centre
) -> None:
    taken = RoleAssignmentFactory.create(user=coordinator, role=Role.COACH, centre=centrum)
    handed(chief, coordinator, host)
    take_role(by=chief, assignment=taken)
    carry_out_handovers(today=today() + timedelta(days=5))
    assert {role for role, _ in roles(host)} == {"host", "coordinator"}


def test_a_role_that_was_taken_before_the_last_day_is_not_there_for_who_comes_later(
    chief: User, coordinator: User, host: User, centrum: Centre
) -> None:
    taken = RoleAssignmentFactory.create(user=coordinator, role=Role.COACH, centre=centrum)
    handed(chief, coordinator, host, last_day=today(), from_day=today() + timedelta(days=5))
    take_role(by=chief, assignment=taken)
    carry_out_handovers(today=today() + timedelta(days=1))
    carry_out_handovers(today=today() + timedelta(days=5))
    assert {role for role, _ in roles(host)} == {"host", "coordinator"}


def test_a_decision_of_somebody_who_was_dismissed_gives_and_takes_nothing(
    chief: User, manager: User, coordinator: User, host: User
) -> None:
    handed(manager, coordinator, host)
    close_account(by=chief, user=manager)
    carry_out_handovers(today=today() + timedelta(days=11))
    assert "coordinator" not in {role for role, _ in roles(host)}
    coordinator.refresh_from_db()
    assert coordinator.is_active
    assert roles(coordinator)


def test_a_decision_of_somebody_who_is_erased_is_called_off(
    chief: User, manager: User, coordinator: User, host: User, operator: User
) -> None:
    handed(manager, coordinator, host)
    erase_person(by=None, user=manager)
    assert carry_out_handovers(today=today() + timedelta(days=11)) == 0
    assert "coordinator" not in {role for role, _ in roles(host)}


def test_a_closed_account_takes_nothing_over(chief: User, coordinator: User, host: User) -> None:
    handed(chief, coordinator, host)
    close_account(by=chief, user=host)
    carry_out_handovers(today=today() + timedelta(days=5))
    assert "coordinator" not in {role for role, _ in roles(host)}


def test_an_invited_successor_gets_nothing_that_the_maker_may_no_longer_give(
    chief: User, manager: User, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("halsonav.people.actions.invitation.secrets.token_urlsafe", lambda n: "ja")
    handed(manager, coordinator, Newcomer("ny@exempel.se", "Ny"), from_day=today())
    take_role(by=chief, assignment=manager.role_assignments.get())
    with pytest.raises(InvitationGoneError):
        accept_invitation(by=AnonymousUser(), token="ja")
    assert not User.objects.filter(email="ny@exempel.se").exists()


def test_a_decision_at_one_centre_takes_nothing_at_another(
    manager: User, coordinator: User, torvalla: Centre, operator: User
) -> None:
    leave(by=manager, leaver=coordinator, last_day=today() + timedelta(days=30))
    give_role(by=operator, user=coordinator, role=Role.COORDINATOR, centre=torvalla)
    carry_out_handovers(today=today() + timedelta(days=31))
    coordinator.refresh_from_db()
    assert coordinator.is_active
    assert roles(coordinator) == {("coordinator", torvalla.pk)}


def test_a_role_that_was_given_after_the_decision_stays_and_so_does_the_account(
    chief: User, coordinator: User, centrum: Centre
) -> None:
    leave(by=chief, leaver=coordinator, last_day=today())
    give_role(by=chief, user=coordinator, role=Role.HOST, centre=centrum)
    carry_out_handovers(today=today() + timedelta(days=1))
    coordinator.refresh_from_db()
    assert coordinator.is_active
    assert roles(coordinator) == {("host", centrum.pk)}


def test_nobody_ends_a_function_of_another_organisation(
    manager: User, coordinator: User, ostersund: Organisation
) -> None:
    post = FunctionFactory.create(organisation=ostersund)
    elsewhere = FunctionHolderFactory.create(function=post, user=coordinator)
    leave(by=manager, leaver=coordinator, last_day=today())
    elsewhere.refresh_from_db()
    assert elsewhere.to_day is None


DAYS = st.integers(0, 6)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    last=DAYS, first=DAYS, closes=st.booleans(), chosen=st.sets(st.integers(0, 2), min_size=1),
    posts=st.sets(st.integers(0, 1)), skipped=st.sets(st.integers(1, 8)),
)  # fmt: skip
def test_on_each_day_each_has_what_the_plan_says(
    last: int, first: int, closes: bool, chosen: set[int], posts: set[int], skipped: set[int],
    centrum: Centre, goteborg: Organisation,
) -> None:  # fmt: skip
    """Whatever days are chosen, and though the machine is off on some of them."""
    held = (Role.HOST, Role.COACH, Role.COORDINATOR)
    leaver, successor = UserFactory.create(), UserFactory.create()
    given = [RoleAssignmentFactory.create(user=leaver, role=r, centre=centrum) for r in held]
    functions = [
        FunctionHolderFactory.create(user=leaver, function__organisation=goteborg) for _ in range(2)
    ]
    begun = today()
    hand_over(
        by=None,
        leaver=leaver,
        successor=successor,
        roles=[given[at] for at in sorted(chosen)],
        holdings=[functions[at] for at in sorted(posts)],
        last_day=begun + timedelta(days=last),
        from_day=begun + timedelta(days=first),
        closes_account=closes,
    )
    wanted = {(held[at].value, centrum.pk) for at in chosen}
    everything = {(role.value, centrum.pk) for role in held}
    for at in range(10):
        if at in skipped:
            continue
        carry_out_handovers(today=begun + timedelta(days=at))
        carry_out_handovers(today=begun + timedelta(days=at))
        leaver.refresh_from_db()
        gone = at > last
        kept = set() if closes else everything - wanted
        assert roles(leaver) == (kept if gone else everything)
        assert roles(successor) == (wanted if at >= first else set())
        assert leaver.is_active == (not gone or not closes)
    for at, one in enumerate(functions):
        for day in range(10):
            there = holders(one.function, begun + timedelta(days=day))
            ends = closes or at in posts
            assert (leaver.pk in there) == (day <= last or not ends)
            assert (successor.pk in there) == (at in posts and day >= first)


# The pages ---------------------------------------------------------------------------------------


def path(person: User, name: str = "hand_over", *more: object) -> str:
    return reverse(f"people:{name}", args=[person.pk, *more])


def form(leaver: User, **other: Any) -> dict[str, Any]:
    return {
        "email": "",
        "language": "sv",
        "roles": [one.pk for one in leaver.role_assignments.all()],
        "functions": [one.pk for one in leaver.functions_held.all()],
        "last_day": (today() + timedelta(days=3)).isoformat(),
        "from_day": today().isoformat(),
        "closes_account": "on",
    } | other


def test_one_form_hands_over_to_somebody_who_is_here(
    chief: User, coordinator: User, host: User, held: FunctionHolder
) -> None:
    client = signed_in(chief)
    page = client.get(path(coordinator)).text
    assert "Samordnare, Hälsolots Centrum" in page
    answer = client.post(path(coordinator), form(coordinator, email=host.email), follow=True)
    assert "Överlämningen är bestämd." in answer.text
    assert "Sista dagen är" in answer.text
    assert "coordinator" in {role for role, _ in roles(host)}
    again = client.post(path(coordinator), form(coordinator, email=host.email))
    assert "Det är redan bestämt när personen slutar." in again.text
    made = Handover.objects.get()
    called = client.post(path(coordinator, "call_off_handover", made.pk), follow=True)
    assert "Inställt." in called.text


def test_without_a_day_the_new_one_begins_the_day_after_the_last(
    chief: User, coordinator: User, host: User
) -> None:
    sent = form(coordinator, email=host.email, from_day="")
    signed_in(chief).post(path(coordinator), sent)
    made = Handover.objects.get()
    assert made.from_day == made.last_day + timedelta(days=1)


def test_the_last_of_all_days_has_no_day_after(chief: User, coordinator: User, host: User) -> None:
    sent = form(coordinator, email=host.email, from_day="", last_day=date.max.isoformat())
    assert signed_in(chief).post(path(coordinator), sent).status_code == 302
    assert Handover.objects.get().from_day == date.max


def test_a_newcomer_needs_a_name_and_is_invited(chief: User, coordinator: User) -> None:
    client = signed_in(chief)
    answer = client.post(path(coordinator), form(coordinator, email="ny@exempel.se"))
    assert "Skriv namnet, så bjuds personen in." in answer.text
    assert "ny@exempel.se" in answer.text
    sent = form(coordinator, email="ny@exempel.se", display_name="Ny Person")
    answer = client.post(path(coordinator), sent, follow=True)
    assert "Efterträdaren är inbjuden" in answer.text
    assert "har inte svarat än" in answer.text


def test_somebody_leaves_by_their_page(chief: User, coordinator: User) -> None:
    sent = {"last_day": (today() + timedelta(days=1)).isoformat()}
    answer = signed_in(chief).post(path(coordinator, "leave"), sent, follow=True)
    assert "Sista dagen är sparad." in answer.text
    late = signed_in(chief).post(path(coordinator, "leave"), {"last_day": "2020-01-01"})
    assert "Välj i dag eller en senare dag." in late.text


@pytest.mark.parametrize("name", ["hand_over", "leave"])
def test_the_pages_are_for_those_who_manage_the_person_and_are_readings(
    name: str, chief: User, coordinator: User, outsider: User, host: User
) -> None:
    client = signed_in(chief)
    theirs, nobodys = path(outsider, name), reverse(f"people:{name}", args=[10**9])
    other, missing = client.get(theirs), client.get(nobodys)
    assert other.status_code == missing.status_code == 404
    assert bare(other, theirs) == bare(missing, nobodys)
    assert signed_in(host).get(path(coordinator, name)).status_code == 403
    assert client.get(path(chief, name)).status_code == 403
    assert client.put(path(coordinator, name)).status_code == 405
    assert Client().get(path(coordinator, name)).status_code == 302
    assert not readings()
    client.get(path(coordinator, name))
    client.head(path(coordinator, name))
    assert [line.why for line in readings(chief)] == [f"people:{name}"] * 2


def test_a_handover_elsewhere_is_not_called_off(
    chief: User, operator: User, coordinator: User, outsider: User, torvalla: Centre
) -> None:
    made = leave(by=operator, leaver=outsider, last_day=today())
    client = signed_in(chief)
    assert client.post(path(outsider, "call_off_handover", made.pk)).status_code == 404
    assert client.post(path(coordinator, "call_off_handover", made.pk)).status_code == 404
    assert client.get(path(coordinator, "call_off_handover", made.pk)).status_code == 405


def test_bad_input_never_breaks_the_form_and_nothing_typed_is_lost(
    chief: User, coordinator: User
) -> None:
    client = signed_in(chief)
    for field in form(coordinator, display_name=""):
        for value in NASTY:
            sent = form(coordinator, email="ny@exempel.se", display_name="") | {field: value}
            answer = client.post(path(coordinator), sent)
            assert answer.status_code in (200, 302, 400)
            assert "<script>alert" not in answer.text
            if answer.status_code == 200 and field != "email":
                assert "ny@exempel.se" in answer.text
        Handover.objects.all().delete()
    for value in NASTY:
        assert client.post(path(coordinator, "leave"), {"last_day": value}).status_code == 200
