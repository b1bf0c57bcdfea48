"""What goes tonight, what waits for somebody's yes, and what has gone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from halsonav.people.actions import say_no, say_yes, trust_clock
from halsonav.people.models import ForgettingRun, User, scope_of
from halsonav.people.pages.forgetting_page import forgetting_page
from halsonav.people.permissions import Permission
from halsonav.people.views.asking import WRITE, page, settings_crumb

RUN = Permission.RUN_OPERATIONS


def _runs_it_all(user: User) -> None:
    """Raise `PermissionDenied` unless the user runs the whole installation."""
    if not scope_of(user, RUN).everywhere:
        raise PermissionDenied


@page(RUN)
def forgetting(request: HttpRequest, user: User) -> HttpResponse:
    """Show what goes, what waits and what went."""
    _runs_it_all(user)
    context = {
        "heading": _("Gallring"),
        "lead": _(
            "Varje natt tar systemet bort det som har sparats så länge som det får. Här syns hur"
            " mycket, aldrig vad."
        ),
        "crumbs": [settings_crumb()],
        "page": forgetting_page(user),
    }
    return render(request, "people/forgetting.html", context)


@page(RUN, WRITE)
def answer(request: HttpRequest, user: User, run: int) -> HttpResponse:
    """Take a yes or a no to what waits."""
    _runs_it_all(user)
    found = get_object_or_404(ForgettingRun.objects.visible_to(user), pk=run)
    try:
        said = _yes(user, found) if request.POST.get("answer") == "yes" else _no(user, found)
        messages.success(request, said)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    return redirect("people:forgetting")


def _yes(user: User, run: ForgettingRun) -> str:
    after = say_yes(by=user, run=run)
    if after.approved_by is None:
        return _("Ditt ja är sparat. Nu behöver en annan person också säga ja.")
    return _("Det är gallrat.")


def _no(user: User, run: ForgettingRun) -> str:
    say_no(by=user, run=run)
    return _("Inget gallrades. I natt kommer ett nytt förslag.")


@page(RUN, WRITE)
def clock_is_right(request: HttpRequest, user: User) -> HttpResponse:
    """Take somebody's word for the clock."""
    _runs_it_all(user)
    trust_clock(by=user)
    messages.success(request, _("Gallringen går vidare i natt."))
    return redirect("people:forgetting")
