"""The fixed cast, and what holds for every test: no network, and a journal that tests can empty."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings

from halsonav.people.models import Centre, Organisation, OrganisationKind, Role, User
from halsonav.programme.actions import missed_searches
from tests.factories.people import CentreFactory, OrganisationFactory, user_with

settings.register_profile("house", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("house")
OWN_MACHINE = ("127.0.0.1", "::1", "localhost")
_lock = import_module("halsonav.people.migrations.0004_journal_cannot_be_replaced")


@pytest.fixture(autouse=True)
def everybody_has_a_second_step(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let those whom a test signs in go to work; what asks for the step has its own tests."""
    if "second_step" not in request.keywords:
        monkeypatch.setattr("halsonav.people.middleware.has_second_factor", lambda user: True)


@pytest.fixture(autouse=True)
def the_database_lives_at_the_tests_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test travel in time without a server that stays behind; what asks it has a test."""
    monkeypatch.setattr("halsonav.people.clock_witness._database_disagrees", lambda now: False)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `tests/programme/ordered_answers.py` and `tests/access/table.py` write their files."""
    parser.addoption("--write-answers", action="store_true", help="write ordered_answers.json anew")
    parser.addoption("--write-matrix", action="store_true", help="write access/expected.txt anew")


@pytest.fixture(autouse=True)
def missed_searches_wait(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let no thread write missed searches past a test's transaction, or when it is long over."""
    monkeypatch.setattr(missed_searches, "_start_timer", lambda: None)
    yield
    missed_searches._waiting.clear()


class NetworkError(RuntimeError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuse every connection that leaves the machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _at_home(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", _at_home(socket.socket.connect_ex))
        yield


def _at_home(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and address[0] not in OWN_MACHINE:
            raise NetworkError(f"A test tried to reach {address!r}.")
        return connect(self, address)

    return guarded


@contextmanager
def unlocked_journal() -> Iterator[None]:
    """Take the journal's triggers away for a while, as only somebody at the database can."""
    _lock.take_lock_away(connection)
    try:
        yield
    finally:
        _lock.put_lock(connection)


@pytest.fixture(autouse=True, scope="session")
def journal_can_be_emptied_between_tests() -> Iterator[None]:
    """Let tests with real transactions clean up after themselves: flushing is refused otherwise."""
    original = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def teardown(self: TransactionTestCase) -> None:
        with unlocked_journal():
            original(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture
def vastra_gotaland(db: None) -> Organisation:
    return OrganisationFactory.create(
        slug="vastra-gotalandsregionen",
        name="Västra Götalandsregionen",
        kind=OrganisationKind.REGION,
        organisation_number="232100-0131",
    )


@pytest.fixture
def goteborg(db: None) -> Organisation:
    return OrganisationFactory.create(
        slug="goteborgs-stad",
        name="Göteborgs Stad",
        names={"en": "City of Gothenburg", "ar": "مدينة يوتوبوري"},
        kind=OrganisationKind.MUNICIPALITY,
        municipality_code="1480",
        organisation_number="212000-1355",
    )


@pytest.fixture
def ostersund(db: None) -> Organisation:
    return OrganisationFactory.create(
        slug="ostersunds-kommun",
        name="Östersunds kommun",
        kind=OrganisationKind.MUNICIPALITY,
        municipality_code="2380",
    )


@pytest.fixture
def centrum(goteborg: Organisation) -> Centre:
    return CentreFactory.create(
        slug="halsolots-centrum",
        name="Hälsolots Centrum",
        organisation=goteborg,
        languages=["sv", "en", "ar"],
    )


@pytest.fixture
def torvalla(ostersund: Organisation) -> Centre:
    return CentreFactory.create(
        slug="torvalla", name="Mötesplats Hälsa Torvalla", organisation=ostersund
    )


@pytest.fixture
def coordinator(centrum: Centre) -> User:
    return user_with(Role.COORDINATOR, centre=centrum, name="Samordnaren")


@pytest.fixture
def teammate(centrum: Centre) -> User:
    return user_with(Role.COORDINATOR, centre=centrum, name="Kollegan")


@pytest.fixture
def outsider(torvalla: Centre) -> User:
    return user_with(Role.COORDINATOR, centre=torvalla, name="Någon annanstans")


@pytest.fixture
def host(centrum: Centre) -> User:
    return user_with(Role.HOST, centre=centrum, name="Värden")


@pytest.fixture
def manager(centrum: Centre) -> User:
    return user_with(Role.CENTRE_MANAGER, centre=centrum, name="Verksamhetschefen")


@pytest.fixture
def operator(db: None) -> User:
    return user_with(Role.OPERATOR, name="Driftansvarig")


@pytest.fixture
def stranger() -> AnonymousUser:
    return AnonymousUser()
