"""The second step: who must have one, how it is added, and that nothing gets around it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from halsonav.people.actions import demand
from halsonav.people.models import Role, Session, User
from halsonav.people.signing_in import policies
from halsonav.people.signing_in.second_factor import SecondFactorAdapter, has_second_factor
from tests.factories.people import PASSWORD, RoleAssignmentFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.second_step]
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
WORK = "/arbete/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        cache.clear()
        yield traveller


def user_with(role: Role) -> User:
    return RoleAssignmentFactory.create(role=role).user


def code(secret: str = SECRET) -> str:
    made: str = format_hotp_value(hotp_value(secret, int(datetime.now(UTC).timestamp()) // 30))
    return made


def with_password(user: User, password: str = PASSWORD) -> tuple[Client, str]:
    """Send the password; return the client and where it leads."""
    client = Client()
    form = {"login": user.email, "password": password}
    return client, client.post(reverse("account_login"), form).headers.get("Location", "")


def give_code(client: Client, given: str) -> str:
    """Return "in", "wrong" or "wait"."""
    answer = client.post(reverse("mfa_authenticate"), {"code": given})
    if answer.status_code == 302:
        return "in"
    return "wait" if "för många försök" in answer.text else "wrong"


# Who must have one -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "open_at_once"),
    [(Role.HOST, True), (Role.PARTNER_EDITOR, True), (Role.COACH, False), (Role.OPERATOR, False)],
)
def test_who_sees_more_than_the_programme_must_add_one_first(
    role: Role, *, open_at_once: bool
) -> None:
    client, _ = with_password(user_with(role))
    answer = client.get(WORK)
    assert (answer.status_code == 200) is open_at_once
    if not open_at_once:
        assert answer.headers["Location"] == reverse("mfa_index")
        assert "Välj ett av de två sätten" in client.get(reverse("mfa_index")).text


def test_every_role_has_a_demand_and_the_strictest_of_several_holds() -> None:
    assert policies.DEFAULTS.keys() == set(Role)
    user = user_with(Role.HOST)
    RoleAssignmentFactory.create(user=user, role=Role.COACH)
    assert policies.policy_of(user).two_factors


def test_an_installation_may_demand_it_of_a_host_too() -> None:
    demand(by=None, role=Role.HOST, two_factors=True, idle_minutes=60, absolute_hours=12)
    client, _ = with_password(user_with(Role.HOST))
    assert client.get(WORK).headers["Location"] == reverse("mfa_index")


def test_who_has_only_spare_codes_has_no_second_step() -> None:
    user = UserFactory.create()
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert not has_second_factor(user)


# An app ------------------------------------------------------------------------------------------


def test_an_app_is_added_with_its_first_code_and_spare_codes_are_shown_once() -> None:
    user = user_with(Role.COACH)
    client, _ = with_password(user)
    page = client.get(reverse("mfa_activate_totp")).text
    secret = re.search(r"<code dir=.ltr.>([A-Z2-7]+)</code>", page)
    assert secret
    assert "<svg" in page
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "Koden stämmer inte" in wrong.text
    right = client.post(reverse("mfa_activate_totp"), {"code": code(secret[1])}, follow=True)
    assert len(re.findall(r"<li><code>[^<*]+</code>", right.text)) == 10
    assert "<li><code>" not in client.get(reverse("mfa_view_recovery_codes"), follow=True).text
    assert client.get(WORK).status_code == 200


def test_its_secret_is_not_readable_in_the_table() -> None:
    TOTP.activate(UserFactory.create(), SECRET)
    held = Authenticator.objects.get().data["secret"]
    assert SECRET not in held
    assert SecondFactorAdapter().decrypt(held) == SECRET


def test_after_the_password_the_code_is_asked_for_and_nothing_is_open_before() -> None:
    user = user_with(Role.COACH)
    TOTP.activate(user, SECRET)
    client, leads_to = with_password(user)
    assert leads_to == reverse("mfa_authenticate")
    assert client.get(WORK).status_code == 302
    assert give_code(client, "123456") == "wrong"
    assert give_code(client, code()) == "in"
    assert client.get(WORK).status_code == 200


def test_a_code_is_good_for_one_sign_in(clock: time_machine.Traveller) -> None:
    user = user_with(Role.COACH)
    TOTP.activate(user, SECRET)
    first, second = with_password(user)[0], with_password(user)[0]
    used = code()
    assert give_code(first, used) == "in"
    assert give_code(second, used) == "wrong"
    clock.shift(timedelta(seconds=90))
    assert give_code(second, code()) == "in"


def test_a_wrong_code_stands_in_the_log_with_a_mark_of_the_account(
    caplog: pytest.LogCaptureFixture,
) -> None:
    user = user_with(Role.COACH)
    TOTP.activate(user, SECRET)
    client = with_password(user)[0]
    give_code(client, "123456")
    lines = [line for line in caplog.messages if "(wrong code)" in line]
    assert len(lines) == 1
    assert not any(word in caplog.text for word in (user.email, "123456"))
    give_code(client, code())
    assert sum("(wrong code)" in line for line in caplog.messages) == 1


def test_codes_are_guessed_at_five_times_in_ten_minutes(clock: time_machine.Traveller) -> None:
    user = user_with(Role.COACH)
    TOTP.activate(user, SECRET)
    clients = [with_password(user)[0] for _ in range(6)]
    assert [give_code(one, "123456") for one in clients] == ["wrong"] * 5 + ["wait"]
    assert give_code(clients[0], code()) == "wait"
    clock.shift(timedelta(minutes=10, seconds=1))
    assert give_code(with_password(user)[0], code()) == "in"


# Around it ---------------------------------------------------------------------------------------


def test_a_new_password_does_not_get_around_it() -> None:
    user = user_with(Role.COACH)
    TOTP.activate(user, SECRET)
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}".split("-", 1)
    link = reverse("account_reset_password_from_key", kwargs={"uidb36": key[0], "key": key[1]})
    client = Client()
    form = client.get(link, follow=True).redirect_chain[-1][0]
    new = "tre gröna paraplyer"
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    assert client.get(WORK).status_code == 302
    again, leads_to = with_password(user, new)
    assert leads_to == reverse("mfa_authenticate")
    assert again.get(WORK).status_code == 302


def test_a_spare_code_opens_once() -> None:
    user = user_with(Role.COACH)
    client, _ = with_password(user)
    secret = re.search(
        r"<code dir=.ltr.>([A-Z2-7]+)</code>", client.get(reverse("mfa_activate_totp")).text
    )
    assert secret
    shown = client.post(reverse("mfa_activate_totp"), {"code": code(secret[1])}, follow=True).text
    spare = re.findall(r"<li><code>([^<*]+)</code>", shown)[0]
    assert spare not in str(Authenticator.objects.values_list("data"))
    assert give_code(with_password(user)[0], spare) == "in"
    assert give_code(with_password(user)[0], spare) == "wrong"


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn"])
def test_who_signed_in_a_while_ago_is_asked_again_before_a_step_is_changed(
    name: str, clock: time_machine.Traveller
) -> None:
    client, _ = with_password(user_with(Role.COACH))
    clock.shift(timedelta(minutes=20))
    assert "reauthenticate" in client.get(reverse(name)).headers["Location"]


def from_outside(user: User) -> Client:
    """Return the browser of who has no password here, as after a sign-in by the provider."""
    user.set_unusable_password()
    user.save()
    client = Client()
    client.force_login(user)
    client.get(WORK)
    return client


def test_who_finds_a_sign_in_open_adds_no_second_step_of_their_own(
    clock: time_machine.Traveller,
) -> None:
    user = user_with(Role.HOST)
    Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Min telefon", "passwordless": True, "credential": {}},
    )
    client = from_outside(user)
    clock.shift(timedelta(minutes=20))
    new = {"password1": PASSWORD[::-1], "password2": PASSWORD[::-1]}
    client.post(reverse("account_set_password"), new)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD[::-1]})
    for name in ("mfa_generate_recovery_codes", "mfa_add_webauthn", "account_set_password"):
        assert "reauthenticate" in client.get(reverse(name)).headers["Location"]
    user.refresh_from_db()
    assert not user.has_usable_password()


SENSITIVE = ["account_set_password", "mfa_activate_totp", "mfa_add_webauthn"]


@pytest.mark.parametrize("name", SENSITIVE)
def test_who_has_nothing_to_be_asked_for_signs_in_anew(
    name: str, clock: time_machine.Traveller
) -> None:
    client = from_outside(user_with(Role.HOST))
    assert client.get(reverse(name)).status_code == 200
    clock.shift(timedelta(minutes=20))
    leads_to = f"{reverse('account_login')}?next={reverse(name)}"
    assert client.get(reverse(name)).headers["Location"] == leads_to
    assert client.get(leads_to).status_code == 200
    assert not Session.objects.exclude(user=None).exists()


def test_who_finds_a_sign_in_open_sets_no_first_password(clock: time_machine.Traveller) -> None:
    user = user_with(Role.HOST)
    client = from_outside(user)
    clock.shift(timedelta(minutes=20))
    new = {"password1": PASSWORD[::-1], "password2": PASSWORD[::-1]}
    sent = client.post(reverse("account_set_password"), new)
    assert sent.headers["Location"].startswith(reverse("account_login"))
    user.refresh_from_db()
    assert not user.has_usable_password()
    fresh = from_outside(user)
    assert fresh.post(reverse("account_set_password"), new).status_code == 302
    user.refresh_from_db()
    assert user.has_usable_password()


@pytest.mark.parametrize("name", ["mfa_index", *SENSITIVE])
def test_a_stranger_is_asked_to_sign_in(name: str) -> None:
    assert Client().get(reverse(name)).headers["Location"].startswith(reverse("account_login"))
