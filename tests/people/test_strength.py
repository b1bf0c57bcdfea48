"""Secrets are long enough and hashed as they should be; passwords are taken as they are typed."""

import json
import math
import os
import re
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from halsonav.people.models import Role, User
from halsonav.people.signing_in.session_store import SessionStore
from tests.factories.people import PASSWORD, RoleAssignmentFactory

pytestmark = pytest.mark.django_db
LEAST_BITS = 128
LEAST_OF_CODES = 20
NEW = "tre gröna paraplyer"
SECRET = "c2lnbmF0dXJlcyBhbmQga2V5cyBhcmUgbWFkZSBvZiB0aGlz"


def coach() -> User:
    """Return somebody who works at a centre."""
    user: User = RoleAssignmentFactory.create(role=Role.COACH).user
    return user


def in_a_real_installation(says: str) -> dict[str, Any]:
    """Return what settings say where nothing of the tests' or the demo's own holds."""
    code = (
        "import django, json; django.setup()\n"
        "from django.conf import settings as s\n"
        "from django.contrib.auth.hashers import get_hasher\n"
        f"print(json.dumps({says}))"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "halsonav.config.settings",
        "HALSONAV_SECRET_KEY": SECRET,
        "HALSONAV_DATABASE": "sqlite:///var/never-opened.sqlite3",
        "HALSONAV_ORIGIN": "https://halsa.exempel.se",
        "HALSONAV_HOSTS": "halsa.exempel.se",
        "HALSONAV_MAIL": "smtps://post.exempel.se:465",
        "HALSONAV_SENDER": "halsa@exempel.se",
    }
    words = [sys.executable, "-c", code]
    ran = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


def test_passwords_are_hashed_with_argon2id_and_enough_work() -> None:
    told = in_a_real_installation(
        "{'one': len(s.PASSWORD_HASHERS), 'kind': get_hasher().encode('a', 'saltsalt')}"
    )
    found = re.match(r"argon2\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$", str(told["kind"]))
    assert told["one"] == 1
    assert found
    assert int(found[1]) >= 19_456
    assert int(found[2]) >= 2


def test_a_real_installation_shows_no_faults_and_has_nothing_of_the_tests() -> None:
    told = in_a_real_installation("{'debug': s.DEBUG, 'demo': s.DEMO, 'apps': s.INSTALLED_APPS}")
    assert (told["debug"], told["demo"]) == (False, False)
    assert not {"debug_toolbar", "django.contrib.admin", "tests"} & set(told["apps"])


def test_keys_and_codes_are_too_many_to_guess() -> None:
    session = SessionStore()
    session.create()
    assert math.log2(36) * len(str(session.session_key)) >= LEAST_BITS
    assert 5 * len(generate_totp_secret()) >= LEAST_BITS
    codes = RecoveryCodes.activate(coach()).generate_codes()
    assert all(math.log2(10) * len(code) >= LEAST_OF_CODES for code in codes)
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize(
    ("name", "fields"),
    [("account_login", 1), ("account_change_password", 3), ("account_reauthenticate", 1)],
)
def test_a_password_is_hidden_and_may_be_pasted_and_kept_by_a_helper(
    name: str, fields: int
) -> None:
    client = Client()
    if name != "account_login":
        client.force_login(coach())
    page = client.get(reverse(name)).text
    boxes = [box for box in re.findall(r"<input[^>]*>", page) if 'name="csrf' not in box]
    hidden = [box for box in boxes if "password" in box]
    assert len(hidden) == fields
    for box in hidden:
        assert 'type="password"' in box
        assert re.search(r'autocomplete="(current|new)-password"', box)
        assert not re.search(r"maxlength|onpaste|autocomplete=\"off\"", box)


def test_a_password_is_not_changed_without_the_one_before() -> None:
    user = coach()
    client = Client()
    client.force_login(user)
    sent = {"oldpassword": f"{PASSWORD}x", "password1": NEW, "password2": NEW}
    for form in (sent, {"password1": NEW, "password2": NEW}):
        assert client.post(reverse("account_change_password"), form).status_code == 200
        user.refresh_from_db()
        assert user.check_password(PASSWORD)
    form = sent | {"oldpassword": PASSWORD}
    assert client.post(reverse("account_change_password"), form).status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW)


@pytest.mark.parametrize(
    ("typed", "right"),
    [(f" {NEW} ", True), (NEW, False), (f" {NEW.upper()} ", False), (f" {NEW}", False)],
)
def test_a_password_is_what_was_typed_to_the_last_sign(typed: str, *, right: bool) -> None:
    user = coach()
    user.set_password(f" {NEW} ")
    user.save()
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": typed})
    assert ("_auth_user_id" in client.session) is right


@pytest.mark.parametrize("name", ["desk:today", "people:settings", "people:account"])
def test_signing_out_is_one_press_away_where_one_works(name: str) -> None:
    client = Client()
    client.force_login(coach())
    page = client.get(reverse(name)).text
    assert f'action="{reverse("account_logout")}" method="post"' in page


def test_a_password_holds_until_somebody_changes_it() -> None:
    user = coach()
    with time_machine.travel(timezone.now() + timedelta(days=5 * 365), tick=False):
        client = Client()
        client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
        assert "_auth_user_id" in client.session


def test_what_is_told_once_waits_where_no_script_reads_it_and_goes_when_it_is_told() -> None:
    client = Client()
    client.force_login(coach())
    client.post(reverse("people:language"), {"language": "sv"})
    (cookie,) = [one for name, one in client.cookies.items() if name.endswith("messages")]
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"]) == (True, "Lax", "")
    assert "Språket är ändrat." in client.get(reverse("people:account")).text
    assert client.cookies[cookie.key].value == ""


def test_its_cookie_is_bound_to_the_host() -> None:
    told = in_a_real_installation(
        "{'name': __import__('django.contrib.messages.storage', fromlist=['a'])"
        ".default_storage(None).cookie_name}"
    )
    assert told == {"name": "__Host-messages"}


def test_a_new_installation_has_no_account() -> None:
    """Nothing but the migrations has been run."""
    assert not User.objects.exists()
