"""Whatever is sent to a form around signing in, it answers plainly and shows no markup of it."""

import time
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa import urls as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from halsonav.people.models import Invitation, Role, User, hash_of_token
from halsonav.people.signing_in.session_store import STARTED
from halsonav.people.urls.sign_in import SHOWN
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
RIGHT: Final = "ett riktigt långt lösenord"
NASTY: Final = (
    "", " ", "\x00", "a\x00b", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}", "{% debug %}", "' OR '1'='1", "\ud7ff", "\u202evärd@exempel.se", "🙂" * 2_000,
    "a" * 10_000, "ö@exempel.se", "a@b", "värd@@exempel.se", "a@" + "b" * 300 + ".se",
    "\r\nBcc: sam@exempel.se", "9" * 400, "true", "null", "[]", RIGHT,
)  # fmt: skip
VALUES: Final = st.sampled_from(NASTY) | st.text(max_size=60)
LANGUAGES: Final = st.sampled_from(("sv", "en", "ar"))
FIELDS: dict[str, tuple[str, ...]] = {
    "account_login": ("login", "password", "remember", "next"),
    "account_logout": ("next",),
    "account_inactive": ("next",),
    "account_invitation": ("display_name",),
    "account_signup": ("email", "password1", "password2", "next"),
    "account_reauthenticate": ("password", "next"),
    "account_email_verification_sent": ("email",),
    "account_change_password": ("oldpassword", "password1", "password2", "next"),
    "account_set_password": ("password1", "password2", "next"),
    "account_reset_password": ("email", "next"),
    "account_reset_password_done": ("email",),
    "account_reset_password_from_key": ("password1", "password2", "next"),
    "account_reset_password_from_key_done": ("password1",),
}
SECOND_STEP: Final[dict[str, tuple[str, ...]]] = {
    "mfa_activate_totp": ("code", "next"),
    "mfa_deactivate_totp": ("next",),
    "mfa_generate_recovery_codes": ("next",),
    "mfa_add_webauthn": ("name", "credential", "passwordless"),
    "mfa_login_webauthn": ("credential", "next"),
    "mfa_reauthenticate": ("code", "next"),
    "mfa_reauthenticate_webauthn": ("credential", "next"),
    "mfa_authenticate": ("code", "credential"),
}
FIELDS |= SECOND_STEP
WITH_LINK: Final = "account_reset_password_from_key"
BACKEND: Final = "allauth.account.auth_backends.AuthenticationBackend"
BODIES: Final = ("application/x-www-form-urlencoded", "multipart/form-data", "application/json",
                 "multipart/form-data; boundary=x", "text/plain; charset=nonsense", "")  # fmt: skip
QUICK: Final = settings(
    max_examples=25,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def user(db: None) -> User:
    return UserFactory.create(email="sam@exempel.se")


def test_every_address_around_signing_in_is_tried_here() -> None:
    listed = {name for name in get_resolver(mfa).reverse_dict if isinstance(name, str)}
    read_only = {"mfa_index", "mfa_view_recovery_codes", "mfa_download_recovery_codes"}
    one_key = {"mfa_list_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn"}
    ours = {"account_logout", "account_invitation", "account_set_password"}
    assert FIELDS.keys() - SECOND_STEP.keys() == SHOWN | ours
    assert SECOND_STEP.keys() == listed - read_only - one_key


def _client(user: User, name: str) -> Client:
    """Return somebody who gets as far as the form, and whom nobody asks to wait."""
    cache.clear()
    if name == "account_set_password":
        user.set_unusable_password()
    else:
        user.set_password(RIGHT)
    user.save()
    client = Client(raise_request_exception=False)
    if name in ("account_change_password", "account_set_password", "account_reauthenticate"):
        client.force_login(user, backend=BACKEND)
    elif name == "account_invitation":
        _with_invitation(client)
    elif name in SECOND_STEP:
        _into_the_second_step(client, user, name)
    return client


def _with_invitation(client: Client) -> None:
    """Follow the link of a letter."""
    token, now = get_random_string(20), timezone.now()
    Invitation.objects.create(
        email="bo@exempel.se",
        display_name="Bo",
        role=Role.OPERATOR,
        token_hash=hash_of_token(token),
        created_at=now,
        expires_at=now + timedelta(days=1),
    )
    client.get(reverse("account_invitation_link", kwargs={"token": token}))


def _into_the_second_step(client: Client, user: User, name: str) -> None:
    """Let somebody stand before a form of the second step, fresh from signing in."""
    Authenticator.objects.filter(user=user).delete()
    if name in ("mfa_authenticate", "mfa_reauthenticate", "mfa_deactivate_totp"):
        TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    if name == "mfa_authenticate":
        client.post(reverse("account_login"), {"login": user.email, "password": RIGHT})
    elif name != "mfa_login_webauthn":
        client.force_login(user, backend=BACKEND)
        session = client.session
        session[STARTED] = time.time()
        session.save()


def _path(user: User, name: str, client: Client, language: str) -> str:
    """Return where the form is; that from a letter is reached by its link, as people do."""
    with override(language):
        if name != WITH_LINK:
            return reverse(name)
        link = (user_pk_to_url_str(user), default_token_generator.make_token(user))
        return client.get(reverse(name, args=link)).headers["Location"]


@pytest.mark.parametrize("name", FIELDS)
@QUICK
@given(data=st.data(), language=LANGUAGES)
def test_no_input_breaks_a_form(name: str, user: User, data: Any, language: str) -> None:
    client = _client(user, name)
    path = _path(user, name, client, language)
    sent = data.draw(st.fixed_dictionaries(dict.fromkeys(FIELDS[name], VALUES)))
    answer = client.post(path, sent)
    assert answer.status_code in (200, 302, 400, 405)  # 400: a longer way on than any address
    if answer.status_code in (200, 400):
        page = answer.content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    else:
        assert not urlsplit(answer.headers.get("Location", "")).netloc, "nobody is led off the site"


@pytest.mark.parametrize("name", FIELDS)
@QUICK
@given(body=st.binary(max_size=300), kind=st.sampled_from(BODIES))
def test_no_body_breaks_a_form(name: str, user: User, body: bytes, kind: str) -> None:
    client = _client(user, name)
    answer = client.generic("POST", _path(user, name, client, "sv"), body, content_type=kind)
    assert answer.status_code < 500


@QUICK
@given(key=st.text(min_size=1, max_size=80).filter(lambda text: "/" not in text))
def test_no_link_from_a_letter_breaks_the_page(user: User, key: str) -> None:
    client = _client(user, WITH_LINK)
    for link in (f"{user_pk_to_url_str(user)}-{key}", f"zzzzzzzzzzzzzzzz-{key}", key):
        answer = client.get(f"/konto/password/reset/key/{link}/", follow=True)
        assert answer.status_code in (200, 404)


@pytest.mark.parametrize("name", ["account_change_password", WITH_LINK, "account_set_password"])
def test_a_password_that_is_too_short_is_told_at_the_field_and_changes_nothing(
    name: str, user: User
) -> None:
    client = _client(user, name)
    before = user.password
    sent = {"oldpassword": RIGHT, "password1": "kort", "password2": "kort"}
    answer = client.post(_path(user, name, client, "sv"), sent)
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.content.decode()
    user.refresh_from_db()
    assert user.password == before


@pytest.mark.parametrize("name", ["account_change_password", WITH_LINK, "account_set_password"])
def test_a_good_password_is_taken(name: str, user: User) -> None:
    client = _client(user, name)
    new = "fyra ord som hör ihop"
    sent = {"oldpassword": RIGHT, "password1": new, "password2": new}
    assert client.post(_path(user, name, client, "sv"), sent).status_code == 302
    user.refresh_from_db()
    assert user.check_password(new)
