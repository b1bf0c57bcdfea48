"""Saying yes to an invitation, under `/konto/`."""

from typing import Final

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from halsonav.people.actions import InvitationGoneError, SignInFirstError, accept_invitation
from halsonav.people.forms import AcceptForm
from halsonav.people.models import User
from halsonav.people.pages.offered import Answer, Offer, offer

TOKEN: Final = "_invitation"  # noqa: S105 (where the session holds it)


@require_safe
@never_cache
def follow_link(request: HttpRequest, token: str) -> HttpResponse:
    """Move the token from the address to the session, so that no address tells it further."""
    request.session[TOKEN] = token
    answer = redirect("account_invitation")
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation(request: HttpRequest) -> HttpResponseBase:
    """Show who invites to what; at yes, let the person in and lead on."""
    token = request.session.get(TOKEN, "")
    found = offer(by=request.user, token=token)
    if found is None:
        return _gone(request)
    form = AcceptForm(request.POST or None, initial={"display_name": found.name})
    is_answer = request.method == "POST" and found.answer in (Answer.SAY_NAME, Answer.SAY_YES)
    if is_answer and (found.answer == Answer.SAY_YES or form.is_valid()):
        return _accept(request, token, form)
    return _page(request, found, form)


def _accept(request: HttpRequest, token: str, form: AcceptForm) -> HttpResponseBase:
    name = form.cleaned_data["display_name"] if form.is_valid() else ""
    try:
        user = accept_invitation(by=request.user, token=token, display_name=name)
    except (InvitationGoneError, SignInFirstError):
        return _gone(request)
    del request.session[TOKEN]
    messages.success(request, _("Välkommen. Nu är du med."))
    if isinstance(request.user, User):
        request.session.cycle_key()
        return redirect(settings.LOGIN_REDIRECT_URL)
    answer: HttpResponseBase = perform_login(
        request, user, redirect_url=reverse("mfa_add_webauthn")
    )
    return answer


def _page(request: HttpRequest, found: Offer, form: AcceptForm) -> HttpResponse:
    words = {"offer": found, "form": form, "heading": _("Du är inbjuden")}
    return render(request, "people/invitation.html", words)


def _gone(request: HttpRequest) -> HttpResponse:
    """Answer alike, whether the link is unknown, used, withdrawn or too old."""
    words = {
        "heading": _("Inbjudan gäller inte längre"),
        "lead": _("Länken är för gammal eller redan använd. Be den som bjöd in dig om en ny."),
        "links": [{"href": reverse("account_login"), "text": _("Logga in")}],
    }
    return render(request, "design/message.html", words, status=404)
