"""Which groups of the organisation's own sign-in give which roles, for those who run it all."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from halsonav.people.actions import map_group, unmap_group
from halsonav.people.forms.group_mapping import GroupForm
from halsonav.people.models import GroupMapping, Role, User, scope_of
from halsonav.people.pages.role_places import at, role_at
from halsonav.people.permissions import Permission
from halsonav.people.views.asking import FORM, WRITE, Crumb, page, sent, settings_crumb
from halsonav.people.views.organisations import form_page, taken


@page(Permission.RUN_OPERATIONS)
def mappings(request: HttpRequest, user: User) -> HttpResponse:
    """List the groups and what each gives."""
    _must_run_all(user)
    held = GroupMapping.objects.visible_to(user).select_related("centre", "organisation")
    context = {
        "heading": _("Grupper som ger roller"),
        "lead": _lead(),
        "crumbs": [settings_crumb()],
        "can_add": bool(settings.OIDC),
        "rows": [
            {"id": one.pk, "group": one.group, "gives": role_at(Role(one.role), one.place)}
            for one in held.order_by("group", "role", "pk")
        ],
    }
    return render(request, "people/group_mappings.html", context)


@page(Permission.RUN_OPERATIONS, FORM)
def new(request: HttpRequest, user: User) -> HttpResponse:
    """Let a group give a role."""
    _must_run_all(user)
    if not settings.OIDC:
        raise Http404
    form = GroupForm(user, sent(request))
    if form.is_valid() and taken(form, lambda: _map(user, form)):
        messages.success(request, _("Gruppen ger rollen från medlemmarnas nästa inloggning."))
        return redirect("people:group_mappings")
    back = reverse("people:group_mappings")
    crumbs = [settings_crumb(), _crumb()]
    return form_page(request, form, heading=_("Låt en grupp ge en roll"), crumbs=crumbs, back=back)


@page(Permission.RUN_OPERATIONS, WRITE)
def remove(request: HttpRequest, user: User, mapping: int) -> HttpResponse:
    """Let a group give nothing more."""
    _must_run_all(user)
    held = get_object_or_404(GroupMapping.objects.visible_to(user), pk=mapping)
    if unmap_group(by=user, mapping=held):
        said = _("Gruppen ger inte rollen längre, och de som hade den har den inte.")
    else:
        said = _(
            "Gruppen ger inte rollen längre. Någon har den ändå kvar: en annan grupp ger den, eller"
            " så är det den sista som kan sköta systemet."
        )
    messages.success(request, said)
    return redirect("people:group_mappings")


def _map(user: User, form: GroupForm) -> GroupMapping:
    return map_group(
        by=user,
        issuer=settings.OIDC["issuer"],
        group=form.cleaned_data["group"],
        role=Role(form.cleaned_data["role"]),
        **at(form.chosen_place),
    )


def _must_run_all(user: User) -> None:
    """Refuse who runs a part of the installation: a group may give roles in all of it."""
    if not scope_of(user, Permission.RUN_OPERATIONS).everywhere:
        raise PermissionDenied


def _lead() -> str:
    if not settings.OIDC:
        return _("Här går det inte att logga in med organisationens eget konto än.")
    said = _("Den som är med i gruppen hos %(name)s har rollen här, så länge den är med.")
    return said % {"name": settings.OIDC["name"]}


def _crumb() -> Crumb:
    return {"href": reverse("people:group_mappings"), "label": _("Grupper som ger roller")}
