"""What the room's tests share: own addresses, empty registries, a resolved request."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import Resolver404, resolve
from django.utils import translation
from pytest_django import Settings

from halsonav.design import menu, panels, site

Ask = Callable[..., HttpRequest]


@pytest.fixture(autouse=True)
def own_addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.design.urls"
    settings.ORIGIN = "https://halsa.exempel.se"


@pytest.fixture(autouse=True)
def empty_registries(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("public", "footer", "workspace"):
        monkeypatch.setattr(menu, name, menu.Menu())
    monkeypatch.setattr(site, "_registered", [])
    monkeypatch.setattr(panels, "_builds", {})
    with translation.override("sv"):
        yield


@pytest.fixture
def ask(rf: RequestFactory) -> Ask:
    """Return a request in the language, resolved as the handler would."""

    def asked(address: str, language: str = "sv") -> HttpRequest:
        translation.activate(language)
        request = rf.get(address)
        request.user = AnonymousUser()
        try:
            request.resolver_match = resolve(request.path)
        except Resolver404:
            request.resolver_match = None
        return request

    return asked
