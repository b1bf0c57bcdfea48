"""Organisations, as a tree and one by one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from halsonav.people.actions import (
    change_organisation,
    close_down,
    create_function,
    create_organisation,
)
from halsonav.people.forms import FunctionForm, OrganisationForm
from halsonav.people.models import Organisation, User, scope_of
from halsonav.people.pages.holders import posts_shown
from halsonav.people.pages.organisation_tree import tree_for
from halsonav.people.permissions import Permission
from halsonav.people.views.asking import FORM, Crumb, page, sent, settings_crumb

MANAGE = Permission.MANAGE_ORGANISATIONS


@page(MANAGE)
def organisations(request: HttpRequest, user: User) -> HttpResponse:
    """Show the tree of what one looks after."""
    scope = scope_of(user, MANAGE)
    context = {
        "heading": _("Organisationer och verksamheter"),
        "crumbs": [settings_crumb()],
        "tree": tree_for(user),
        "may_add": bool(scope.everywhere or scope.organisations),
    }
    return render(request, "people/organisations.html", context)


@page(MANAGE)
def organisation(request: HttpRequest, user: User, slug: str) -> HttpResponse:
    """Show an organisation: what it is, its functions and who holds them."""
    held = found(user, slug)
    context = {
        "heading": held.name,
        "crumbs": [settings_crumb(), organisations_crumb()],
        "organisation": held,
        "posts": posts_shown(user, held, why="people:organisation"),
        "centres": held.centres.order_by("name", "pk"),
        "children": held.children.order_by("name", "pk"),
    }
    return render(request, "people/organisation.html", context)


@page(MANAGE, FORM)
def new(request: HttpRequest, user: User) -> HttpResponse:
    """Make an organisation."""
    form = OrganisationForm(user, sent(request), under=request.GET.get("under", "")[:20])
    if form.is_valid():
        made = taken(form, lambda: create_organisation(by=user, slug=form.slug, **form.facts))
        if made:
            messages.success(request, _("Organisationen finns nu."))
            return redirect("people:organisation", slug=made.slug)
    return form_page(
        request,
        form,
        heading=_("Ny organisation"),
        crumbs=[settings_crumb(), organisations_crumb()],
        back=reverse("people:organisations"),
    )


@page(MANAGE, FORM)
def change(request: HttpRequest, user: User, slug: str) -> HttpResponse:
    """Change an organisation."""
    held = found(user, slug)
    form = OrganisationForm(user, sent(request), held=held)
    if form.is_valid() and taken(
        form, lambda: change_organisation(by=user, organisation=found(user, slug), **form.facts)
    ):
        messages.success(request, _("Ändringarna är sparade."))
        return redirect("people:organisation", slug=held.slug)
    return form_page(
        request,
        form,
        heading=_("Ändra organisationen"),
        crumbs=[settings_crumb(), organisations_crumb(), organisation_crumb(held)],
        back=reverse("people:organisation", args=[slug]),
    )


@page(MANAGE, FORM)
def close(request: HttpRequest, user: User, slug: str) -> HttpResponse:
    """Take an organisation away, where nothing depends on it."""
    held = found(user, slug)
    if request.method == "POST":
        if closed(request, user, held):
            return redirect("people:organisations")
        return redirect("people:organisation", slug=slug)
    return closing_page(
        request,
        heading=_("Ta bort %(name)s") % {"name": held.name},
        crumbs=[settings_crumb(), organisations_crumb(), organisation_crumb(held)],
        back=reverse("people:organisation", args=[slug]),
    )


@page(MANAGE, FORM)
def add_function(request: HttpRequest, user: User, slug: str) -> HttpResponse:
    """Make a function in an organisation."""
    held = found(user, slug)
    form = FunctionForm(sent(request))
    if form.is_valid():
        title = form.cleaned_data["title"]
        made = taken(form, lambda: create_function(by=user, organisation=held, title=title))
        if made:
            messages.success(request, _("Funktionen finns nu. Ingen har den än."))
            return redirect("people:function", function=made.pk)
    return form_page(
        request,
        form,
        heading=_("Ny funktion"),
        crumbs=[settings_crumb(), organisations_crumb(), organisation_crumb(held)],
        back=reverse("people:organisation", args=[slug]),
    )


def found(user: User, slug: str) -> Organisation:
    """Return the organisation if the user looks after it; else 404."""
    scope = scope_of(user, MANAGE)
    mine = Organisation.objects.visible_to(user)
    if not scope.everywhere:
        mine = mine.filter(pk__in=scope.organisations)
    return get_object_or_404(mine.select_related("parent"), slug=slug)


def taken(form: BaseForm, act: Any) -> Any:
    """Return what an action makes; what it refuses is said in the form, and None is returned."""
    try:
        return act()
    except ValidationError as refused:
        known = hasattr(refused, "error_dict") and set(refused.error_dict) <= set(form.fields)
        form.add_error(None, refused if known else refused.messages)
        return None


def closed(request: HttpRequest, user: User, thing: Any) -> bool:
    """Close a thing down and say so; say why where that cannot be."""
    try:
        close_down(by=user, thing=thing)
    except ValidationError as refused:
        messages.warning(request, refused.messages[0])
        return False
    messages.success(request, _("Borttagen."))
    return True


def form_page(
    request: HttpRequest, form: BaseForm, *, heading: str, crumbs: list[Crumb], back: str
) -> HttpResponse:
    """Show a form with a way back."""
    cancel = {"href": back, "text": _("Avbryt")}
    context = {"heading": heading, "form": form, "crumbs": crumbs, "cancel": cancel}
    return render(request, "people/form.html", context)


def closing_page(
    request: HttpRequest, *, heading: str, crumbs: list[Crumb], back: str
) -> HttpResponse:
    """Ask once more before something is taken away for good."""
    context = {"heading": heading, "crumbs": crumbs, "back": back}
    return render(request, "people/closing.html", context)


def organisations_crumb() -> Crumb:
    """Return the link back to the tree."""
    return {"href": reverse("people:organisations"), "label": _("Organisationer och verksamheter")}


def organisation_crumb(held: Organisation) -> Crumb:
    """Return the link back to an organisation."""
    return {"href": reverse("people:organisation", args=[held.slug]), "label": held.name}
