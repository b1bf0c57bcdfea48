"""Delivers what waits in the outbox: over SMTP, or to the console in the demo."""

import logging
import smtplib
import ssl
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from halsonav.jobs.failures import PAUSES, pause_after
from halsonav.messages.models import Message, MessageStatus

LEASE: Final = timedelta(minutes=10)
TIMEOUT: Final = 30
ROUND: Final = 200
CLOSING: Final = 421
Send = Callable[[Message], None]
log = logging.getLogger("halsonav.messages")


class InsecureMailServerError(smtplib.SMTPException):
    """The mail server does not encrypt, so the password is not given to it."""


class RefusedForGoodError(Exception):
    """This message will never be taken, by the mail server or by mail at all."""


class BusyError(Exception):
    """The mail server does not take this message now."""


def deliver_due() -> int:
    """Send what is due, oldest first; return how many the mail server took.

    Raises `OSError`, of which smtplib's errors are a kind, when the mail server cannot be reached,
    hangs up or refuses us as sender; what is unsent then waits, and no message loses an attempt.
    """
    waiting = Message.objects.due(timezone.now()).order_by("created_at", "pk")
    ids = list(waiting.values_list("pk", flat=True)[:ROUND])
    if not ids:
        return 0
    with _connected() as send:
        return sum(_deliver(pk, send) for pk in ids)


@task()
def deliver_soon() -> int:
    """Deliver as soon as a worker is free; the schedule tries every minute, and tells faults."""
    try:
        return deliver_due()
    except OSError:
        return 0


def _deliver(pk: int, send: Send) -> bool:
    """Claim, send and record one message; say whether it went."""
    message = _claim(pk, timezone.now())
    if message is None:
        return False
    try:
        send(message)
    except RefusedForGoodError as error:
        _give_up(message, str(error))
        return False
    except BusyError as error:
        _wait_or_give_up(message, str(error))
        return False
    except OSError:
        _wait(message)
        raise
    _sent(message)
    return True


def _claim(pk: int, now: datetime) -> Message | None:
    """Return the message if it is due and now ours alone, for as long as the lease."""
    ours = Message.objects.due(now).filter(pk=pk)
    taken = ours.update(next_attempt_at=now + LEASE, attempts=F("attempts") + 1)
    return Message.objects.get(pk=pk) if taken else None


def _sent(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(
        status=MessageStatus.SENT, sent_at=timezone.now(), text="", html=""
    )


def _wait(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(
        next_attempt_at=timezone.now(), attempts=message.attempts - 1
    )


def _wait_or_give_up(message: Message, why: str) -> None:
    if message.attempts > len(PAUSES):
        _give_up(message, why)
        return
    again = timezone.now() + pause_after(message.attempts)
    Message.objects.filter(pk=message.pk).update(next_attempt_at=again)


def _give_up(message: Message, why: str) -> None:
    log.warning("Message %s could not be sent: %s", message.message_id, why)
    Message.objects.filter(pk=message.pk).update(status=MessageStatus.FAILED)


# The ways out -------------------------------------------------------------------------------------


@contextmanager
def _connected() -> Iterator[Send]:
    if not settings.MAIL:
        yield _print
        return
    with _server() as server:
        yield lambda message: _send(server, message)


def _server() -> smtplib.SMTP:
    """Return a connection, encrypted where the server can; signed in if there is a password."""
    mail = settings.MAIL
    context = ssl.create_default_context()
    if mail["ssl"]:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            mail["host"], mail["port"], timeout=TIMEOUT, context=context
        )
    else:
        server = smtplib.SMTP(mail["host"], mail["port"], timeout=TIMEOUT)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
        elif mail["user"]:
            server.close()
            raise InsecureMailServerError("The mail server offers no encryption.")
    if mail["user"]:
        server.login(mail["user"], mail["password"])
    return server


def _send(server: smtplib.SMTP, message: Message) -> None:
    try:
        server.sendmail(settings.DEFAULT_FROM_EMAIL, [message.to], as_bytes(message))
    except smtplib.SMTPRecipientsRefused as error:
        raise _meaning(error.recipients[message.to][0]) from error
    except smtplib.SMTPDataError as error:
        raise _meaning(error.smtp_code) from error
    except ValueError as error:  # must not stop the messages after it
        server.rset()
        raise RefusedForGoodError("mail cannot carry its address or subject") from error


def _meaning(code: int) -> Exception:
    """Return what a server's no means: never, not now, or that it is closing."""
    if code == CLOSING:
        return smtplib.SMTPServerDisconnected("The mail server is closing.")
    kind = RefusedForGoodError if 500 <= code < 600 else BusyError
    return kind(f"the mail server answered {code}")


def _print(message: Message) -> None:
    line = "-" * 72
    sys.stdout.write(
        f"{line}\nTill: {message.to}\nÄmne: {message.subject}\n\n{message.text}\n{line}\n"
    )
    sys.stdout.flush()


def as_bytes(message: Message) -> bytes:
    """Return the message as it goes over the wire."""
    email = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[message.to],
        headers={
            "Message-ID": message.message_id,
            "Date": format_datetime(message.created_at),
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    if message.html:
        email.attach_alternative(message.html, "text/html")
    made: Any = email.message()  # Django's own message knows `linesep`
    return bytes(made.as_bytes(linesep="\r\n"))
