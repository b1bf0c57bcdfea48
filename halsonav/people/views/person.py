"""One person: their page, their roles, their account and their sign-ins."""

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from halsonav.people.actions import (
    LastOperatorError,
    close_account,
    end_session,
    end_sessions,
    give_role,
    open_account,
    open_protected,
    protect,
    take_role,
    unprotect,
)
from halsonav.people.forms import OpenForm, ProtectForm, RoleForm, UnprotectForm
from halsonav.people.models import RoleAssignment, Session, User
from halsonav.people.pages.person_page import person_named, person_shown
from halsonav.people.pages.role_places import at
from halsonav.people.permissions import Permission, Role
from halsonav.people.reasons import OpenReason, ProtectReason, UnprotectReason
from halsonav.people.rules import may_change_account, may_give, may_see_identity
from halsonav.people.views.asking import FORM, WRITE, page, sent, settings_crumb
from halsonav.people.views.people import people_crumb

OPEN_FOR: Final = timedelta(minutes=10)
"""How long a protected person's page stays open to who has said why."""
_OPENED: Final = "opened_people"


def found(user: User, person: int) -> User:
    """Return the person; not there and not the user's to see are answered alike, with 404."""
    seen: User = get_object_or_404(User.objects.visible_to(user), pk=person)
    return seen


def managed(user: User, person: int) -> User:
    """Return the person if the user may change their account; else 404, or 403 if only shown."""
    seen = found(user, person)
    if not may_change_account(user, seen):
        raise PermissionDenied
    return seen


def to_person(person: User) -> HttpResponse:
    """Lead back to the person's page."""
    return redirect("people:person", person=person.pk)


@page(Permission.MANAGE_PEOPLE)
def person(request: HttpRequest, user: User, person: int) -> HttpResponse:
    """Show a person's page."""
    seen = found(user, person)
    reason = _reason_of_opening(request, seen)
    why = reason or "people:person"
    shown = person_shown(user, seen, why=why, opened=bool(reason))
    crumbs = [settings_crumb(), people_crumb()]
    context = {"heading": shown.name, "crumbs": crumbs, "person": shown}
    return render(request, "people/person.html", context)


def _reason_of_opening(request: HttpRequest, person: User) -> str:
    """Return why a protected person's page was opened, while it still is; else nothing."""
    until, reason = request.session.get(_OPENED, {}).get(str(person.pk), (0, ""))
    return str(reason) if until > timezone.now().timestamp() else ""


@page(Permission.MANAGE_PEOPLE, FORM)
def open_page(request: HttpRequest, user: User, person: int) -> HttpResponse:
    """Open a protected person's page for some minutes, to who may and says why."""
    seen = found(user, person)
    if not may_see_identity(user, seen):
        raise PermissionDenied
    form = OpenForm(sent(request))
    if form.is_valid():
        why = OpenReason(form.cleaned_data["why"])
        open_protected(by=user, user=seen, why=why)
        until = (timezone.now() + OPEN_FOR).timestamp()
        opened = request.session.get(_OPENED, {})
        request.session[_OPENED] = opened | {str(seen.pk): (until, why.value)}
        return to_person(seen)
    return form_about(
        request,
        user,
        seen,
        form,
        heading=_("Visa skyddade uppgifter"),
        lead=_("Namn och e-post visas i tio minuter. Det står i loggen att du har öppnat dem."),
        submit=_("Visa uppgifterna"),
    )


@page(Permission.MANAGE_PEOPLE, FORM)
def add_role(request: HttpRequest, user: User, person: int) -> HttpResponse:
    """Give a person one more role."""
    seen = found(user, person)
    if seen.pk == user.pk:  # nobody gives themselves more than a colleague has given them
        raise PermissionDenied
    form = RoleForm(user, sent(request))
    if form.is_valid():
        role = Role(form.cleaned_data["role"])
        give_role(by=user, user=seen, role=role, **at(form.chosen_place))
        messages.success(request, _("Rollen är given."))
        return to_person(seen)
    lead = _("Du kan ge roller som du själv har rätt till, där du hanterar personer.")
    return form_about(
        request, user, seen, form, heading=_("Ge en roll"), lead=lead, submit=_("Ge rollen")
    )


def _refused(request: HttpRequest, seen: User, error: LastOperatorError) -> HttpResponse:
    """Say why not, on the person's page."""
    messages.error(request, error.messages[0])
    return to_person(seen)


@page(Permission.MANAGE_PEOPLE, WRITE)
def remove_role(request: HttpRequest, user: User, person: int, role: int) -> HttpResponse:
    """Take a role from a person."""
    seen = found(user, person)
    held = get_object_or_404(RoleAssignment.objects.visible_to(user).filter(user=seen), pk=role)
    if not may_give(user, held.held_role, held.place):
        raise PermissionDenied
    try:
        take_role(by=user, assignment=held)
    except LastOperatorError as error:
        return _refused(request, seen, error)
    messages.success(request, _("Rollen är borttagen och personen är utloggad överallt."))
    if not User.objects.visible_to(user).filter(pk=person).exists():
        return redirect("people:people")
    return to_person(seen)


@page(Permission.MANAGE_PEOPLE, WRITE)
def close(request: HttpRequest, user: User, person: int) -> HttpResponse:
    """Close a person's account."""
    seen = managed(user, person)
    try:
        close_account(by=user, user=seen)
    except LastOperatorError as error:
        return _refused(request, seen, error)
    messages.success(request, _("Kontot är stängt. Du kan öppna det igen när som helst."))
    return to_person(seen)


@page(Permission.MANAGE_PEOPLE, WRITE)
def reopen(request: HttpRequest, user: User, person: int) -> HttpResponse:
    """Open a person's account again."""
    seen = managed(user, person)
    open_account(by=user, user=seen)
    messages.success(request, _("Kontot är öppet igen."))
    return to_person(seen)


@page(Permission.MANAGE_PEOPLE, WRITE)
def end_all(request: HttpRequest, user: User, person: int) -> HttpResponse:
    """End all of a person's sign-ins."""
    seen = managed(user, person)
    end_sessions(by=user, user=seen)
    messages.success(request, _("Personen är utloggad överallt."))
    return to_person(seen)


@page(Permission.MANAGE_PEOPLE, WRITE)
def end_one(request: HttpRequest, user: User, person: int, session: str) -> HttpResponse:
    """End one of a person's sign-ins."""
    seen = managed(user, person)
    theirs = Session.objects.visible_to(user).filter(user=seen)
    held = get_object_or_404(theirs.kept_as(session))
    end_session(by=user, session=held)
    messages.success(request, _("Inloggningen är avslutad."))
    return to_person(seen)


@page(Permission.MANAGE_PEOPLE, FORM)
def protection(request: HttpRequest, user: User, person: int) -> HttpResponse:
    """Protect a person's data, or end that; only who may see such data may end it."""
    seen = managed(user, person)
    if not may_see_identity(user, seen):
        raise PermissionDenied
    form = (UnprotectForm if seen.is_protected else ProtectForm)(sent(request))
    if form.is_valid() and seen.is_protected:
        unprotect(by=user, user=seen, why=UnprotectReason(form.cleaned_data["why"]))
        messages.success(request, _("Uppgifterna är inte längre skyddade."))
        return to_person(seen)
    if form.is_valid():
        protect(by=user, user=seen, why=ProtectReason(form.cleaned_data["why"]))
        messages.success(request, _("Uppgifterna är skyddade."))
        return to_person(seen)
    if seen.is_protected:
        heading, lead = _("Ta bort skyddet"), _("Då syns namn och e-post som för andra.")
    else:
        heading = _("Skydda uppgifterna")
        lead = _("Då syns namn och e-post inte i listor, sökningar, loggar eller brev till andra.")
    return form_about(request, user, seen, form, heading=heading, lead=lead, submit=heading)


def form_about(
    request: HttpRequest,
    user: User,
    person: User,
    form: forms.BaseForm,
    *,
    heading: str,
    lead: str,
    submit: str,
) -> HttpResponse:
    """Show a form about a person, under their name; it is written down that they were shown."""
    name = person_named(user, person, why=_route(request))
    back = reverse("people:person", args=[person.pk])
    context: dict[str, Any] = {
        "heading": heading,
        "lead": lead,
        "form": form,
        "submit": submit,
        "crumbs": [settings_crumb(), people_crumb(), {"href": back, "label": name}],
        "cancel": {"href": back, "text": _("Avbryt")},
    }
    return render(request, "people/form.html", context)


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else ""
