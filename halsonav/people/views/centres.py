"""Centres: what readers meet of them, in each language."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from halsonav.people.actions import change_centre, open_centre
from halsonav.people.forms import CentreForm
from halsonav.people.models import Centre, User
from halsonav.people.permissions import Permission
from halsonav.people.rules import centres_where
from halsonav.people.views import organisations
from halsonav.people.views.asking import FORM, page, sent, settings_crumb

MANAGE = Permission.MANAGE_ORGANISATIONS


@page(MANAGE, FORM)
def new(request: HttpRequest, user: User, slug: str) -> HttpResponse:
    """Open a centre in an organisation."""
    held = organisations.found(user, slug)
    form = CentreForm(sent(request))
    if form.is_valid():
        made = organisations.taken(
            form, lambda: open_centre(by=user, slug=form.slug, organisation=held, **form.facts)
        )
        if made:
            messages.success(request, _("Verksamheten finns nu."))
            return redirect("people:organisation", slug=slug)
    return organisations.form_page(
        request,
        form,
        heading=_("Ny verksamhet"),
        crumbs=[
            settings_crumb(),
            organisations.organisations_crumb(),
            organisations.organisation_crumb(held),
        ],
        back=reverse("people:organisation", args=[slug]),
    )


@page(MANAGE, FORM)
def change(request: HttpRequest, user: User, slug: str) -> HttpResponse:
    """Change a centre; the public pages follow."""
    held = _found(user, slug)
    form = CentreForm(sent(request), held=held)
    if form.is_valid() and organisations.taken(
        form, lambda: change_centre(by=user, centre=_found(user, slug), **form.facts)
    ):
        messages.success(request, _("Ändringarna är sparade och syns på webbplatsen."))
        return redirect("people:organisations")
    return organisations.form_page(
        request,
        form,
        heading=held.name,
        crumbs=[settings_crumb(), organisations.organisations_crumb()],
        back=reverse("people:organisations"),
    )


@page(MANAGE, FORM)
def close(request: HttpRequest, user: User, slug: str) -> HttpResponse:
    """Take a centre away, where nothing depends on it."""
    held = _found(user, slug)
    back = reverse("people:organisations")
    if request.method == "POST":
        organisations.closed(request, user, held)
        return redirect(back)
    return organisations.closing_page(
        request,
        heading=_("Ta bort %(name)s") % {"name": held.name},
        crumbs=[settings_crumb(), organisations.organisations_crumb()],
        back=back,
    )


def _found(user: User, slug: str) -> Centre:
    return get_object_or_404(centres_where(user, MANAGE), slug=slug)
