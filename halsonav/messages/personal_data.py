"""What this room keeps about people."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halsonav.messages.models import MessageStatus
from halsonav.people.personal_data import TASK
from halsonav.people.privacy.register import Entry, Who, declare
from halsonav.people.privacy.retention import PASSING, Kept, Rule


def register() -> None:
    """Put it in the register."""
    declare(
        Entry(
            model="outbox.Message",
            called=_("meddelanden"),
            fields=(
                "to", "subject", "text", "html", "language", "status", "attempts",
                "next_attempt_at", "message_id", "created_at", "sent_at",
            ),
            hidden=("text", "html"),
            who=Who.CONTACT,
            purpose=_("För att skicka ett meddelande, och försöka igen om det inte gick."),
            ground=TASK,
            seen_by=_("Den som meddelandet är till."),
            until=_("I trettio dagar sedan det skickades."),
            address="to",
            rule=Rule(
                name="outbox.message_done",
                since="created_at",
                kept=Kept(days=30),
                reference=PASSING,
                where=~Q(status=MessageStatus.QUEUED),
            ),
        )
    )  # fmt: skip
