"""Messages that could not be sent, as a panel on Today for those who run the installation."""

from datetime import datetime

from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halsonav.design.panels import Panel, Row
from halsonav.lib import dates
from halsonav.messages.models import Message
from halsonav.people.models import Reader

MOST = 7


def panel(user: Reader) -> Panel | None:
    """Return how many messages of each subject could not be sent, but to nobody's address."""
    failed = Message.objects.visible_to(user).failed()
    told = failed.values_list("subject").annotate(many=Count("pk"), latest=Max("created_at"))
    rows = [_row(*one) for one in told.order_by("-latest", "subject")[:MOST]]
    return Panel(_("Meddelanden som inte gick fram"), rows)


def _row(subject: str, many: int, latest: datetime) -> Row:
    when = dates.day_and_month(timezone.localdate(latest), "sv")
    note = ngettext(
        "%(n)d meddelande togs inte emot.", "%(n)d meddelanden togs inte emot.", many
    ) % {"n": many}
    return Row(when, subject, "/arbete/", note, late=True)
