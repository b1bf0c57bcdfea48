"""What this room keeps about people."""

from django.utils.translation import gettext_lazy as _

from halsonav.people.personal_data import TASK
from halsonav.people.register import Entry, Who, declare


def register() -> None:
    """Put it in the register."""
    declare(
        Entry(
            model="outbox.Message",
            fields=(
                "to", "subject", "text", "html", "language", "status", "attempts",
                "next_attempt_at", "message_id", "created_at", "sent_at",
            ),
            who=Who.CONTACT,
            purpose=_("För att skicka ett meddelande, och försöka igen om det inte gick."),
            ground=TASK,
            seen_by=_("Den som meddelandet är till."),
            until=_("I trettio dagar sedan det skickades."),
        )
    )  # fmt: skip
