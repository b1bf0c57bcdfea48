"""A lost second step: one who manages the person asks, another one decides."""

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from halsonav.people.actions import (
    approve_factor_reset,
    ask_factor_reset,
    refuse_factor_reset,
    why_not_approve,
)
from halsonav.people.models import FactorReset, User
from halsonav.people.pages.person_page import person_named
from halsonav.people.permissions import Permission
from halsonav.people.views.asking import FORM, page, settings_crumb
from halsonav.people.views.people import people_crumb
from halsonav.people.views.person import managed, to_person

ASK: Final = "ask"
_DECIDE: Final[dict[str, Callable[..., FactorReset]]] = {
    "approve": approve_factor_reset,
    "refuse": refuse_factor_reset,
}


@page(Permission.MANAGE_PEOPLE, FORM)
def lost(request: HttpRequest, user: User, person: int) -> HttpResponse:
    """Ask that a lost second step be taken away, or decide what a colleague has asked."""
    seen = managed(user, person)
    waits = FactorReset.objects.visible_to(user).open(timezone.now()).filter(user=seen).first()
    if request.method == "POST":
        return _answer(request, user, seen, waits)
    why_not = why_not_approve(by=user, reset=waits) if waits else ""
    name = person_named(user, seen, why="people:factor_reset")
    back = reverse("people:person", args=[seen.pk])
    context = {
        "heading": _("Tappat sitt andra steg"),
        "name": name,
        "crumbs": [settings_crumb(), people_crumb(), {"href": back, "label": name}],
        "back": back,
        "waits": waits is not None,
        "why_not": why_not,
        "is_mine": waits is not None and waits.asked_by_id == user.pk,
    }
    return render(request, "people/factor_reset.html", context)


def _answer(
    request: HttpRequest, user: User, person: User, waits: FactorReset | None
) -> HttpResponse:
    answer = request.POST.get("answer", "")
    try:
        messages.success(request, _done(user, person, waits, answer))
    except ValidationError as refused:
        messages.warning(request, refused.messages[0])
    return to_person(person)


def _done(user: User, person: User, waits: FactorReset | None, answer: str) -> str:
    """Do what was answered and return what to say; raise `ValidationError` for what cannot be."""
    if answer == ASK:
        ask_factor_reset(by=user, user=person)
        return _("Nu behöver en kollega godkänna det. Personen har fått ett brev.")
    if waits is None or answer not in _DECIDE:
        raise ValidationError(_("Det är redan avgjort, eller för gammalt. Börja om."))
    _DECIDE[answer](by=user, reset=waits)
    if answer == "approve":
        return _("Det andra steget är borttaget. Personen lägger till ett nytt vid inloggningen.")
    return _("Inget är ändrat.")
