"""Django's e-mail back end: what is sent through Django lands in the outbox."""

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import translation

from halsonav.messages.actions import queue_message


class AttachmentError(ValueError):
    """A file was attached; what is sensitive stays behind a link."""


class OutboxBackend(BaseEmailBackend):
    """Queues one message for each recipient; delivery begins after the commit."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Return how many were queued; raise `AttachmentError` for a file, and queue nothing."""
        with transaction.atomic():
            return sum(_queue(message) for message in email_messages)


def _queue(email: EmailMessage) -> int:
    if email.attachments:
        raise AttachmentError("Messages carry no files: link to the page instead.")
    text, html = _bodies(email)
    recipients = email.recipients()
    for recipient in recipients:
        queue_message(
            to=recipient,
            subject=str(email.subject),
            text=text,
            html=html,
            language=translation.get_language() or "sv",
        )
    return 1 if recipients else 0


def _bodies(email: EmailMessage) -> tuple[str, str]:
    """Return the text, and the HTML or nothing."""
    body = str(email.body)
    if email.content_subtype == "html":
        return "", body
    alternatives = email.alternatives if isinstance(email, EmailMultiAlternatives) else []
    html = next((str(part[0]) for part in alternatives if part[1] == "text/html"), "")
    return body, html
