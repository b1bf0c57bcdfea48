"""A function: what it is called, and who holds it from when to when."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from halsonav.people.actions import appoint_holder, end_holding, rename_function
from halsonav.people.forms import AppointForm, EndForm, FunctionForm
from halsonav.people.models import Function, FunctionHolder, User, scope_of
from halsonav.people.pages.holders import post_shown
from halsonav.people.permissions import Permission
from halsonav.people.views import organisations
from halsonav.people.views.asking import FORM, Crumb, page, sent, settings_crumb

MANAGE = Permission.MANAGE_PEOPLE


@page(MANAGE)
def function(request: HttpRequest, user: User, function: int) -> HttpResponse:
    """Show a function and everybody who holds or has held it."""
    held = _found(user, function)
    post = post_shown(user, held, why="people:function")
    context = {"heading": post.title, "crumbs": _crumbs(held)[:-1], "post": post}
    return render(request, "people/function.html", context)


@page(MANAGE, FORM)
def rename(request: HttpRequest, user: User, function: int) -> HttpResponse:
    """Give a function another title."""
    held = _found(user, function)
    form = FunctionForm(sent(request), initial={"title": held.title})
    if form.is_valid() and organisations.taken(
        form,
        lambda: rename_function(
            by=user, function=_found(user, function), title=form.cleaned_data["title"]
        ),
    ):
        messages.success(request, _("Ändringarna är sparade."))
        return redirect("people:function", function=function)
    return _form(request, held, form, _("Ändra titeln"))


@page(MANAGE, FORM)
def appoint(request: HttpRequest, user: User, function: int) -> HttpResponse:
    """Let somebody hold a function."""
    held = _found(user, function)
    form = AppointForm(user, sent(request))
    if form.is_valid():
        given = form.cleaned_data
        made = organisations.taken(
            form,
            lambda: appoint_holder(
                by=user,
                organisation=held.organisation,
                title=held.title,
                user=form.person,
                described_as=given["described_as"],
                from_day=given["from_day"],
                to_day=given["to_day"],
            ),
        )
        if made:
            messages.success(request, _("Funktionen har fått en innehavare."))
            return redirect("people:function", function=function)
    return _form(request, held, form, _("Utse någon"))


@page(MANAGE, FORM)
def end(request: HttpRequest, user: User, function: int, holder: int) -> HttpResponse:
    """Say the last day of somebody's holding."""
    held = _found(user, function)
    seen = FunctionHolder.objects.visible_to(user).filter(function=held)
    holding = get_object_or_404(seen, pk=holder)
    form = EndForm(holding.from_day, sent(request))
    if form.is_valid():
        end_holding(by=user, holder=holding, to_day=form.cleaned_data["to_day"])
        messages.success(request, _("Sista dagen är sparad."))
        return redirect("people:function", function=function)
    return _form(request, held, form, _("Sista dagen med funktionen"))


@page(MANAGE, FORM)
def close(request: HttpRequest, user: User, function: int) -> HttpResponse:
    """Take a function away that nobody has held."""
    held = _found(user, function)
    if request.method == "POST":
        slug = held.organisation.slug
        if organisations.closed(request, user, held):
            return redirect("people:organisation", slug=slug)
        return redirect("people:function", function=function)
    return organisations.closing_page(
        request,
        heading=_("Ta bort %(name)s") % {"name": held.title},
        crumbs=_crumbs(held),
        back=reverse("people:function", args=[function]),
    )


def _found(user: User, pk: int) -> Function:
    here = scope_of(user, MANAGE).holds(organisation="organisation")
    mine = Function.objects.visible_to(user).filter(here).select_related("organisation")
    return get_object_or_404(mine, pk=pk)


def _form(
    request: HttpRequest, held: Function, form: AppointForm | EndForm | FunctionForm, heading: str
) -> HttpResponse:
    back = reverse("people:function", args=[held.pk])
    return organisations.form_page(request, form, heading=heading, crumbs=_crumbs(held), back=back)


def _crumbs(held: Function) -> list[Crumb]:
    return [
        settings_crumb(),
        organisations.organisations_crumb(),
        organisations.organisation_crumb(held.organisation),
        {"href": reverse("people:function", args=[held.pk]), "label": held.title},
    ]
