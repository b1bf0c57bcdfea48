"""Signing in by the municipality's identity provider, under `/konto/`."""

import logging
from typing import Any, Final

from allauth.account.adapter import get_adapter as account_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.views import LogoutView
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from halsonav.people.actions import LinkedAlreadyError, let_in, link_identity, unlink_identities
from halsonav.people.models import User
from halsonav.people.signing_in import throttle
from halsonav.people.signing_in.identity_provider import (
    PROVIDER,
    BoundedSession,
    OrganisationAdapter,
    OrganisationProvider,
)
from halsonav.people.signing_in.outside import end_address_of
from halsonav.people.views.asking import network_asking
from halsonav.people.views.invitation import TOKEN

_LANGUAGE: Final = "_organisation_language"
_STATE_LENGTH: Final = 32
logger = logging.getLogger(__name__)


class OutsideAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """What happens with whom the provider sends: they are found here, or told what to do."""

    def get_requests_session(self) -> BoundedSession:
        """Return what calls are made with."""
        return BoundedSession()

    def generate_state_param(self, state: dict[str, Any]) -> str:
        """Return 190 random bits."""
        return get_random_string(_STATE_LENGTH)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Refuse: accounts are made by `let_in` alone."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find whose identity it is, before anybody is signed in."""
        try:
            if sociallogin.state["process"] == AuthProcess.CONNECT:
                raise ImmediateHttpResponse(_link(request, sociallogin))
            token = request.session.get(TOKEN, "") if sociallogin.state["data"] else ""
            sociallogin.user = let_in(by=request.user, identity=sociallogin.identity, token=token)
        except ValidationError:
            _note(request, "unknown")
            raise ImmediateHttpResponse(_unknown(request)) from None
        except IntegrityError as error:  # the same person twice at the same moment
            self.on_authentication_error(request, None, exception=error)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str = AuthError.UNKNOWN,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Say that it did not work; what exactly went wrong stands in the log alone."""
        if exception:
            logger.warning("A sign-in by the identity provider failed.", exc_info=exception)
        _note(request, error)
        raise ImmediateHttpResponse(_failed(request, cancelled=error == AuthError.CANCELLED))


def _note(request: HttpRequest, why: str) -> None:
    """Write to the log that the provider's answer let nobody in, with a mark of the place."""
    throttle.note_refusal(f"identity provider: {why}", network_asking(request))


class SignOut(LogoutView):  # type: ignore[misc]
    """Signs out here, and offers to sign out of the provider too."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out; who came from the provider is shown the way out of it."""
        user, session = self.request.user, self.request.session
        back_to = f"{settings.ORIGIN}{reverse('website:start')}"
        address = end_address_of(session, user, back_to) if isinstance(user, User) else ""
        answer: HttpResponse = super().post(*args, **kwargs)
        return _signed_out_here(self.request, address) if address else answer


@require_safe
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Lead to the provider, to sign in."""
    asked = request.GET.get("next", "")
    leads_to = asked if account_adapter(request).is_safe_url(asked) else None
    return _to_provider(request, AuthProcess.LOGIN, next_url=leads_to)


@require_POST
@never_cache
def accept(request: HttpRequest) -> HttpResponse:
    """Say yes to the invitation in hand with the provider's sign-in instead of a key."""
    heading = _("Tacka ja med %(name)s") % {"name": _provider_name()}
    return _next_step(request, heading, _to_provider(request, AuthProcess.LOGIN, data=True))


@require_POST
@never_cache
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def link(request: HttpRequest) -> HttpResponse:
    """Link the provider's sign-in to one's own account."""
    heading = _("Koppla %(name)s till ditt konto") % {"name": _provider_name()}
    return _next_step(request, heading, _to_provider(request, AuthProcess.CONNECT))


@require_POST
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def unlink(request: HttpRequest) -> HttpResponse:
    """Let the provider's sign-in open one's account no more."""
    assert isinstance(request.user, User)  # noqa: S101 (login_required has seen to it)
    unlink_identities(by=request.user, user=request.user)
    messages.success(request, _("Kopplingen är borttagen."))
    return redirect("people:account")


@require_safe
@never_cache
def answer(request: HttpRequest) -> HttpResponseBase:
    """Take what the provider answers."""
    provider = _provider(request)
    view = OAuth2CallbackView.adapter_view(OrganisationAdapter(request, provider.app.provider_id))
    with override(request.session.get(_LANGUAGE, settings.LANGUAGE_CODE)):
        answered: HttpResponseBase = view(request)
    return answered


def _provider_name() -> str:
    if not settings.OIDC:
        raise Http404
    return str(settings.OIDC["name"])


def _provider(request: HttpRequest) -> OrganisationProvider:
    """Return the provider; raise `Http404` when the installation has none."""
    _provider_name()
    found: OrganisationProvider = get_adapter(request).get_provider(request, PROVIDER)
    return found


def _to_provider(request: HttpRequest, process: str, **kept: Any) -> HttpResponse:
    provider = _provider(request)
    request.session[_LANGUAGE] = get_language()
    return provider.redirect(request, process, **kept)


def _next_step(request: HttpRequest, heading: str, leads: HttpResponse) -> HttpResponse:
    """Show the way as a link: our own policy lets no form lead to another's address."""
    address = leads.headers.get("Location")
    if not address:
        return leads
    lead = _("Du kommer till %(name)s och loggar in där.") % {"name": _provider_name()}
    words = {"heading": heading, "lead": lead, "href": address, "text": _("Fortsätt")}
    return render(request, "people/leave.html", words)


def _signed_out_here(request: HttpRequest, address: str) -> HttpResponse:
    name = _provider_name()
    words = {
        "heading": _("Du är utloggad"),
        "lead": _("Delar du datorn med andra? Logga ut hos %(name)s också.") % {"name": name},
        "href": address,
        "text": _("Logga ut hos %(name)s") % {"name": name},
    }
    return render(request, "people/leave.html", words)


def _link(request: HttpRequest, sociallogin: SocialLogin) -> HttpResponse:
    if not isinstance(request.user, User):
        return _failed(request)
    try:
        link_identity(by=request.user, identity=sociallogin.identity)
    except LinkedAlreadyError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(
            request, _("Nu kan du logga in med %(name)s.") % {"name": _provider_name()}
        )
    return redirect("people:account")


def _failed(request: HttpRequest, *, cancelled: bool = False) -> HttpResponse:
    """Answer alike, whatever went wrong, but for who turned back by themselves."""
    words = {
        "heading": _("Du är inte inloggad") if cancelled else _("Inloggningen gick inte"),
        "lead": _("Du avbröt inloggningen.")
        if cancelled
        else _("Vi fick inget svar som går att lita på. Försök igen om en stund."),
        "links": [{"href": reverse("account_login"), "text": _("Till inloggningen")}],
    }
    return render(request, "design/message.html", words, status=200 if cancelled else 503)


def _unknown(request: HttpRequest) -> HttpResponse:
    """Say what to do, and not whether there is an account with the e-mail."""
    words = {
        "heading": _("Vi känner inte igen dig än"),
        "lead": _(
            "Har du fått en inbjudan? Öppna länken i brevet. Har du redan ett konto här? Logga in"
            " med det, och koppla inloggningen under Ditt konto. Annars ber du din chef om en"
            " inbjudan."
        ),
        "links": [{"href": reverse("account_login"), "text": _("Till inloggningen")}],
    }
    return render(request, "design/message.html", words, status=403)
