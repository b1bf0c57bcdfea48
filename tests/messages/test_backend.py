"""What is sent through Django lands in the outbox, one row for each recipient."""

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection, send_mail
from django.db import transaction
from django.utils import translation
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from halsonav.messages.backend import AttachmentError
from halsonav.messages.models import Message, MessageStatus


@pytest.fixture(autouse=True)
def outbox(settings: Settings) -> None:
    """Use our own back end: the test runner puts its own in place."""
    settings.EMAIL_BACKEND = "halsonav.messages.backend.OutboxBackend"


@pytest.mark.django_db
def test_each_recipient_gets_a_message_of_their_own() -> None:
    email = EmailMessage(
        "Hej", "Välkommen", to=["asta@exempel.se"], cc=["bo@exempel.se"], bcc=["cia@exempel.se"]
    )
    assert email.send() == 1
    rows = Message.objects.order_by("to")
    assert [row.to for row in rows] == ["asta@exempel.se", "bo@exempel.se", "cia@exempel.se"]
    assert len({row.message_id for row in rows}) == 3
    assert {row.status for row in rows} == {MessageStatus.QUEUED}


@pytest.mark.django_db
def test_both_text_and_html_are_kept_with_the_readers_language() -> None:
    email = EmailMultiAlternatives("Hej", "Text", to=["asta@exempel.se"])
    email.attach_alternative("<p>Text</p>", "text/html")
    with translation.override("ar"):
        email.send()
    row = Message.objects.get()
    assert (row.text, row.html, row.language) == ("Text", "<p>Text</p>", "ar")


@pytest.mark.django_db
def test_a_message_that_is_html_alone_is_kept_as_such() -> None:
    email = EmailMessage("Hej", "<p>Text</p>", to=["asta@exempel.se"])
    email.content_subtype = "html"
    email.send()
    row = Message.objects.get()
    assert (row.text, row.html) == ("", "<p>Text</p>")


@pytest.mark.django_db
def test_a_subject_is_one_line() -> None:
    send_mail("Hej " + "å" * 300, "Text", None, ["asta@exempel.se"])
    assert len(Message.objects.get().subject) == 200


@pytest.mark.django_db
def test_a_file_is_refused_and_nothing_is_queued() -> None:
    fine = EmailMessage("Hej", "Text", to=["asta@exempel.se"])
    bad = EmailMessage("Hej", "Text", to=["bo@exempel.se"], attachments=[("a.txt", "x", None)])
    with pytest.raises(AttachmentError, match="link to the page"):
        get_connection().send_messages([fine, bad])
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_never_sent() -> None:
    with transaction.atomic():
        send_mail("Hej", "Text", None, ["asta@exempel.se"])
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_delivery_is_asked_for_after_the_commit() -> None:
    with transaction.atomic():
        send_mail("Hej", "Text", None, ["asta@exempel.se"])
        assert not DBTaskResult.objects.exists()
    assert DBTaskResult.objects.get().task_path == "halsonav.messages.delivery.deliver_soon"
