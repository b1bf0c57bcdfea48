"""Messages that could not be sent, as a panel on Today for those who run the installation."""

from django.utils import timezone
from django.utils.translation import gettext as _

from halsonav.design.panels import Panel, Row
from halsonav.lib import dates
from halsonav.messages.models import Message
from halsonav.people.models import Reader

MOST = 7


def panel(user: Reader) -> Panel | None:
    """Return the latest messages that could not be sent."""
    failed = Message.objects.visible_to(user).failed().order_by("-created_at")[:MOST]
    return Panel(_("Meddelanden som inte gick fram"), [_row(message) for message in failed])


def _row(message: Message) -> Row:
    when = dates.day_and_month(timezone.localtime(message.created_at).date(), "sv")
    note = _("Adressen tar inte emot. Kontrollera den.")
    return Row(when, f"{message.subject} → {message.to}", "/arbete/", note, late=True)
