"""Names, addresses, numbers and keys are planted everywhere, and looked for where none may stand.

In logs, error pages, letters to others, what waits in the queue, the journal, what was written down
about failures, and the columns that are encrypted.
"""

import base64
import json
import logging
import logging.config
from collections.abc import Iterator
from io import StringIO
from typing import Any, Final
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings as django_settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from halsonav.jobs import running, schedule
from halsonav.jobs.models import FailedJob, ScheduledRun
from halsonav.messages.actions import queue_message
from halsonav.people.actions import create_user, invite
from halsonav.people.models import Role, User
from halsonav.people.signing_in.second_factor import SecondFactorAdapter
from tests.access import table
from tests.access.asking import client_of
from tests.access.routes import Route, routes
from tests.access.world import World
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db
NAME: Final = "Planterade Plantagenet"
EMAIL: Final = "planterad.person@exempel.se"
PHONE: Final = "070-174 06 77"
NUMBER: Final = "19121212-1212"
SECRET: Final = "planterat-losenord-9-tall-4-gran"
TOTP: Final = "PLANTERAD7HEMLIGHET"
PLANTED: Final = (NAME, EMAIL, PHONE, NUMBER, SECRET, TOTP)


def traces(text: str) -> list[str]:
    """Return what is planted and stands in a text, plainly, in an address, in JSON or in base64."""
    found = []
    for word in PLANTED:
        coded = base64.b64encode(word.encode()).decode().rstrip("=")
        shapes = {word, quote(word), quote(word, safe=""), json.dumps(word)[1:-1], coded}
        found += [word] if any(shape in text for shape in shapes) else []
    return found


@pytest.fixture
def log() -> Iterator[StringIO]:
    """Give all that is logged, through the handler that an installation has."""
    written, kept = StringIO(), django_settings.LOGGING
    config = kept | {"handlers": {"stderr": kept["handlers"]["stderr"] | {"stream": written}}}
    before = logging.root.handlers[:], logging.root.level
    logging.config.dictConfig(config)
    yield written
    logging.root.handlers, logging.root.level = before


def fields_of(client: Client, address: str) -> dict[str, str]:
    """Return every field of the page's form, with something planted in each."""
    context = getattr(client.get(address), "context", None)
    form = context.get("form") if context else None
    names = list(getattr(form, "fields", ()))
    return {name: PLANTED[at % len(PLANTED)] for at, name in enumerate(names)}


@pytest.mark.over_http
@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_whatever_is_typed_and_sought_stands_in_no_log(
    route: Route, world: World, log: StringIO
) -> None:
    for reader in ("nobody", "operator"):
        address = table.addresses(route, world, reader)[0]
        with transaction.atomic():
            client = client_of(world, reader)
            client.get(address, {"q": " ".join(PLANTED), "next": f"/{NAME}", EMAIL: SECRET})
            client.get(f"{address}{quote(EMAIL)}/{quote(NAME)}/{SECRET}")
            client.post(address, fields_of(client, address) | {"sok": PHONE})
            transaction.set_rollback(True)
    assert not traces(log.getvalue())


def test_a_sign_in_that_fails_and_one_that_succeeds_leave_no_word_of_it(
    world: World, log: StringIO
) -> None:
    person = create_user(by=None, email=EMAIL, display_name=NAME, password=SECRET)
    client = Client()
    for password in (SECRET + "x", SECRET):
        client.post(reverse("account_login"), {"login": EMAIL, "password": password})
    client.post(reverse("account_login"), {"login": SECRET, "password": EMAIL})
    assert person.sessions.exists()
    assert not traces(log.getvalue())
    told = dump_but("people_user", "account_emailaddress")
    assert not traces(told)


def dump_but(*left_out: str) -> str:
    """Return every row of every table but these, as text."""
    told = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            if name not in left_out:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608
                told += [f"{name} {row!r}" for row in cursor.fetchall()]
    return "\n".join(told)


def test_a_fault_that_holds_a_name_shows_it_to_nobody(
    world: World, log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        try:
            raise ValueError(f"{NAME} {EMAIL} {PHONE} {NUMBER}")
        except ValueError as error:
            raise RuntimeError(SECRET) from error

    monkeypatch.setattr("halsonav.desk.views.panels.panels_for", broken)
    for reader in ("coach", "operator"):
        answer = client_of(world, reader).get("/arbete/")
        assert answer.status_code == 500
        assert not traces(answer.text)
    lines = log.getvalue()
    assert "RuntimeError" in lines
    assert not traces(lines)


def test_a_row_that_the_database_refuses_is_told_to_nobody(world: World, log: StringIO) -> None:
    create_user(by=None, email=EMAIL, display_name=NAME)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        User.objects.create(email=EMAIL, display_name=NAME)
    logging.getLogger("django.request").error("Broken", exc_info=refused.value)
    assert "IntegrityError" in log.getvalue()
    assert not traces(log.getvalue())


def test_a_job_that_fails_over_somebody_writes_down_kind_and_place_alone(
    world: World, log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise ValueError(f"{NAME} {EMAIL}")

    monkeypatch.setattr(schedule, "_jobs", {})
    schedule.register("planted", fails, schedule.every(minutes=1))
    running.run_due()
    ScheduledRun.objects.update(due_at="2026-01-01T00:00:00Z")
    assert running.run_due() == ["planted"]
    assert FailedJob.objects.exists()
    assert "planted" in log.getvalue()
    assert not traces(log.getvalue())
    assert not traces(dump_but("people_user", "account_emailaddress"))


def test_what_waits_in_the_queue_names_nobody(
    world: World, settings: Any, mailoutbox: list[EmailMessage]
) -> None:
    with transaction.atomic():
        queue_message(to=EMAIL, subject="Hej", text=f"Hej {NAME}, {PHONE}, {SECRET}")
        invite(by=None, email=EMAIL, display_name=NAME, role=Role.COACH, centre=world.own)
    told = "\n".join(f"{one.args_kwargs} {one.traceback}" for one in DBTaskResult.objects.all())
    assert not traces(told)
    assert traces(dump_but()) == [NAME, EMAIL], "whom a letter goes to, and who is invited"
    assert not traces(dump_but("people_user", "people_invitation", "outbox_message"))


def test_letters_tell_their_reader_of_nobody_else(
    world: World, mailoutbox: list[EmailMessage]
) -> None:
    person = create_user(by=None, email=EMAIL, display_name=NAME, password=PASSWORD)
    invite(by=person, email="ny@exempel.se", display_name="Ny", role=Role.COACH, centre=world.own)
    Client().post(reverse("account_reset_password"), {"email": world.readers["coach"].user.email})
    assert len(mailoutbox) == 2
    for letter in mailoutbox:
        assert len(letter.recipients()) == 1
        told = f"{letter.subject}\n{letter.body}\n{letter.extra_headers}"
        allowed = [NAME] if letter.to == ["ny@exempel.se"] else []
        assert [word for word in traces(told) if word not in allowed] == []


def test_the_secrets_of_second_steps_stand_nowhere_in_the_tables(world: World) -> None:
    person = world.readers["no_role"].user
    Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.TOTP,
        data={"secret": SecondFactorAdapter().encrypt(TOTP)},
    )
    codes = RecoveryCodes.activate(person).get_unused_codes()
    told = dump_but()
    assert not traces(told)
    assert codes
    assert not [code for code in codes if code in told]


def test_the_keys_of_sign_ins_stand_nowhere_in_the_tables(world: World) -> None:
    told = dump_but()
    assert not [one.session for one in world.people if one.session in told]


def test_what_is_planted_in_the_open_is_found(log: StringIO) -> None:
    logging.getLogger("halsonav").warning("Hello %s", NAME)
    assert traces(log.getvalue()) == [NAME]
    assert traces(f"?q={quote(EMAIL)}") == [EMAIL]
    assert traces(base64.b64encode(SECRET.encode()).decode()) == [SECRET]
