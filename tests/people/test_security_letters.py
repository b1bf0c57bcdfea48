"""People hear by letter when something that guards their account has changed, and nothing else."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from halsonav.people.actions import close_account
from halsonav.people.models import JournalEntry, Role, User
from halsonav.people.signing_in.security_letters import EVENTS, NEW_DEVICE
from tests.factories.keys import key_of
from tests.factories.people import PASSWORD, RoleAssignmentFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.second_step]
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NEW = "tre gröna paraplyer"
AGENT = "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"


def sign_in(user: User, client: Client | None = None) -> Client:
    client = client or Client(headers={"user-agent": AGENT})
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


@pytest.fixture
def user() -> User:
    return UserFactory.create(email="asta@exempel.se")


def code(secret: str) -> str:
    made: str = format_hotp_value(hotp_value(secret, int(datetime.now(UTC).timestamp()) // 30))
    return made


def change_password(user: User) -> None:
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    sign_in(user).post(reverse("account_change_password"), form)


def set_password(user: User) -> None:
    client = sign_in(user)
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    client.post(reverse("account_set_password"), {"password1": NEW, "password2": NEW})


def reset_password(user: User) -> None:
    parts = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    client = Client()
    link = reverse("account_reset_password_from_key", kwargs=parts)
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": NEW, "password2": NEW})


def add_app(user: User) -> None:
    client = sign_in(user)
    page = client.get(reverse("mfa_activate_totp")).text
    secret = re.search(r"<code dir=.ltr.>([A-Z2-7]+)</code>", page)
    assert secret
    client.post(reverse("mfa_activate_totp"), {"code": code(secret[1])})


def remove_app(user: User) -> None:
    client = sign_in(user)
    TOTP.activate(user, SECRET)
    client.post(reverse("mfa_deactivate_totp"))


def remove_key(user: User) -> None:
    client = sign_in(user)
    key = key_of(user, "Min telefon")
    client.post(reverse("mfa_remove_webauthn", kwargs={"pk": key.pk}))


CHANGES: dict[str, tuple[Callable[[User], None], list[str]]] = {
    "a password is changed": (change_password, ["Du har ett nytt lösenord"]),
    "a first password is chosen": (set_password, ["Du har ett nytt lösenord"]),
    "a password is chosen by the link": (reset_password, ["Du har ett nytt lösenord"]),
    "an app is added": (add_app, ["Du har lagt till ett sätt att logga in"]),
    "an app is taken away": (remove_app, ["Ett sätt att logga in är borttaget"]),
    "a key is taken away": (remove_key, ["Ett sätt att logga in är borttaget"]),
}


@pytest.mark.parametrize("what", CHANGES)
def test_the_owner_is_told_when(
    what: str,
    user: User,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    change, subjects = CHANGES[what]
    with django_capture_on_commit_callbacks(execute=True):
        change(user)
    assert sorted(letter.subject for letter in mailoutbox) == sorted(subjects)
    assert {letter.to[0] for letter in mailoutbox} == {user.email}


def test_a_changed_second_step_is_journalled(
    user: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        add_app(user)
    changed = JournalEntry.objects.about(user).filter(verb="change_second_step")
    assert changed.exists()


def test_the_owner_is_told_of_a_closed_account(user: User, mailoutbox: list[EmailMessage]) -> None:
    close_account(by=None, user=user)
    assert [letter.subject for letter in mailoutbox] == ["Ditt konto är stängt"]


def test_a_new_device_is_told_of_and_a_known_one_and_the_first_are_not(
    user: User, mailoutbox: list[EmailMessage]
) -> None:
    own = sign_in(user)
    assert not mailoutbox, "the very first"
    own.post(reverse("account_logout"))
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        sign_in(user, own)
        assert not mailoutbox, "the same device"
        sign_in(user)
    assert [letter.subject for letter in mailoutbox] == [NEW_DEVICE.subject]


def test_a_wrong_password_sends_nothing(user: User, mailoutbox: list[EmailMessage]) -> None:
    sign_in(user).post(reverse("account_logout"))
    Client().post(reverse("account_login"), {"login": user.email, "password": "fel"})
    assert not mailoutbox


@pytest.mark.parametrize(
    ("language", "said"),
    [("sv", "Var det inte du?"), ("en", "Was it not you?"), ("ar", "ألست أنت")],
)
def test_it_is_in_the_owners_language_and_tells_an_attacker_nothing(
    language: str, said: str, user: User, mailoutbox: list[EmailMessage]
) -> None:
    User.objects.update(language=language)
    user.refresh_from_db()
    sign_in(user)
    sign_in(user, Client(headers={"user-agent": AGENT}, REMOTE_ADDR="203.0.113.9"))
    [letter] = mailoutbox
    text = f"{letter.subject} {letter.body}"
    assert said in text
    for told in ("203.0.113", "Firefox", "Windows", user.email, user.display_name):
        assert told not in text
    links = re.findall(r"https?://\S+", text)
    assert len(links) == 1
    assert links[0].endswith("/password/reset/")


def test_every_letter_that_allauth_would_send_of_a_change_has_one_of_ours() -> None:
    assert {name.rpartition("/")[2] for name in EVENTS} >= {
        "password_changed", "password_set", "password_reset", "totp_activated",
        "totp_deactivated", "webauthn_added", "webauthn_removed", "recovery_codes_generated",
    }  # fmt: skip


# The last step ------------------------------------------------------------------------------------

LAST = "Du behöver två steg för ditt arbete, och det här är ditt enda."


@pytest.mark.parametrize(
    ("role", "keys", "said"),
    [(Role.COACH, 0, True), (Role.COACH, 1, False), (Role.HOST, 0, False)],
)
def test_who_takes_the_last_step_away_that_the_work_demands_is_told(
    role: Role, keys: int, *, said: bool
) -> None:
    user = RoleAssignmentFactory.create(role=role).user
    client = sign_in(user)
    TOTP.activate(user, SECRET)
    for number in range(keys):
        key_of(user, f"Nyckel {number}")
    assert (LAST in client.get(reverse("mfa_deactivate_totp")).text) is said
