"""What each role demands of a sign-in, for those who run the installation."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from halsonav.people.actions import demand
from halsonav.people.forms import RoleDemandForm
from halsonav.people.forms.role_demands import assurances
from halsonav.people.models import Role, User, scope_of
from halsonav.people.permissions import Permission
from halsonav.people.signing_in.policies import Policy, policies
from halsonav.people.views.asking import FORM, page, sent, settings_crumb
from halsonav.people.views.organisations import form_page


@page(Permission.RUN_OPERATIONS)
def role_demands(request: HttpRequest, user: User) -> HttpResponse:
    """List the roles and what each demands."""
    _must_run_all(user)
    context = {
        "heading": _("Krav på inloggning"),
        "lead": _("Den som har flera roller följer det strängaste kravet."),
        "crumbs": [settings_crumb()],
        "rows": [_row(role, policy) for role, policy in policies().items()],
    }
    return render(request, "people/role_demands.html", context)


@page(Permission.RUN_OPERATIONS, FORM)
def change(request: HttpRequest, user: User, role: str) -> HttpResponse:
    """Change what a role demands."""
    _must_run_all(user)
    if role not in Role.values:
        raise Http404
    form = RoleDemandForm(sent(request), initial=_numbers(policies()[Role(role)]))
    if form.is_valid():
        demand(by=user, role=Role(role), **form.cleaned_data)
        messages.success(request, _("Kraven är sparade. De gäller från nästa sida som öppnas."))
        return redirect("people:role_demands")
    back = reverse("people:role_demands")
    crumbs = [settings_crumb(), {"href": back, "label": _("Krav på inloggning")}]
    heading = str(Role(role).label).capitalize()
    return form_page(request, form, heading=heading, crumbs=crumbs, back=back)


def _must_run_all(user: User) -> None:
    """Refuse who runs a part of the installation: a role's demands hold in all of it."""
    if not scope_of(user, Permission.RUN_OPERATIONS).everywhere:
        raise PermissionDenied


def _numbers(policy: Policy) -> dict[str, Any]:
    return {
        "two_factors": policy.two_factors,
        "idle_minutes": int(policy.idle.total_seconds() // 60),
        "absolute_hours": int(policy.absolute.total_seconds() // 3600),
        "assurance": policy.assurance.value,
    }


def _row(role: Role, policy: Policy) -> dict[str, Any]:
    said = _numbers(policy)
    level = dict(assurances())[said["assurance"]]
    return {"role": role.value, "name": str(role.label).capitalize(), "level": level, **said}
