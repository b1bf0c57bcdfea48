"""`halsonav check` on signing in: whether the organisation answers, and nobody is shut out."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from pytest_django import Settings

from halsonav.commands.inspection import identity_provider_answers, inspect, nobody_is_shut_out
from halsonav.people.actions import demand
from halsonav.people.models import Role
from tests.people.identity_provider import IdentityProvider, running
from tests.people.test_organisation import use

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings: Settings) -> Iterator[IdentityProvider]:
    with running() as one:
        use(settings, one.issuer)
        yield one
    cache.clear()


def test_an_organisation_that_answers_is_well(provider: IdentityProvider) -> None:
    assert identity_provider_answers().good
    assert any("Göteborgs Stad svarar." in finding.words for finding in inspect())


def test_one_that_says_it_is_another_is_told(provider: IdentityProvider) -> None:
    assert identity_provider_answers().good
    provider.change_discovery = lambda found: found | {"issuer": f"{found['issuer']}/"}
    found = identity_provider_answers()
    assert (found.good, "issuer" in found.words) == (False, True)


def test_one_that_does_not_answer_is_told(settings: Settings) -> None:
    with running() as gone:
        use(settings, gone.issuer)
    found = identity_provider_answers()
    assert (found.good, "HALSONAV_OIDC" in found.words) == (False, True)


def test_a_role_that_demands_what_no_sign_in_can_show_is_told(settings: Settings) -> None:
    assert nobody_is_shut_out().good
    demand(
        by=None,
        role=Role.COACH,
        two_factors=True,
        idle_minutes=30,
        absolute_hours=12,
        assurance="loa3",
    )
    found = nobody_is_shut_out()
    assert (found.good, "hälsocoach" in found.words) == (False, True)
    assert found in inspect()
    settings.OIDC = {"issuer": "http://127.0.0.1:1", "name": "Göteborgs Stad"}
    assert found not in inspect()
