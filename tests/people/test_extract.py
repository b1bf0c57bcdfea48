"""The extract holds every field of every entry about somebody, and nobody else's."""

import json
import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.test import Client
from django.utils import timezone

from halsonav.messages.actions import queue_message
from halsonav.people import journal
from halsonav.people.actions import ask_for_data
from halsonav.people.models import (
    Centre,
    FactorReset,
    ForgettingRun,
    HandedRole,
    Handover,
    Invitation,
    ReadReview,
    ReviewedReading,
    Role,
    User,
)
from halsonav.people.privacy import extract, register
from halsonav.people.privacy.field_words import word_for
from halsonav.people.signing_in import throttle
from halsonav.people.signing_in.session_store import SessionStore
from tests.factories.keys import key_of
from tests.factories.people import FunctionHolderFactory, user_with

pytestmark = pytest.mark.django_db
CODE = re.compile(
    r"\b[A-Za-z]+[._:/][a-z_]+|[{}\[\]]|\b(True|False|None|sv|totp|webauthn)\b|object"
)
PAGE = "/arbete/installningar/uppgifter/"
FILE = f"{PAGE}fil/"


def planted(name: str, centre: Centre) -> User:
    """Return somebody of whom something is stored in every model of the register."""
    user = user_with(Role.COACH, centre=centre, name=f"Kanarie {name}")
    user.email = f"{name}@kanarie.exempel.se"
    user.save()
    now = timezone.now()
    session = SessionStore()
    session.update({"_auth_user_id": str(user.pk), "mark": name})
    session.create()
    key_of(user, f"Nyckel {name}")
    address = EmailAddress.objects.create(user=user, email=user.email)
    EmailConfirmation.objects.create(email_address=address, key=name * 3, sent=now)
    SocialAccount.objects.create(user=user, provider="kommunen", uid=f"uid-{name}")
    FunctionHolderFactory.create(user=user)
    FactorReset.objects.create(user=user, asked_at=now)
    queue_message(to=user.email, subject=f"Ämne {name}", text=f"Länk {name}")
    ask_for_data(by=None, address=user.email, language="sv")
    Invitation.objects.create(
        email=user.email,
        display_name=f"Inbjuden {name}",
        role=Role.HOST,
        centre=centre,
        token_hash=f"hash-{name}",
        created_at=now,
        expires_at=now + timezone.timedelta(days=7),  # type: ignore[attr-defined]
    )
    handover = Handover.objects.create(
        leaver=user, last_day=now.date(), from_day=now.date(), made_at=now
    )
    HandedRole.objects.create(handover=handover, role=Role.HOST, centre=centre)
    review = ReadReview.objects.create(month=f"20{user.pk % 90 + 10}-01-01", drawn_at=now)
    ReviewedReading.objects.create(
        review=review, entry=1, reader=0, reviewer=user, verdict="ok", reviewed_at=now
    )
    for field in ("asked_by", "approved_by"):
        ForgettingRun.objects.create(
            rule=f"rule-{name}-{field}", at=now, as_of=now, counted=1, total=1, state="refused",
            **{field: user.pk},
        )  # fmt: skip
    with transaction.atomic():
        journal.record(by=user, verb="choose_language", about=user, fields=["language"])
    throttle.admit("code/account", str(user.pk))
    return user


@pytest.fixture
def asta(centrum: Centre) -> User:
    planted("bo", centrum)
    return planted("asta", centrum)


def _all(parts: list[extract.Part]) -> str:
    return json.dumps([part.as_plain() for part in parts], ensure_ascii=False)


def test_every_entry_of_the_register_about_somebody_is_there_with_every_field(asta: User) -> None:
    parts = extract.of_person(asta)
    for entry in register.entries():
        if not (entry.person or entry.address or entry.marked):
            continue
        own = [part for part in parts if part.model == entry.model and part.rows]
        told = {value.name for part in own for row in part.rows for value in row}
        for name in entry.fields:
            field: Any = entry.model_class._meta.get_field(name)
            if name not in entry.hidden:
                assert word_for(field) in told, (entry.model, name)
        said = {part.until for part in own} | {part.purpose for part in own}
        assert {str(entry.until), str(entry.purpose)} <= said


def test_no_line_holds_a_code_a_technical_word_or_an_english_one(asta: User) -> None:
    """A value is words, a day, a number, or what somebody wrote themselves."""
    own = {"uid-asta", asta.email, "Nyckel asta"}
    for part in extract.of_person(asta):
        for value in (value for row in part.rows for value in row):
            if value.value in own or value.name == "brevets eget nummer":
                continue
            assert not CODE.search(value.value), (part.model, value)
        assert not any(CODE.search(line) for line in part.lines)


def test_what_is_kept_for_nobody_to_see_is_named_once_and_only_where_there_is_some(
    asta: User,
) -> None:
    parts = {part.what: part for part in extract.of_person(asta)}
    assert parts["lösenord"].hidden == ["lösenord"]
    journalled = parts["rader i journalen"].hidden
    assert "radens kontrollsumma" in journalled
    assert "varifrån det gjordes" not in journalled, "it is empty"
    assert parts["frågor om dina uppgifter"].hidden == [], "no letter has been written yet"


def test_tries_that_were_counted_on_the_address_or_the_number_are_found(asta: User) -> None:
    throttle.admit("password/account", asta.email)
    throttle.admit("password/network", "198.51.100.0", about=asta.email)
    throttle.admit("code/account", str(asta.pk))
    throttle.admit("password/account", "bo@kanarie.exempel.se")
    parts = [part for part in extract.of_person(asta) if part.model == "people.Attempt"]
    kinds = sorted(row[0].value for part in parts for row in part.rows)
    assert kinds == [
        "kod i andra steget",
        "kod i andra steget",
        "lösenord från en plats på nätet",
        "lösenord till kontot",
    ]


def test_a_try_alone_is_nothing_to_write_a_letter_about() -> None:
    throttle.admit("own_data/account", "ingen@exempel.se")
    assert not extract.is_anything_kept("ingen@exempel.se")


def test_what_is_planted_is_there_and_nobody_elses_is(asta: User) -> None:
    told = _all(extract.of_person(asta))
    for mark in (
        "Kanarie asta",
        "asta@kanarie",
        "uid-asta",
        "Ämne asta",
        "Inbjuden asta",
    ):
        assert mark in told, mark
    assert "bo@kanarie" not in told
    assert "Kanarie bo" not in told


def test_what_opens_something_is_told_of_and_not_shown(asta: User) -> None:
    told = _all(extract.of_person(asta))
    for secret in (asta.password, "Länk asta", "hash-asta", "asta" * 3):
        assert secret not in told
    assert "brevets text" in told


def test_a_field_that_is_new_in_the_register_is_in_the_extract(
    asta: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: without the entry it would be missing."""
    kept = [one for one in register.entries() if one.model != "outbox.Message"]
    monkeypatch.setattr(register, "_entries", kept)
    assert "Ämne asta" not in _all(extract.of_person(asta))


def test_when_others_saw_ones_data_is_told_without_whom(asta: User, manager: User) -> None:
    with transaction.atomic():
        journal.record_reading(by=manager, people=[asta], fields=["email"], why="people:person")
        journal.record_reading(by=asta, people=[asta], fields=["email"], why="own")
    [part] = [one for one in extract.of_person(asta) if "andra har sett" in one.what]
    assert len(part.rows) == 1
    assert manager.display_name not in _all([part])
    assert "öppnade en persons sida" in _all([part])
    assert "e-post" in _all([part])
    assert "people:person" not in _all([part])


def test_the_page_and_the_file_show_it_to_oneself(asta: User, client: Client) -> None:
    client.force_login(asta)
    page = client.get(PAGE)
    assert "Kanarie asta" in page.text
    assert "Kanarie bo" not in page.text
    file = client.get(FILE)
    assert file.headers["Content-Type"].startswith("application/json")
    assert "attachment" in file.headers["Content-Disposition"]
    told: list[dict[str, Any]] = json.loads(file.content)
    assert set(told[0]) == {
        "Vad", "Varför", "Vem som ser det", "Hur länge", "Uppgifter",
        "Sparas också, men visas inte här",
    }  # fmt: skip
    assert file.headers["Cache-Control"] == "no-store, private"


def test_strangers_sign_in_first_and_wrong_methods_are_refused(asta: User, client: Client) -> None:
    for path in (PAGE, FILE):
        assert client.get(path).status_code == 302
    client.force_login(asta)
    assert client.post(PAGE).status_code == 405
