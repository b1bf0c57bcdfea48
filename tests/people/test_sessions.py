"""A sign-in: whose, under which key, how long it lasts, and how it ends."""

import base64
import re
import zlib
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from halsonav.messages.models import Message
from halsonav.people.actions import close_account, end_session, end_sessions, invite, take_role
from halsonav.people.models import (
    Centre,
    JournalEntry,
    Role,
    RoleAssignment,
    RolePolicy,
    Session,
    User,
)
from halsonav.people.signing_in.session_store import SessionStore, hash_of
from tests.factories.people import PASSWORD, RoleAssignmentFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
WORK = "/arbete/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"


def user_with(role: Role) -> User:
    return RoleAssignmentFactory.create(role=role).user


def sign_in(user: User, client: Client | None = None) -> Client:
    client = client or Client(headers={"user-agent": PHONE})
    form = {"login": user.email, "password": PASSWORD}
    assert client.post(reverse("account_login"), form).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get(WORK).status_code == 200


def key_of(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


# Where it is kept --------------------------------------------------------------------------------


def test_the_table_holds_whose_it_is_and_on_what_and_never_the_key() -> None:
    user = user_with(Role.COACH)
    with time_machine.travel(NOW, tick=False):
        client = sign_in(user)
    row = Session.objects.get(user=user)
    assert (row.started_at, row.seen_at, row.device) == (NOW, NOW, "Chrome, Android")
    assert row.session_key == hash_of(key_of(client))
    assert key_of(client) not in str(Session.objects.values_list())


def test_the_hash_in_the_table_opens_nothing() -> None:
    user = user_with(Role.COACH)
    sign_in(user)
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = Session.objects.get(user=user).session_key
    assert not is_in(thief)


def test_the_store_keeps_replaces_and_deletes_like_djangos_own() -> None:
    store = SessionStore()
    store["a"] = 1
    store.save()
    key = store.session_key
    assert key
    assert SessionStore(key)["a"] == 1
    assert store.exists(key)
    store.cycle_key()
    assert not store.exists(key)
    assert store.session_key
    store.delete()
    assert Session.objects.count() == 0


def readable(row: Session) -> bytes:
    """Return what somebody without the secret can read of a row, packed as Django packs it."""
    body = row.session_data.split(":")[0]
    packed = base64.urlsafe_b64decode(body.lstrip(".") + "=" * (-len(body.lstrip(".")) % 4))
    return zlib.decompress(packed) if body.startswith(".") else packed


def path_in_letter() -> str:
    found = re.search(r"https?://[^/]+(/\S+)", Message.objects.latest("pk").text)
    assert found
    return found[1]


@pytest.fixture
def outbox(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "halsonav.messages.backend.OutboxBackend"


@pytest.mark.usefixtures("outbox")
def test_who_reads_the_table_finds_no_invitation_to_accept(manager: User, centrum: Centre) -> None:
    invite(
        by=manager, email="ny@privat.exempel.se", display_name="N", role=Role.HOST, centre=centrum
    )
    path = path_in_letter()
    client = Client()
    client.get(path)
    token = path.rstrip("/").rpartition("/")[2]
    assert token in client.session.values()
    assert not [row for row in Session.objects.all() if token.encode() in readable(row)]
    in_clear = Session(session_data=DatabaseStore().encode({"token": token}))
    assert token.encode() in readable(in_clear)


@pytest.mark.usefixtures("outbox")
def test_who_reads_the_table_finds_no_key_for_a_new_password() -> None:
    Client().post(reverse("account_reset_password"), {"email": UserFactory.create().email})
    path = path_in_letter()
    client = Client()
    client.get(path)
    key = path.rstrip("/").rpartition("/")[2].split("-", 1)[-1]
    assert key in client.session.values()
    assert not [row for row in Session.objects.all() if key.encode() in readable(row)]


def test_data_that_the_secrets_do_not_open_is_none(settings: Settings) -> None:
    kept = SessionStore().encode({"a": 1})
    assert SessionStore().decode(kept) == {"a": 1}
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "ny" * 30, [settings.SECRET_KEY]
    assert SessionStore().decode(kept) == {"a": 1}
    settings.SECRET_KEY_FALLBACKS = []
    for unreadable in (kept, DatabaseStore().encode({"a": 1}), "", "å"):
        assert SessionStore().decode(unreadable) == {}


# Signing in and out ------------------------------------------------------------------------------


def test_signing_in_gives_a_new_key_and_the_one_before_is_worth_nothing() -> None:
    client = Client()
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = "yes"
    session.save()
    planted = key_of(client)
    sign_in(user_with(Role.COACH), client)
    assert key_of(client) != planted
    fixed = Client()
    fixed.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert not is_in(fixed)


def test_the_second_step_gives_a_new_key_too_and_the_half_way_one_is_worth_nothing() -> None:
    user = user_with(Role.COACH)
    with time_machine.travel(NOW, tick=False):
        TOTP.activate(user, SECRET)
        client = Client()
        form = {"login": user.email, "password": PASSWORD}
        client.post(reverse("account_login"), form)
        half_way = key_of(client)
        code = format_hotp_value(hotp_value(SECRET, int(NOW.timestamp()) // 30))
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
        assert is_in(client)
        assert key_of(client) != half_way
        thief = Client()
        thief.cookies[settings.SESSION_COOKIE_NAME] = half_way
        assert not is_in(thief)


def test_choosing_a_new_password_by_the_link_signs_nobody_in() -> None:
    user = user_with(Role.COACH)
    everywhere = sign_in(user)
    user.refresh_from_db()
    parts = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    client = Client()
    link = reverse("account_reset_password_from_key", kwargs=parts)
    form = client.get(link, follow=True).redirect_chain[-1][0]
    new = "tre gröna paraplyer"
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    assert not is_in(client)
    assert not is_in(everywhere)
    again = client.get(link, follow=True)
    assert "Länken går inte att använda" in again.text


def test_signing_out_ends_it_for_a_copy_of_the_cookie_too() -> None:
    client = sign_in(user_with(Role.COACH))
    copy = Client()
    copy.cookies[settings.SESSION_COOKIE_NAME] = key_of(client)
    assert is_in(copy)
    client.post(reverse("account_logout"))
    assert not is_in(copy)


def test_signing_in_is_journalled_and_the_cookie_ends_with_the_browser() -> None:
    user = user_with(Role.COACH)
    client = sign_in(user)
    assert JournalEntry.objects.about(user).filter(verb="sign_in", actor_id=user.pk).count() == 1
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"]) == ("", "", True)


# How long it lasts -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "minutes", "still"),
    [
        (Role.COACH, 29, True),
        (Role.COACH, 31, False),
        (Role.COORDINATOR, 59, True),
        (Role.COORDINATOR, 61, False),
        (Role.HOST, 11 * 60, True),
    ],
)
def test_it_ends_when_nothing_has_been_done_for_as_long_as_the_role_allows(
    role: Role, minutes: int, *, still: bool
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client = sign_in(user_with(role))
        clock.shift(timedelta(minutes=minutes))
        assert is_in(client) is still


def test_it_ends_at_the_latest_after_the_roles_hours_however_busy_one_is() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client = sign_in(user_with(Role.COORDINATOR))
        for _ in range(24):
            clock.shift(timedelta(minutes=30))
            assert is_in(client)
        clock.shift(timedelta(minutes=1))
        answer = client.get(WORK)
    assert answer.headers["Location"] == f"{reverse('account_login')}?next={WORK}"
    assert not Session.objects.filter(user__isnull=False).exists()


def test_of_several_roles_the_strictest_holds() -> None:
    user = user_with(Role.HOST)
    RoleAssignmentFactory.create(user=user, role=Role.COACH)
    with time_machine.travel(NOW, tick=False) as clock:
        client = sign_in(user)
        clock.shift(timedelta(minutes=31))
        assert not is_in(client)


def test_an_installation_may_demand_something_else_of_a_role() -> None:
    RolePolicy.objects.create(role=Role.COACH, idle_minutes=5)
    with time_machine.travel(NOW, tick=False) as clock:
        client = sign_in(user_with(Role.COACH))
        clock.shift(timedelta(minutes=6))
        assert not is_in(client)


def test_a_clock_that_was_turned_back_does_not_make_it_last_longer() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client = sign_in(user_with(Role.COACH))
        clock.shift(-timedelta(hours=1))
        assert not is_in(client)


# How it is ended ---------------------------------------------------------------------------------


def test_losing_a_role_ends_every_sign_in() -> None:
    user = user_with(Role.COACH)
    client = sign_in(user)
    take_role(by=None, assignment=RoleAssignment.objects.get(user=user))
    assert not Session.objects.filter(user=user).exists()
    assert client.get(WORK).status_code == 302


def test_a_closed_account_is_out_at_once() -> None:
    user = user_with(Role.COACH)
    client = sign_in(user)
    close_account(by=None, user=user)
    assert client.get(WORK).status_code == 302
    assert Client().post(
        reverse("account_login"), {"login": user.email, "password": PASSWORD}
    ).headers.get("Location") != WORK  # fmt: skip


def test_a_new_password_ends_all_but_the_one_it_was_chosen_in() -> None:
    user = user_with(Role.COACH)
    here, elsewhere = sign_in(user), sign_in(user)
    new = "ett-helt-annat-lösenord"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post(reverse("account_change_password"), form).status_code == 302
    assert is_in(here)
    assert not is_in(elsewhere)
    assert JournalEntry.objects.about(user).filter(verb="set_password").count() == 1


def test_one_may_end_one_or_all_and_the_journal_tells_it() -> None:
    user, manager = user_with(Role.COACH), UserFactory.create()
    first, second, third = (sign_in(user) for _ in range(3))
    end_session(by=user, session=Session.objects.get(session_key=hash_of(key_of(first))))
    assert [is_in(one) for one in (first, second, third)] == [False, True, True]
    assert end_sessions(by=manager, user=user, but=hash_of(key_of(third))) == 1
    assert [is_in(one) for one in (second, third)] == [False, True]
    ended = JournalEntry.objects.about(user).filter(verb="end_session")
    assert set(ended.values_list("actor_id", flat=True)) == {user.pk, manager.pk}


def test_who_may_see_a_sign_in() -> None:
    """One's own, and those of people at the centre where one manages people."""
    coach = user_with(Role.COACH)
    centre = RoleAssignment.objects.get(user=coach).centre
    manager = RoleAssignmentFactory.create(role=Role.CENTRE_MANAGER, centre=centre).user
    stranger = user_with(Role.CENTRE_MANAGER)
    sign_in(coach)
    for user, seen in ((coach, 1), (manager, 1), (stranger, 0), (UserFactory.create(), 0)):
        assert Session.objects.visible_to(user).filter(user=coach).count() == seen
