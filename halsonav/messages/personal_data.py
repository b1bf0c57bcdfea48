"""What this room keeps about people."""

from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halsonav.messages.models import MessageStatus
from halsonav.people.personal_data import TASK
from halsonav.people.privacy.field_words import language_in_words, say
from halsonav.people.privacy.register import Entry, Who, declare
from halsonav.people.privacy.retention import PASSING, Kept, Rule

_STATUSES: Final = {
    MessageStatus.QUEUED: _("väntar på att skickas"),
    MessageStatus.SENT: _("skickat"),
    MessageStatus.FAILED: _("gick inte att skicka"),
}


_WORDS: Final = {
    "outbox.Message.to": _("till"),
    "outbox.Message.subject": _("ämne"),
    "outbox.Message.text": _("brevets text"),
    "outbox.Message.html": _("brevets text med utseende"),
    "outbox.Message.language": _("språk"),
    "outbox.Message.status": _("hur det gick"),
    "outbox.Message.attempts": _("antal försök att skicka"),
    "outbox.Message.next_attempt_at": _("nästa försök"),
    "outbox.Message.message_id": _("brevets eget nummer"),
    "outbox.Message.created_at": _("skrevs"),
    "outbox.Message.sent_at": _("skickades"),
}
_VALUES: Final = {
    "outbox.Message.language": language_in_words,
    "outbox.Message.status": lambda status: str(_STATUSES[MessageStatus(status)]),
}
_LETTERS: Final = Entry(
    model="outbox.Message",
    called=_("meddelanden"),
    fields=(
        "to",
        "subject",
        "text",
        "html",
        "language",
        "status",
        "attempts",
        "next_attempt_at",
        "message_id",
        "created_at",
        "sent_at",
    ),
    hidden=("text", "html"),
    who=Who.CONTACT,
    purpose=_("För att skicka ett meddelande, och försöka igen om det inte gick."),
    ground=TASK,
    seen_by=_("Den som meddelandet är till."),
    until=_("I trettio dagar sedan det skrevs, om det inte väntar på att skickas."),
    address="to",
    recipients=_(
        "Den som meddelandet är till, den som förmedlar e-posten och den som sköter"
        " servern, båda som personuppgiftsbiträden."
    ),
    transfers=_(
        "Systemet lämnar meddelandet till den e-postserver som är vald. Den ansvariga"
        " väljer en inom EU och EES. Mottagarens egen e-post kan finnas någon annanstans."
    ),
    rule=Rule(
        name="outbox.message_done",
        since="created_at",
        kept=Kept(days=30),
        reference=PASSING,
        where=~Q(status=MessageStatus.QUEUED),
    ),
)


def register() -> None:
    """Put it in the register, and say its words."""
    say(_WORDS, _VALUES)
    declare(_LETTERS)
