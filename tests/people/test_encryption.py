"""What is kept encrypted can be read with the secret, with earlier ones, and with no other."""

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from halsonav.commands import main
from halsonav.messages.actions import queue_message
from halsonav.messages.models import Message
from halsonav.people.encryption import box
from halsonav.people.models import JournalEntry, User
from halsonav.people.rotation import encrypt_anew, encrypted_fields
from halsonav.people.signing_in.second_factor import SecondFactorAdapter

pytestmark = pytest.mark.django_db
NEW = "another-secret-of-forty-signs-or-more-0123456789"
LINK = "https://halsa.exempel.se/konto/hemlig-lank"


def letter(text: str = LINK) -> Message:
    return queue_message(to="asta@exempel.se", subject="Hej", text=text)


def kept() -> list[tuple[str, str]]:
    """Return texts as the table holds them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, html FROM outbox_message ORDER BY id")
        return list(cursor.fetchall())


def test_a_text_is_read_as_it_was_written_and_stands_in_the_table_as_something_else() -> None:
    made = letter()
    assert Message.objects.get(pk=made.pk).text == LINK
    ((text, html),) = kept()
    assert LINK not in text
    assert html == "", "an empty text can be asked for"
    assert Message.objects.filter(html="").count() == 1


def test_the_same_text_is_never_kept_alike() -> None:
    letter()
    letter()
    assert len({text for text, _html in kept()}) == 2


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back(text: str) -> None:
    for purpose in ("one", "two"):
        assert box(purpose).decrypt(box(purpose).encrypt(text.encode())).decode() == text


def test_what_is_encrypted_for_one_purpose_is_not_opened_for_another() -> None:
    with pytest.raises(InvalidToken):
        box("two").decrypt(box("one").encrypt(b"a"))


def test_another_secret_reads_nothing(settings: Settings) -> None:
    made = letter()
    settings.SECRET_KEY = NEW
    with pytest.raises(InvalidToken):
        Message.objects.get(pk=made.pk)


def with_a_second_step(user: User) -> Authenticator:
    made: Authenticator = Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.TOTP,
        data={"secret": SecondFactorAdapter().encrypt("JBSWY3DPEHPK3PXP")},
    )
    return made


def test_after_encrypting_anew_the_earlier_secret_is_not_needed(
    settings: Settings, coordinator: User, capsys: pytest.CaptureFixture[str]
) -> None:
    made, step, before = letter(), with_a_second_step(coordinator), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [before]
    assert Message.objects.get(pk=made.pk).text == LINK
    assert main(["encrypt-anew"]) == 0
    assert "Krypterade om 2 rader." in capsys.readouterr().out
    settings.SECRET_KEY_FALLBACKS = []
    assert Message.objects.get(pk=made.pk).text == LINK
    step.refresh_from_db()
    assert SecondFactorAdapter().decrypt(step.data["secret"]) == "JBSWY3DPEHPK3PXP"
    assert JournalEntry.objects.filter(verb="encrypt_anew").count() == 1


def test_when_something_cannot_be_opened_nothing_is_changed(
    settings: Settings, coordinator: User, capsys: pytest.CaptureFixture[str]
) -> None:
    letter()
    with_a_second_step(coordinator)
    before = kept()
    settings.SECRET_KEY = NEW
    assert main(["encrypt-anew"]) == 1
    assert "Inget är ändrat." in capsys.readouterr().err
    assert kept() == before
    with pytest.raises(InvalidToken):
        encrypt_anew(by=None)


def test_letters_are_among_what_is_encrypted() -> None:
    assert (Message, ["text", "html"]) in list(encrypted_fields())
