"""The verbs of the outbox."""

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from halsonav.messages.delivery import deliver_soon
from halsonav.messages.models import Message


@transaction.atomic
def queue_message(
    *, to: str, subject: str, text: str, html: str = "", language: str = "sv"
) -> Message:
    """Put a message to one recipient in the outbox, in the transaction that is open.

    What is rolled back is never sent; delivery begins after the commit.
    """
    now = timezone.now()
    transaction.on_commit(deliver_soon.enqueue, robust=True)
    return Message.objects.create(
        to=to,
        subject=" ".join(subject.split())[:200],
        text=text,
        html=html,
        language=language,
        next_attempt_at=now,
        message_id=f"<{uuid.uuid4()}@{urlsplit(settings.ORIGIN).hostname}>",
        created_at=now,
    )
