"""No form takes a file, and none that is sent is kept."""

import tempfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

pytestmark = pytest.mark.django_db
LARGE = b"x" * 4_000_000


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note every file that is made while something is sent."""
    names: list[str] = []
    real = tempfile.NamedTemporaryFile

    def noting(*args: Any, **kwargs: Any) -> Any:
        file = real(*args, **kwargs)
        names.append(file.name)
        return file

    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", noting)
    return names


def form() -> dict[str, Any]:
    return {"login": "a@exempel.se", "password": "b", "file": SimpleUploadedFile("a.bin", LARGE)}


def test_a_file_that_is_sent_is_read_past_and_the_rest_of_the_form_is_taken(
    rf: RequestFactory, made: list[str]
) -> None:
    request = rf.post(reverse("account_login"), form())
    assert request.POST["login"] == "a@exempel.se"
    assert not request.FILES
    assert made == []
    assert Client().post(reverse("account_login"), form()).status_code == 200
    assert made == []


def test_without_that_it_would_have_been_written_to_disk(
    rf: RequestFactory, made: list[str], settings: Settings
) -> None:
    handler = TemporaryFileUploadHandler
    settings.FILE_UPLOAD_HANDLERS = [f"{handler.__module__}.{handler.__qualname__}"]
    file = rf.post(reverse("account_login"), form()).FILES["file"]
    assert isinstance(file, UploadedFile)
    file.close()
    assert made
