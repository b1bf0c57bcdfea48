"""Inviting people, and what waits for an answer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from halsonav.people.actions import invite, renew_invitation, withdraw_invitation
from halsonav.people.forms import InviteForm
from halsonav.people.models import Invitation, Role, User
from halsonav.people.pages.invitation_list import invitations_shown
from halsonav.people.pages.role_places import at
from halsonav.people.permissions import Permission
from halsonav.people.rules import may_give
from halsonav.people.signing_in import throttle
from halsonav.people.views.asking import FORM, WRITE, page, sent, settings_crumb
from halsonav.people.views.people import people_crumb


@page(Permission.MANAGE_PEOPLE)
def waiting(request: HttpRequest, user: User) -> HttpResponse:
    """Show the invitations that nobody has answered."""
    context = {
        "heading": _("Inbjudningar"),
        "crumbs": [settings_crumb(), people_crumb()],
        "invitations": invitations_shown(user),
    }
    return render(request, "people/invitations.html", context)


@page(Permission.MANAGE_PEOPLE, FORM)
def new(request: HttpRequest, user: User) -> HttpResponse:
    """Invite somebody to a role."""
    form = InviteForm(user, sent(request))
    if form.is_valid() and not _may_write_to(form.cleaned_data["email"]):
        form.add_error("email", _many_letters())
    if form.is_valid():
        given = form.cleaned_data
        invite(
            by=user,
            email=given["email"],
            display_name=given["display_name"],
            role=Role(given["role"]),
            language=given["language"],
            **at(form.chosen_place),
        )
        messages.success(request, _("Inbjudan är skickad. Den gäller i sju dagar."))
        return redirect("people:invitations")
    context = {
        "heading": _("Bjud in någon"),
        "lead": _("Personen får ett brev med en länk, och väljer själv hur den loggar in."),
        "form": form,
        "submit": _("Skicka inbjudan"),
        "crumbs": [settings_crumb(), people_crumb()],
        "cancel": {"href": reverse("people:people"), "text": _("Avbryt")},
    }
    return render(request, "people/form.html", context)


@page(Permission.MANAGE_PEOPLE, WRITE)
def renew(request: HttpRequest, user: User, invitation: int) -> HttpResponse:
    """Send a new link."""
    held = _held(user, invitation)
    if not _may_write_to(held.email):
        messages.warning(request, _many_letters())
        return redirect("people:invitations")
    try:
        renew_invitation(by=user, invitation=held)
        messages.success(request, _("En ny länk är skickad. Den gäller i sju dagar."))
    except ValidationError as gone:
        messages.warning(request, gone.messages[0])
    return redirect("people:invitations")


@page(Permission.MANAGE_PEOPLE, WRITE)
def withdraw(request: HttpRequest, user: User, invitation: int) -> HttpResponse:
    """Take an invitation back."""
    held = _held(user, invitation)
    try:
        withdraw_invitation(by=user, invitation=held)
        messages.success(request, _("Inbjudan är tillbakatagen. Länken fungerar inte längre."))
    except ValidationError as gone:
        messages.warning(request, gone.messages[0])
    return redirect("people:invitations")


def _may_write_to(email: str) -> bool:
    """Count a letter to an address, whoever sends it; say whether it may be sent."""
    return throttle.admit("invitation/account", email.strip().lower()) is not None


def _many_letters() -> str:
    return _("Adressen har fått många inbjudningar det senaste dygnet. Vänta till i morgon.")


def _held(user: User, pk: int) -> Invitation:
    held = get_object_or_404(Invitation.objects.visible_to(user), pk=pk)
    if not may_give(user, Role(held.role), held.place):
        raise PermissionDenied
    return held
