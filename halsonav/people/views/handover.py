"""When somebody hands over to a successor, or leaves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from halsonav.people.actions import HandoverError, call_off_handover, hand_over, leave
from halsonav.people.forms import HandOverForm, LeaveForm
from halsonav.people.models import Handover, User
from halsonav.people.permissions import Permission
from halsonav.people.views.asking import FORM, WRITE, page, sent
from halsonav.people.views.organisations import taken
from halsonav.people.views.person import form_about, managed, to_person


@page(Permission.MANAGE_PEOPLE, FORM)
def over(request: HttpRequest, user: User, person: int) -> HttpResponse:
    """Hand somebody's roles and functions over to a successor, in one step."""
    seen = managed(user, person)
    form = HandOverForm(user, seen, sent(request))
    if form.is_valid():
        given = form.cleaned_data
        made = taken(
            form,
            lambda: hand_over(
                by=user,
                leaver=seen,
                successor=form.successor,
                roles=form.chosen_roles,
                holdings=form.chosen_holdings,
                last_day=given["last_day"],
                from_day=given["from_day"],
                closes_account=given["closes_account"],
            ),
        )
        if made:
            messages.success(request, _said(made))
            return to_person(seen)
    return form_about(
        request,
        user,
        seen,
        form,
        heading=_("Lämna över till en efterträdare"),
        lead=_("Roller och funktioner går över på dagen du väljer. Det sker av sig självt."),
        submit=_("Lämna över"),
    )


@page(Permission.MANAGE_PEOPLE, FORM)
def leaving(request: HttpRequest, user: User, person: int) -> HttpResponse:
    """Say somebody's last day."""
    seen = managed(user, person)
    form = LeaveForm(sent(request))
    if form.is_valid():
        day = form.cleaned_data["last_day"]
        if taken(form, lambda: leave(by=user, leaver=seen, last_day=day)):
            messages.success(request, _("Sista dagen är sparad. Kontot stängs dagen efter."))
            return to_person(seen)
    return form_about(
        request,
        user,
        seen,
        form,
        heading=_("Personen slutar"),
        lead=_("Är det någon som tar över? Lämna då över i stället, så följer allt med."),
        submit=_("Spara sista dagen"),
    )


@page(Permission.MANAGE_PEOPLE, WRITE)
def call_off(request: HttpRequest, user: User, person: int, handover: int) -> HttpResponse:
    """Leave undone what of a handover has not been done yet."""
    seen = managed(user, person)
    held = get_object_or_404(Handover.objects.visible_to(user).filter(leaver=seen), pk=handover)
    try:
        call_off_handover(by=user, handover=held)
        messages.success(request, _("Inställt. Sista dagar på funktioner ändrar du på funktionen."))
    except HandoverError as refused:
        messages.warning(request, refused.messages[0])
    return to_person(seen)


def _said(made: Handover) -> str:
    if made.invitation:
        return _("Efterträdaren är inbjuden, och tar över när inbjudan är besvarad.")
    return _("Överlämningen är bestämd.")
