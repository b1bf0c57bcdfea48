"""Messages leave the house over SMTP: once, with retries, and to one recipient each."""

import logging
import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from unittest.mock import MagicMock, Mock

import pytest
import time_machine
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from halsonav.jobs.failures import PAUSES
from halsonav.jobs.worker import work_once
from halsonav.messages import delivery
from halsonav.messages.actions import queue_message
from halsonav.messages.delivery import LEASE, InsecureMailServerError, deliver_due
from halsonav.messages.models import Message, MessageStatus
from halsonav.people.actions import forget_what_is_due
from tests.messages.mail_server import MailServer, free_port

NOW = datetime(2026, 4, 28, 8, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def _queue(to: str = "asta@exempel.se", **other: str) -> Message:
    return queue_message(to=to, subject="Du har en plats", text="Vi ses på tisdag.", **other)


@pytest.mark.django_db
def test_a_message_arrives_as_it_was_written(
    clock: time_machine.Traveller, post: MailServer
) -> None:
    queued = queue_message(
        to="asta@exempel.se",
        subject="Grön promenad på tisdag",
        text="Hej\n.\nVi ses vid Gröna Vallen.",
        html="<p>Vi ses</p>",
        language="sv",
    )
    assert deliver_due() == 1
    [(recipients, message)] = post.taken
    assert recipients == ["asta@exempel.se"]
    assert message["To"] == "asta@exempel.se"
    assert message["From"] == "halsonav@exempel.se"
    assert message["Subject"] == "Grön promenad på tisdag"
    assert message["Message-ID"] == queued.message_id
    assert message["Date"].datetime == NOW
    assert message["Content-Language"] == "sv"
    assert message["Auto-Submitted"] == "auto-generated"
    text = message.get_body(("plain",))
    assert text is not None
    assert text.get_content().split() == "Hej . Vi ses vid Gröna Vallen.".split()
    assert message.get_body(("html",)) is not None


@pytest.mark.django_db
def test_a_message_that_is_sent_is_recorded_and_its_text_forgotten(
    clock: time_machine.Traveller, post: MailServer
) -> None:
    _queue(html="<p>Vi ses</p>")
    deliver_due()
    row = Message.objects.get()
    assert (row.status, row.sent_at, row.attempts) == (MessageStatus.SENT, NOW, 1)
    assert (row.text, row.html) == ("", "")
    assert deliver_due() == 0
    assert len(post.taken) == 1


@pytest.mark.django_db
def test_what_the_server_will_never_take_is_given_up_at_once(
    clock: time_machine.Traveller, post: MailServer
) -> None:
    _queue()
    post.to_recipient = "550 No such user"
    assert deliver_due() == 0
    assert Message.objects.get().status == MessageStatus.FAILED


@pytest.mark.django_db
def test_a_refused_message_does_not_stop_the_next(
    clock: time_machine.Traveller, post: MailServer
) -> None:
    _queue()
    _queue("bo@exempel.se")
    post.to_message = "554 Not like this"
    deliver_due()
    assert Message.objects.failed().count() == 2
    post.to_message = "250 OK"
    _queue("cia@exempel.se")
    assert deliver_due() == 1


@pytest.mark.django_db
def test_a_message_that_cannot_be_written_does_not_stop_the_next(
    clock: time_machine.Traveller, post: MailServer
) -> None:
    _queue("åsa@exempel.se")
    _queue("bo@exempel.se")
    assert deliver_due() == 1
    assert Message.objects.failed().get().to == "åsa@exempel.se"


@pytest.mark.django_db
def test_a_busy_server_is_tried_again_with_growing_pauses_and_the_same_id(
    clock: time_machine.Traveller, post: MailServer
) -> None:
    queued = _queue()
    post.to_message = "451 Try again later"
    for attempt, pause in enumerate(PAUSES, start=1):
        deliver_due()
        row = Message.objects.get()
        assert (row.status, row.attempts) == (MessageStatus.QUEUED, attempt)
        assert row.next_attempt_at == datetime.now(UTC) + pause
        clock.shift(pause)
    post.to_message = "250 OK"
    assert deliver_due() == 1
    assert post.taken[0][1]["Message-ID"] == queued.message_id


@pytest.mark.django_db
def test_a_server_that_stays_busy_is_given_up_after_the_last_pause(
    clock: time_machine.Traveller, post: MailServer
) -> None:
    _queue()
    post.to_recipient = "451 Try again later"
    for pause in PAUSES:
        deliver_due()
        clock.shift(pause)
    deliver_due()
    assert Message.objects.get().status == MessageStatus.FAILED


@pytest.mark.django_db
def test_a_server_that_cannot_be_reached_costs_no_attempt(
    clock: time_machine.Traveller, settings: Settings, post: MailServer
) -> None:
    _queue()
    settings.MAIL = post.settings | {"port": free_port()}
    with pytest.raises(OSError, match="refused"):
        deliver_due()
    assert Message.objects.get().attempts == 0
    settings.MAIL = post.settings
    assert deliver_due() == 1


@pytest.mark.django_db
def test_a_server_that_hangs_up_costs_no_attempt(
    clock: time_machine.Traveller, post: MailServer
) -> None:
    _queue()
    post.to_message = "421 Closing"
    with pytest.raises(smtplib.SMTPServerDisconnected):
        deliver_due()
    row = Message.objects.get()
    assert (row.status, row.attempts, row.next_attempt_at) == (MessageStatus.QUEUED, 0, NOW)


@pytest.mark.django_db
def test_a_message_whose_worker_died_is_sent_again_after_the_lease(
    clock: time_machine.Traveller, post: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(message: Message) -> None:
        raise SystemExit

    _queue()
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "_sent", die)
        with pytest.raises(SystemExit):
            deliver_due()
    clock.shift(LEASE - timedelta(seconds=1))
    assert deliver_due() == 0
    clock.shift(timedelta(seconds=1))
    assert deliver_due() == 1
    first, second = (message["Message-ID"] for _, message in post.taken)
    assert first == second


@pytest.mark.django_db(transaction=True)
def test_several_workers_send_each_message_once(post: MailServer) -> None:
    for number in range(12):
        _queue(f"person{number}@exempel.se")
    together = Barrier(3)

    def work() -> None:
        together.wait()
        deliver_due()
        connection.close()

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(to for recipients, _ in post.taken for to in recipients) == sorted(
        f"person{number}@exempel.se" for number in range(12)
    )


@pytest.mark.django_db(transaction=True)
def test_the_worker_delivers_what_a_room_has_sent(post: MailServer) -> None:
    _queue()
    work_once()
    assert len(post.taken) == 1
    assert Message.objects.get().status == MessageStatus.SENT


@pytest.mark.django_db
def test_a_password_is_never_given_to_a_server_that_does_not_encrypt(
    settings: Settings, post: MailServer
) -> None:
    _queue()
    settings.MAIL = post.settings | {"user": "halsonav", "password": "hemligt"}
    with pytest.raises(InsecureMailServerError):
        deliver_due()
    assert Message.objects.get().attempts == 0
    assert post.taken == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "ssl", "calls"),
    [("SMTP", False, ["ehlo", "has_extn", "starttls", "login"]), ("SMTP_SSL", True, ["login"])],
)
def test_a_password_is_given_once_the_line_is_encrypted(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, kind: str, ssl: bool, calls: list[str]
) -> None:
    server = MagicMock()
    server.__enter__.return_value = server
    connect = Mock(return_value=server)
    monkeypatch.setattr(smtplib, kind, connect)
    settings.MAIL = {
        "host": "post.exempel.se",
        "port": 587,
        "user": "halsonav",
        "password": "hemligt",
        "ssl": ssl,
    }
    _queue()
    assert deliver_due() == 1
    called = [call[0] for call in server.method_calls if not call[0].startswith("__")]
    assert called[: len(calls)] == calls
    server.login.assert_called_once_with("halsonav", "hemligt")
    context = connect.call_args.kwargs.get("context") or server.starttls.call_args.kwargs["context"]
    assert context.check_hostname


@pytest.mark.django_db(transaction=True)
def test_a_server_that_is_away_is_left_to_the_schedule(settings: Settings) -> None:
    settings.MAIL = {
        "host": "127.0.0.1",
        "port": free_port(),
        "user": "",
        "password": "",
        "ssl": False,
    }
    _queue()
    work_once()
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL
    assert Message.objects.get().attempts == 0


@pytest.mark.django_db
def test_the_demo_prints_its_messages(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MAIL = {}
    _queue()
    assert deliver_due() == 1
    told = capsys.readouterr().out
    assert "Till: asta@exempel.se" in told
    assert "Vi ses på tisdag." in told


@pytest.mark.django_db
def test_a_message_that_is_given_up_is_logged_without_its_recipient(
    clock: time_machine.Traveller, post: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    _queue()
    post.to_recipient = "550 No such user asta@exempel.se"
    with caplog.at_level(logging.WARNING):
        deliver_due()
    assert "answered 550" in caplog.text
    assert "asta" not in caplog.text


@pytest.mark.django_db
def test_messages_are_forgotten_after_thirty_days_unless_they_still_wait(
    clock: time_machine.Traveller, post: MailServer
) -> None:
    _queue()
    deliver_due()
    _queue("bo@exempel.se")
    clock.shift(timedelta(days=31))
    forget_what_is_due()
    assert [row.to for row in Message.objects.all()] == ["bo@exempel.se"]
