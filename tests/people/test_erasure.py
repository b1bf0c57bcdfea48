"""Erasing somebody: everything that the register names goes, and does not come back."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from halsonav.messages.actions import queue_message
from halsonav.messages.models import Message
from halsonav.people.actions import create_user, erase_address, erase_person, replay
from halsonav.people.models import JournalEntry, Tombstone, User
from halsonav.people.privacy import erased, register
from halsonav.people.privacy.erased import Stone

pytestmark = pytest.mark.django_db
ADDRESS = "asta.kanarie@exempel.se"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def asta() -> User:
    user = create_user(by=None, email=ADDRESS, display_name="Asta Kanarie")
    queue_message(to=ADDRESS.upper(), subject="Hej", text="Hej")
    return user


def test_everything_that_the_register_names_is_gone_and_others_are_left(
    coordinator: User, host: User
) -> None:
    queue_message(to=coordinator.email, subject="Hej", text="Hej")
    pk = coordinator.pk
    erase_person(by=host, user=coordinator)
    for entry in register.of_people():
        rows = entry.model_class._default_manager.filter(**{entry.person: pk})
        assert not rows.exists(), entry.model
    assert not Message.objects.exists()
    assert User.objects.filter(pk=host.pk).exists()
    assert JournalEntry.objects.filter(verb="erase_person", about_id=str(pk)).count() == 1


def test_the_journal_and_the_list_hold_no_value(
    folder: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    user = asta()
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(by=None, user=user)
    assert not Message.objects.exists()
    told = (folder / "erased.txt").read_text()
    told += str(list(JournalEntry.objects.values())) + str(list(Tombstone.objects.values()))
    assert "kanarie" not in told.lower()
    assert len(erased.read()) == 2
    assert erased.read() == erased.in_database()


def test_who_comes_back_with_an_old_copy_is_erased_anew(settings: Settings) -> None:
    before = asta()
    pk = before.pk
    erase_person(by=None, user=before)
    stones = erased.in_database()
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        User.objects.create(pk=pk, email=ADDRESS, display_name="Asta Kanarie")
        queue_message(to=ADDRESS, subject="Hej", text="Hej")
        create_user(by=None, email="kvar@exempel.se", display_name="Kvar")
    Tombstone.objects.all().delete()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "en ny nyckel, som gäller sedan någon raderades här"
    assert replay(stones=stones) == 1
    assert [user.email for user in User.objects.all()] == ["kvar@exempel.se"]
    assert not Message.objects.exists()
    assert stones <= erased.in_database()


def test_who_comes_anew_with_the_same_address_is_somebody_else() -> None:
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        erase_person(by=None, user=asta())
    asta()
    assert replay(stones=erased.in_database()) == 0
    assert User.objects.filter(email=ADDRESS).exists()
    assert Message.objects.count() == 1


def test_an_address_without_an_account_is_erased_and_stays_so() -> None:
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        queue_message(to=ADDRESS, subject="Hej", text="Hej")
    queue_message(to="annan@exempel.se", subject="Hej", text="Hej")
    assert erase_address(by=None, address=f" {ADDRESS.upper()} ") == 1
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        queue_message(to=ADDRESS, subject="Hej", text="Hej")
    assert replay(stones=erased.in_database()) == 1
    assert [row.to for row in Message.objects.all()] == ["annan@exempel.se"]


def test_an_account_is_not_erased_by_its_address_alone() -> None:
    user = asta()
    erase_address(by=None, address=ADDRESS)
    assert replay(stones=erased.in_database()) == 0
    assert User.objects.filter(pk=user.pk).exists()


def test_the_list_only_grows_and_a_row_that_is_none_is_told(folder: Path) -> None:
    one = Stone(timezone.now(), "person", "a" * 64)
    erased.add([one])
    erased.add([one, Stone(timezone.now(), "address", "b" * 64)])
    assert len((folder / "erased.txt").read_text().splitlines()) == 2
    (folder / "erased.txt").write_text("skräp\n")
    with pytest.raises(erased.UnreadableListError):
        erased.read()
