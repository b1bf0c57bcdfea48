"""Keeps a sign-in within what its roles demand: how long it lasts, and with how many steps."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from halsonav.design.context import WORKSPACE
from halsonav.people.models import Assurance, User
from halsonav.people.signing_in.outside import Outside, outside_of
from halsonav.people.signing_in.policies import Policy, policy_of
from halsonav.people.signing_in.second_factor import has_second_factor
from halsonav.people.signing_in.session_store import SEEN, STARTED

SEEN_EVERY: Final = 60
"""Seconds between two notes of a session's being used."""
ALWAYS_OPEN: Final = ("account_", "mfa_")
"""Views with such names stay open to who has yet to add a second step."""


class OwnLanguage:
    """Speaks the language that who works has chosen: the workspace has none in its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the user's language below `/arbete/`, what is wrong there too."""
        if not request.path_info.startswith(WORKSPACE) or not isinstance(request.user, User):
            return self.get_response(request)
        language = _known(request.user.language)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers["Content-Language"] = language
        return response


def _known(language: str) -> str:
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class SignInLimits:
    """Ends a sign-in that has lasted or rested too long; asks for a second step where demanded.

    Public pages are the same for everybody and are let through without a look at who asks.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request through; the look is taken when its view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Return an answer instead of the view's where the sign-in does not do."""
        match = request.resolver_match
        if match is None or set(match.namespaces) & settings.PUBLIC_NAMESPACES:
            return None
        if not isinstance(request.user, User):
            return None
        policy = policy_of(request.user)
        if is_over(request, policy):
            return _signed_out(request)
        _note_seen(request)
        if (match.url_name or "").startswith(ALWAYS_OPEN):
            return None
        outside = outside_of(request.session, request.user)
        if not is_sure_enough(request.user, policy, outside):
            return _not_sure_enough(request)
        return _second_step(request.user, policy, outside)


def is_over(request: HttpRequest, policy: Policy) -> bool:
    """Say whether the sign-in has lasted or rested longer than the policy allows."""
    now = timezone.now().timestamp()
    started = request.session.get(STARTED, now)
    seen = request.session.get(SEEN, now)
    turned_back = min(started, seen) > now + SEEN_EVERY
    lasted = now - started > policy.absolute.total_seconds()
    return bool(lasted or turned_back or now - seen > policy.idle.total_seconds())


def _signed_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.info(request, _("Du har varit borta en stund. Logga in igen."))
    return redirect_to_login(request.get_full_path(), reverse(settings.LOGIN_URL))


def _note_seen(request: HttpRequest) -> None:
    now = timezone.now().timestamp()
    request.session.setdefault(STARTED, now)
    if now - request.session.get(SEEN, 0) > SEEN_EVERY:
        request.session[SEEN] = now


def is_sure_enough(user: User, policy: Policy, outside: Outside | None) -> bool:
    """Say whether the sign-in is as sure as the roles demand, and by whom gave them."""
    if user.follows_provider and outside is None:
        return False
    level = outside.level if outside else Assurance.ANY
    return Assurance.values.index(level) >= Assurance.values.index(policy.assurance)


def _not_sure_enough(request: HttpRequest) -> HttpResponse:
    """Say in words how one has to sign in for what one is here."""
    words: dict[str, Any] = {
        "heading": _("Du behöver logga in på ett säkrare sätt"),
        "lead": _("Din roll kräver att din organisation intygar vem du är."),
    }
    if settings.OIDC:
        text = _("Logga in med %(name)s") % {"name": settings.OIDC["name"]}
        words["links"] = [{"href": reverse("account_organisation"), "text": text}]
    return render(request, "design/message.html", words, status=403)


def _second_step(user: User, policy: Policy, outside: Outside | None) -> HttpResponse | None:
    """Lead to where a second step is added, when the roles demand one and there is none."""
    if not policy.two_factors or (outside and outside.two_factors) or has_second_factor(user):
        return None
    return HttpResponseRedirect(reverse("mfa_index"))
