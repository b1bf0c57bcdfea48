"""What goes wrong in the background, as a panel on Today for those who run the installation."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from halsonav.design.panels import Panel, Row
from halsonav.jobs.models import FailedJob
from halsonav.lib import dates
from halsonav.people.models import Reader, scope_of
from halsonav.people.permissions import Permission

MOST = 7


def panel(user: Reader) -> Panel | None:
    """Return the latest failures that are not solved, one row for each job."""
    if not scope_of(user, Permission.RUN_OPERATIONS).everywhere:
        return None
    latest: dict[str, FailedJob] = {}
    for failure in FailedJob.objects.unsolved().order_by("-failed_at", "-pk")[:200]:
        latest.setdefault(failure.name, failure)
    return Panel(_("Fel i bakgrunden"), [_row(job) for job in list(latest.values())[:MOST]])


def _row(failure: FailedJob) -> Row:
    again = failure.next_attempt_at
    note = _("Försöker igen kl. %(time)s.") % {"time": _clock(again)} if again else _("Ger upp.")
    when = timezone.localtime(failure.failed_at)
    today = when.date() == timezone.localdate()
    return Row(
        when=_clock(when) if today else dates.day_and_month(when.date(), "sv"),
        title=failure.name,
        href="/arbete/",
        note=f"{failure.fault}. {note}",
        late=again is None,
    )


def _clock(moment: datetime) -> str:
    return dates.clock(timezone.localtime(moment), "sv")
