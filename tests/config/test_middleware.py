"""What every answer carries: what a browser may do with it, and who may keep it."""

import os
import subprocess
import sys
from collections.abc import Mapping

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from halsonav.config.middleware import FOR_NOBODY, SecurityHeaders, guards
from halsonav.people.models import User
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db
PAGES = ["/", "/en/", "/konto/login/", "/arbete/", "/finns-inte/", "/status/lever/"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_for_the_place_alone_and_for_no_camera(path: str) -> None:
    allowed = Client().get(path).headers["Permissions-Policy"]
    assert allowed == "geolocation=(self), camera=(), microphone=(), payment=(), usb=()"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_takes_nothing_from_elsewhere_and_is_embedded_nowhere(path: str) -> None:
    headers = Client().get(path).headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["object-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_file_is_guarded_as_a_page_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is sent before any page is asked; what it carries is put on it where it is sent."""
    monkeypatch.setattr(settings, "SECURE_BROWSER", True)
    page, file = Client().get("/"), Client().get("/static/design/near.js")
    file.close()
    assert file.status_code == 200
    for name in guards():
        assert file.headers[name] == page.headers[name]
    assert "no-store" not in file.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/konto/login/", "/arbete/", "/arbete/installningar/", "/x/"])
def test_what_is_not_the_same_for_all_is_kept_by_nobody(path: str, coordinator: User) -> None:
    for client in (Client(), Client()):
        assert client.get(path).headers["Cache-Control"] == FOR_NOBODY
        client.force_login(coordinator)
        assert client.get(path).headers["Cache-Control"] == FOR_NOBODY


def test_a_public_page_may_be_kept_also_when_somebody_is_signed_in(coordinator: User) -> None:
    client = Client()
    client.force_login(coordinator)
    answer = client.get("/")
    assert answer.headers["Cache-Control"].startswith("public")
    assert coordinator.display_name not in answer.text


def test_an_answer_that_sets_a_cookie_is_never_kept(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.resolver_match = type("Match", (), {"namespaces": ["website"], "url_name": "start"})()
    answer = HttpResponse(headers={"Cache-Control": "public"})
    headers = SecurityHeaders(lambda _request: answer)
    assert headers.process_response(request, answer).headers["Cache-Control"] == "public"
    answer.set_cookie("a", "b")
    assert headers.process_response(request, answer).headers["Cache-Control"] == FOR_NOBODY


def test_signing_out_empties_the_browser(coordinator: User) -> None:
    client = Client()
    client.force_login(coordinator)
    assert "Clear-Site-Data" not in client.get(reverse("account_logout")).headers
    answer = client.post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_cookies_are_bound_to_the_host_where_readers_have_https() -> None:
    """The settings are read in another process, as an installation's are."""
    names = _settings_with("https://halsa.exempel.se")
    assert names[:4] == [
        "__Host-sessionid",
        "__Host-csrftoken",
        "__Host-halsonav_enhet",
        "True True",
    ]
    assert _settings_with("http://127.0.0.1:8000")[0] == "sessionid"


def test_a_form_may_lead_to_the_identity_provider_where_there_is_one() -> None:
    more = {
        "HALSONAV_OIDC": "https://id.exempel.se/realm",
        "HALSONAV_OIDC_CLIENT": "halsonav",
        "HALSONAV_OIDC_SECRET": "hemligt",
        "HALSONAV_OIDC_NAME": "Kommunen",
    }
    ours = "https://halsa.exempel.se"
    assert _settings_with(ours, more)[-1] == "'self' https://id.exempel.se"
    assert _settings_with(ours)[-1] == "'self'"


def _settings_with(origin: str, more: Mapping[str, str] | None = None) -> list[str]:
    code = (
        "import django; django.setup()\n"
        "from django.conf import settings as s\n"
        "from halsonav.people.signing_in.known_devices import COOKIE\n"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, COOKIE, sep='\\n')\n"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)\n"
        "print(*s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])\n"
    )
    environment = os.environ | {
        "HALSONAV_MODE": "test",
        "HALSONAV_ORIGIN": origin,
        "DJANGO_SETTINGS_MODULE": "halsonav.config.settings",
        **(more or {}),
    }
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    return ran.stdout.splitlines()


def test_cookies_are_for_the_server_alone(coordinator: User, settings: Settings) -> None:
    client = Client()
    page = client.get(reverse("account_login"))
    token = page.cookies[settings.CSRF_COOKIE_NAME]
    assert token["httponly"]
    assert token["samesite"] == "Lax"
    form = {"login": coordinator.email, "password": PASSWORD}
    held = client.post(reverse("account_login"), form).cookies[settings.SESSION_COOKIE_NAME]
    assert held["httponly"]
    assert held["samesite"] == "Lax"
    assert not held["domain"]
    assert held["path"] == "/"
