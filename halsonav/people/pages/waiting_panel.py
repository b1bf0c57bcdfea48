"""What forgetting waits for, as a panel on Today for those who run the installation."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halsonav.design.panels import Panel, Row
from halsonav.lib import dates
from halsonav.people import clock_witness
from halsonav.people.models import Doubt, ForgettingRun, Reader, scope_of
from halsonav.people.permissions import Permission

MOST = 7


def panel(user: Reader) -> Panel | None:
    """Return what needs a person's yes: the clock first, then each rule that waits."""
    if not scope_of(user, Permission.RUN_OPERATIONS).everywhere:
        return None
    doubt, page = clock_witness.current_doubt(), reverse("people:forgetting")
    rows = [
        Row(
            when=dates.day_and_month(timezone.localdate(run.at), "sv"),
            title=ngettext(
                "%(n)d sak väntar på ett ja", "%(n)d saker väntar på ett ja", run.counted
            )
            % {"n": run.counted},
            href=page,
            note=run.get_hold_display(),
        )
        for run in ForgettingRun.objects.visible_to(user).waiting().order_by("at")[:MOST]
    ]
    if doubt:
        rows.insert(0, Row(_("Nu"), Doubt(doubt).label, page, _("Inget gallras."), late=True))
    return Panel(_("Gallring"), rows[:MOST])
