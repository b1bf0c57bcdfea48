"""Invitations: one link, one time, some days; nobody gets in by the link to what others have."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from halsonav.people import actions
from halsonav.people.actions import (
    InvitationGoneError,
    SignInFirstError,
    forget_what_is_due,
    trust_clock,
)
from halsonav.people.actions.invitation import INVITATION_LASTS
from halsonav.people.models import (
    Centre,
    ClockReading,
    Invitation,
    JournalEntry,
    Role,
    RoleAssignment,
    Session,
    User,
    hash_of_token,
)
from halsonav.people.permissions import Permission
from halsonav.people.rules import may
from tests.factories.people import PASSWORD, RoleAssignmentFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
BO = "bo@exempel.se"
NOBODY = AnonymousUser()
PAGE = "/konto/inbjudan/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def invitation(manager: User, centrum: Centre, mailoutbox: list[EmailMessage]) -> Invitation:
    return invite_bo(manager, centrum)


def test_an_invitation_of_somebody_who_lost_the_right_gives_nothing(
    invitation: Invitation, manager: User, mailoutbox: list[EmailMessage]
) -> None:
    token = token_in(mailoutbox[0])
    actions.take_role(by=None, assignment=manager.role_assignments.get())
    assert Invitation.objects.get().withdrawn_at
    with pytest.raises(InvitationGoneError):
        actions.accept_invitation(by=NOBODY, token=token)
    assert not User.objects.filter(email=BO).exists()


def test_the_right_is_looked_at_anew_when_somebody_says_yes(
    invitation: Invitation, manager: User, mailoutbox: list[EmailMessage]
) -> None:
    manager.role_assignments.all().delete()
    with pytest.raises(InvitationGoneError):
        actions.accept_invitation(by=NOBODY, token=token_in(mailoutbox[0]))
    assert not User.objects.filter(email=BO).exists()


def test_who_may_still_give_it_by_another_role_has_their_invitation_left(
    invitation: Invitation, manager: User, centrum: Centre
) -> None:
    other = RoleAssignmentFactory.create(user=manager, role=Role.COACH, centre=centrum)
    actions.take_role(by=None, assignment=other)
    assert not Invitation.objects.get().withdrawn_at


def invite_bo(manager: User, centre: Centre, language: str = "sv") -> Invitation:
    return actions.invite(
        by=manager,
        email=" Bo@Exempel.se",
        display_name="Bo",
        role=Role.COACH,
        centre=centre,
        language=language,
    )


def token_in(letter: EmailMessage) -> str:
    found = re.search(rf"{settings.ORIGIN}\S+/([\w-]{{43}})/", str(letter.body))
    assert found
    return found[1]


def verbs_about(row: Invitation | User) -> list[str]:
    return list(JournalEntry.objects.about(row).order_by("number").values_list("verb", flat=True))


# Inviting ----------------------------------------------------------------------------------------


def test_a_letter_goes_out_and_there_is_neither_account_nor_role(
    invitation: Invitation, manager: User, mailoutbox: list[EmailMessage]
) -> None:
    [letter] = mailoutbox
    assert letter.to == [invitation.email] == [BO]
    assert invitation.expires_at - invitation.created_at == INVITATION_LASTS == timedelta(days=7)
    assert "Länken gäller i sju dagar" in str(letter.body)
    assert invitation.invited_by == manager
    assert not User.objects.filter(email=BO).exists()
    assert verbs_about(invitation) == ["invite"]


def test_the_token_stands_in_the_letter_alone(
    invitation: Invitation, mailoutbox: list[EmailMessage]
) -> None:
    token = token_in(mailoutbox[0])
    held = str(list(Invitation.objects.values())) + str(list(JournalEntry.objects.values()))
    assert token not in held
    assert invitation.token_hash == hash_of_token(token)


@pytest.mark.parametrize(
    ("language", "said", "path"),
    [
        ("sv", "Du är inbjuden att arbeta som hälsocoach vid Hälsolots Centrum.", "/konto/"),
        ("en", "You are invited to work as health coach at Hälsolots Centrum.", "/en/"),
        ("ar", "Hälsolots Centrum", "/ar/"),
    ],
)
def test_the_letter_is_in_the_invited_persons_language(
    language: str,
    said: str,
    path: str,
    manager: User,
    centrum: Centre,
    mailoutbox: list[EmailMessage],
) -> None:
    invite_bo(manager, centrum, language)
    assert said in str(mailoutbox[0].body)
    assert f"{settings.ORIGIN}{path}" in str(mailoutbox[0].body)
    assert manager.display_name not in str(mailoutbox[0].body)


def test_who_has_an_account_is_invited_alike(manager: User, centrum: Centre) -> None:
    UserFactory.create(email=BO)
    made = invite_bo(manager, centrum)
    assert (made.email, made.display_name, made.accepted_at) == (BO, "Bo", None)
    assert not RoleAssignment.objects.filter(user__email=BO).exists()


def test_inviting_again_to_the_same_leaves_one_link(
    invitation: Invitation, manager: User, centrum: Centre
) -> None:
    again = invite_bo(manager, centrum)
    assert list(Invitation.objects.open(NOW)) == [again]


@pytest.mark.parametrize(("field", "value"), [("email", "bo"), ("display_name", ""), ("role", "x")])
def test_what_cannot_be_is_refused_at_its_field_and_no_letter_goes(
    field: str, value: str, centrum: Centre, mailoutbox: list[EmailMessage]
) -> None:
    right = {"email": BO, "display_name": "Bo", "role": Role.COACH, "centre": centrum}
    with pytest.raises(ValidationError) as error:
        actions.invite(by=None, **(right | {field: value}))  # type: ignore[arg-type]
    assert field in error.value.message_dict
    assert not mailoutbox
    assert not JournalEntry.objects.exists()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"role": "x"}, "invitation_role_is_known"),
        ({"centre": None}, "invitation_without_a_place_is_an_operator"),
        ({"email": ""}, "invitation_has_an_email_a_name_and_a_token"),
        ({"expires_at": NOW}, "invitation_expires_after_it_is_made"),
        (
            {"accepted_at": NOW, "withdrawn_at": NOW},
            "invitation_is_not_both_accepted_and_withdrawn",
        ),
    ],
)
def test_the_database_refuses_what_must_never_be(
    change: dict[str, object], name: str, invitation: Invitation
) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(**change)


def test_who_sees_it(invitation: Invitation, operator: User, torvalla: Centre) -> None:
    manager = invitation.invited_by
    assert manager
    elsewhere = user_with(Role.CENTRE_MANAGER, centre=torvalla)
    coach = user_with(Role.COACH, centre=invitation.centre)
    seen = [
        Invitation.objects.visible_to(one).exists()
        for one in (manager, operator, elsewhere, coach, NOBODY)
    ]
    assert seen == [True, True, False, False, False]


# Renewing and withdrawing -------------------------------------------------------------------------


def test_a_new_link_holds_anew_and_the_one_before_is_worth_nothing(
    invitation: Invitation,
    manager: User,
    mailoutbox: list[EmailMessage],
    clock: time_machine.Traveller,
) -> None:
    clock.shift(INVITATION_LASTS + timedelta(days=1))
    actions.renew_invitation(by=manager, invitation=invitation)
    old, new = (token_in(letter) for letter in mailoutbox)
    with pytest.raises(InvitationGoneError):
        actions.accept_invitation(by=NOBODY, token=old)
    assert actions.accept_invitation(by=NOBODY, token=new).email == BO
    assert verbs_about(invitation) == ["invite", "renew_invitation", "accept_invitation"]


def test_what_is_accepted_or_withdrawn_is_not_renewed_and_the_accepted_not_withdrawn(
    invitation: Invitation, manager: User, mailoutbox: list[EmailMessage]
) -> None:
    actions.withdraw_invitation(by=manager, invitation=invitation)
    with pytest.raises(InvitationGoneError):
        actions.renew_invitation(by=manager, invitation=invitation)
    Invitation.objects.update(withdrawn_at=None, accepted_at=NOW)
    for action in (actions.renew_invitation, actions.withdraw_invitation):
        with pytest.raises(InvitationGoneError):
            action(by=manager, invitation=invitation)
    assert len(mailoutbox) == 1


def test_closing_an_account_withdraws_what_its_owner_has_open(
    invitation: Invitation, manager: User, operator: User, mailoutbox: list[EmailMessage]
) -> None:
    actions.close_account(by=operator, user=manager)
    with pytest.raises(InvitationGoneError):
        actions.accept_invitation(by=NOBODY, token=token_in(mailoutbox[0]))


# Saying yes ---------------------------------------------------------------------------------------


def test_a_new_person_gets_an_account_and_the_role_once(
    invitation: Invitation, centrum: Centre, mailoutbox: list[EmailMessage]
) -> None:
    token = token_in(mailoutbox[0])
    user = actions.accept_invitation(by=NOBODY, token=token, display_name=" Bosse ")
    assert (user.email, user.display_name, user.language) == (BO, "Bosse", "sv")
    assert not user.has_usable_password()
    assert may(user, Permission.SEE_WORKSPACE, centrum)
    given = JournalEntry.objects.about(user).get(verb="give_role")
    assert (given.actor_id, given.why) == (user.pk, "invitation")
    with pytest.raises(InvitationGoneError):
        actions.accept_invitation(by=user, token=token)


def test_unknown_used_withdrawn_and_too_old_are_answered_alike(
    manager: User, centrum: Centre, mailoutbox: list[EmailMessage], client: Client
) -> None:
    for _ in range(3):
        invite_bo(manager, centrum)
        Invitation.objects.update(withdrawn_at=None)
    used, withdrawn, old = (token_in(letter) for letter in mailoutbox)
    for token, change in (
        (used, {"accepted_at": NOW}),
        (withdrawn, {"withdrawn_at": NOW}),
        (old, {"created_at": NOW - timedelta(days=9), "expires_at": NOW}),
    ):
        Invitation.objects.with_token(token).update(**change)
    pages = []
    for token in (used, withdrawn, old, "x" * 43):
        with pytest.raises(InvitationGoneError) as error:
            actions.accept_invitation(by=NOBODY, token=token)
        assert error.value.messages == ["Inbjudan gäller inte längre. Be om en ny."]
        page = client.get(f"{PAGE}{token}/", follow=True)
        pages.append((page.status_code, page.content))
    assert pages[0][0] == 404
    assert len(set(pages)) == 1


def test_the_link_gives_an_existing_account_to_nobody_but_its_owner(
    invitation: Invitation, mailoutbox: list[EmailMessage]
) -> None:
    owner, other = UserFactory.create(email=BO), UserFactory.create()
    token = token_in(mailoutbox[0])
    for by in (NOBODY, other):
        with pytest.raises(SignInFirstError):
            actions.accept_invitation(by=by, token=token)
    assert not RoleAssignment.objects.filter(user__in=[owner, other]).exists()
    assert actions.accept_invitation(by=owner, token=token) == owner
    assert RoleAssignment.objects.get(user=owner).role == Role.COACH


def test_nobody_gives_themselves_a_role_by_an_invitation(
    operator: User, centrum: Centre, mailoutbox: list[EmailMessage]
) -> None:
    actions.invite(
        by=operator,
        email=operator.email,
        display_name="Jag",
        role=Role.CENTRE_MANAGER,
        centre=centrum,
    )
    with pytest.raises(InvitationGoneError):
        actions.accept_invitation(by=operator, token=token_in(mailoutbox[0]))
    assert operator.roles == {Role.OPERATOR}


def test_nobody_accepts_what_was_sent_to_another_address(
    invitation: Invitation, mailoutbox: list[EmailMessage]
) -> None:
    with pytest.raises(SignInFirstError):
        actions.accept_invitation(by=UserFactory.create(), token=token_in(mailoutbox[0]))


def at_the_same_moment(one: Callable[[], User]) -> list[str]:
    """Run it twice at once; return "yes" or the error's name for each."""
    start = Barrier(2)

    def try_it(_: int) -> str:
        start.wait()
        try:
            one()
        except ValidationError as error:
            return type(error).__name__
        finally:
            connection.close()
        return "yes"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(try_it, range(2)))


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_gets_the_role(
    manager: User, centrum: Centre, mailoutbox: list[EmailMessage]
) -> None:
    for number in range(10):
        actions.invite(
            by=manager,
            email=f"nr{number}@exempel.se",
            display_name="Nr",
            role=Role.HOST,
            centre=centrum,
        )
        token = token_in(mailoutbox[-1])
        said = at_the_same_moment(lambda: actions.accept_invitation(by=NOBODY, token=token))  # noqa: B023
        assert said == ["InvitationGoneError", "yes"]


# The page -----------------------------------------------------------------------------------------


def follow(letter: EmailMessage, client: Client) -> str:
    """Follow the letter's link; return the page."""
    found = re.search(rf"{settings.ORIGIN}(\S+)", str(letter.body))
    assert found
    return client.get(found[1], follow=True).text


def test_the_address_loses_the_token_at_once_and_tells_it_to_nobody(
    invitation: Invitation, mailoutbox: list[EmailMessage], client: Client
) -> None:
    token = token_in(mailoutbox[0])
    first = client.get(f"{PAGE}{token}/")
    assert (first.status_code, first.headers["Location"]) == (302, PAGE)
    assert first.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in first.headers["Cache-Control"]
    page = client.get(PAGE)
    assert token not in page.text
    assert "no-store" in page.headers["Cache-Control"]


def test_a_new_person_reads_who_invites_says_yes_and_is_led_to_add_a_key(
    invitation: Invitation, manager: User, mailoutbox: list[EmailMessage], client: Client
) -> None:
    page = follow(mailoutbox[0], client)
    assert "Verksamhetschefen bjuder in dig som hälsocoach, Hälsolots Centrum." in page
    [line] = JournalEntry.objects.showing(manager)
    assert (line.actor_id, line.fields, line.why) == (None, ["display_name"], "invitation")
    before = client.session.session_key
    answer = client.post(PAGE, {"display_name": "Bosse"})
    assert answer.headers["Location"] == reverse("mfa_add_webauthn")
    assert client.session.session_key != before
    user = User.objects.get(email=BO)
    assert Session.objects.get(user=user).started_at == NOW
    assert JournalEntry.objects.about(user).filter(verb="sign_in").count() == 1
    key_page = client.get(reverse("mfa_add_webauthn")).text
    assert reverse("account_set_password") in key_page


def test_a_key_that_was_planted_before_opens_nothing_after(
    invitation: Invitation, mailoutbox: list[EmailMessage], client: Client
) -> None:
    follow(mailoutbox[0], client)
    planted = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post(PAGE, {"display_name": "Bosse"})
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert thief.get("/arbete/").status_code == 302


def test_without_a_name_nobody_is_let_in(
    invitation: Invitation, mailoutbox: list[EmailMessage], client: Client
) -> None:
    follow(mailoutbox[0], client)
    page = client.post(PAGE, {"display_name": " "})
    assert "Skriv vad du heter." in page.text
    assert not User.objects.filter(email=BO).exists()


def test_the_link_alone_signs_nobody_in_to_an_account_that_there_is(
    invitation: Invitation, mailoutbox: list[EmailMessage], client: Client
) -> None:
    owner = UserFactory.create(email=BO)
    page = follow(mailoutbox[0], client)
    assert "Du har redan ett konto" in page
    client.post(PAGE, {"display_name": "Bosse"})
    assert not Session.objects.filter(user__isnull=False).exists()
    assert not RoleAssignment.objects.filter(user=owner).exists()


def test_its_owner_signs_in_and_says_yes_in_the_same_session(
    invitation: Invitation, mailoutbox: list[EmailMessage], client: Client
) -> None:
    owner = UserFactory.create(email=BO)
    follow(mailoutbox[0], client)
    form = {"login": BO, "password": PASSWORD, "next": PAGE}
    assert client.post(reverse("account_login"), form).headers["Location"] == PAGE
    assert "Tacka ja" in client.get(PAGE).text
    before = client.session.session_key
    assert client.post(PAGE).headers["Location"] == "/arbete/"
    assert client.session.session_key != before
    assert RoleAssignment.objects.get(user=owner).role == Role.COACH
    assert client.get(PAGE).status_code == 404


def test_somebody_else_who_is_signed_in_is_asked_to_sign_out(
    invitation: Invitation, mailoutbox: list[EmailMessage], client: Client
) -> None:
    client.force_login(UserFactory.create())
    assert "du är inloggad med en annan adress" in follow(mailoutbox[0], client)
    client.post(PAGE, {"display_name": "Bosse"})
    assert not User.objects.filter(email=BO).exists()


def test_whose_data_is_protected_is_not_named(
    invitation: Invitation, manager: User, mailoutbox: list[EmailMessage], client: Client
) -> None:
    User.objects.filter(pk=manager.pk).update(is_protected=True)
    page = follow(mailoutbox[0], client)
    assert manager.display_name not in page
    assert "Du är inbjuden som hälsocoach, Hälsolots Centrum." in page
    assert not JournalEntry.objects.showing(manager).exists()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_is_in_each_language(
    language: str,
    manager: User,
    centrum: Centre,
    mailoutbox: list[EmailMessage],
    client: Client,
) -> None:
    invite_bo(manager, centrum, language)
    page = follow(mailoutbox[0], client)
    assert f'lang="{language}"' in page
    with override(language):
        assert client.get(reverse("account_invitation")).status_code == 200


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_wrong_method_is_refused(method: str, client: Client) -> None:
    assert getattr(client, method)(PAGE).status_code == 405
    assert client.post(f"{PAGE}abc/").status_code == 405


# Forgetting ---------------------------------------------------------------------------------------


def test_it_is_forgotten_thirty_days_after_its_link_ended(
    manager: User, centrum: Centre, clock: time_machine.Traveller
) -> None:
    made = actions.invite(
        by=manager, email="nr@exempel.se", display_name="Nr", role=Role.HOST, centre=centrum
    )
    Invitation.objects.filter(pk=made.pk).update(accepted_at=NOW)
    clock.shift(INVITATION_LASTS + timedelta(days=30))
    forget_what_is_due()
    assert Invitation.objects.exists()
    trust_clock(by=manager)
    clock.shift(timedelta(days=1))
    ClockReading.objects.all().delete()
    forget_what_is_due()
    assert not Invitation.objects.exists()
