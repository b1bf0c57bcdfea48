"""Signing in: e-mail and password through allauth; nobody signs up by themselves."""

from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from halsonav.people import journal
from halsonav.people.actions import end_sessions
from halsonav.people.addresses import address_of, network_of
from halsonav.people.models import User
from halsonav.people.signing_in import throttle
from halsonav.people.signing_in.devices import device_of
from halsonav.people.signing_in.known_devices import device_for, remember
from halsonav.people.signing_in.outside import forget, outside_of
from halsonav.people.signing_in.outside import remember as remember_outside
from halsonav.people.signing_in.security_letters import EVENTS, NEW_DEVICE, tell
from halsonav.people.signing_in.session_store import DEVICE, SEEN, STARTED, hash_of

FRESH: Final = timedelta(minutes=5)
"""How long after a sign-in nobody is asked again who they are."""


def _do_not_belong_together() -> SafeString:
    said = gettext(
        "E-postadressen och lösenordet hör inte ihop. Prova igen,"
        ' eller <a href="%(new)s">välj ett nytt lösenord</a>.'
    )
    return mark_safe(said % {"new": reverse("account_reset_password")})  # noqa: S308 (own words)


def _email_of(credentials: dict[str, str]) -> str:
    return credentials.get("email", "").strip().lower()


_WRONG_PASSWORD = _("Lösenordet stämmer inte. Prova igen.")


def _sign_in_anew(request: WSGIRequest) -> HttpResponseBase:
    """End the sign-in and ask for another; what was sent is not kept, its page is asked for."""
    leads_to = request.get_full_path() if request.method == "GET" else reverse("people:account")
    logout(request)
    return redirect_to_login(leads_to, reverse(settings.LOGIN_URL))


class SecondStep(AuthenticateStage):  # type: ignore[misc]
    """Asks for the second step, but of whom the identity provider has seen two factors already."""

    def _should_handle(self, request: WSGIRequest) -> bool:
        outside = outside_of(request.session, self.login.user)
        if outside and outside.two_factors:
            return False
        return bool(super()._should_handle(request))


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation only; what goes wrong is said in our words."""

    error_messages: dict[str, Any] = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Kontot är stängt."),
        "email_password_mismatch": lazy(_do_not_belong_together, SafeString)(),
        "enter_current_password": _WRONG_PASSWORD,
        "incorrect_password": _WRONG_PASSWORD,
        "invalid_password_reset": _("Länken går inte att använda. Be om en ny."),
        "too_many_login_attempts": _("Det blev för många försök. Vänta en stund och prova igen."),
        "rate_limited": _("Det blev för många försök. Vänta en stund och prova igen."),
    }

    def is_open_for_signup(self, request: WSGIRequest) -> bool:
        """Refuse: whoever needs an account is invited by somebody who may manage people."""
        return False

    def is_ajax(self, request: WSGIRequest) -> bool:
        """Answer with pages alone: as JSON, forms would repeat what was typed, passwords too."""
        return bool(request.headers.get("Accept") == "application/json" and request.method == "GET")

    def get_client_ip(self, request: WSGIRequest) -> str:
        """Return the address that our outermost proxy saw."""
        return address_of(request.META, settings.PROXIES)

    def pre_authenticate(self, request: WSGIRequest, **credentials: str) -> None:
        """Count the attempt on the account and on the network; refuse when there are too many."""
        on_account = throttle.admit(*self._on_account(request, credentials))
        if not on_account:
            raise self.validation_error("too_many_login_attempts")
        network = self._on_network(request, credentials)
        if not device_for(request, network[2]) and not throttle.admit(*network):
            on_account.delete()  # this one alone: nobody may wipe out what others have tried
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: WSGIRequest, **credentials: str) -> User | None:
        """Return who it is; their own earlier mistakes are then forgotten."""
        user: User | None = super().authenticate(request, **credentials)
        if user:
            throttle.forgive(*self._on_account(request, credentials))
            throttle.forgive(*self._on_network(request, credentials))
        return user

    def authentication_failed(self, request: WSGIRequest, **credentials: str) -> None:
        """Write to the log that a password was wrong, and from where, as a mark."""
        throttle.note_refusal("wrong password", self._on_network(request, credentials)[1])

    def _on_account(self, request: WSGIRequest, credentials: dict[str, str]) -> tuple[str, str]:
        email = _email_of(credentials)
        device = device_for(request, email)
        return ("password/device", f"{device} {email}") if device else ("password/account", email)

    def _on_network(
        self, request: WSGIRequest, credentials: dict[str, str]
    ) -> tuple[str, str, str]:
        network = network_of(self.get_client_ip(request))
        return "password/network", network, _email_of(credentials)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Ask again before something sensitive, but not of who signed in minutes ago.

        Who has nothing here to be asked for, but comes from the provider, has to sign in anew.
        """
        started = self.request.session.get(STARTED, 0)
        if timezone.now().timestamp() - started <= FRESH.total_seconds():
            return False
        if not self.get_reauthentication_methods(self.request.user):
            raise ImmediateHttpResponse(_sign_in_anew(self.request))
        return True

    def pre_login(self, request: WSGIRequest, user: User, **about: Any) -> HttpResponseBase | None:
        """Note whether the user comes from the identity provider, and how sure it was."""
        outside = (about.get("signal_kwargs") or {}).get("sociallogin")
        forget(request.session)
        if outside:
            end = (outside.end_point, outside.id_token)
            remember_outside(request.session, user, outside.identity, *end)
        answer: HttpResponseBase | None = super().pre_login(request, user, **about)
        return answer

    def get_login_stages(self) -> list[str]:
        """Return what stands between a password and being signed in."""
        stages: list[str] = super().get_login_stages()
        own = {"allauth.mfa.stages.AuthenticateStage": "halsonav.people.sign_in.SecondStep"}
        return [own.get(stage, stage) for stage in stages]

    def post_login(self, request: WSGIRequest, user: User, **about: Any) -> HttpResponseBase:
        """Lead on, and let the device be known for the account."""
        response: HttpResponseBase = super().post_login(request, user, **about)
        remember(request, response, user.email)
        return response

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Send the letter, unless there were many within the hour; the answer is the same."""
        if throttle.admit("letter/account", email.lower()):
            super().send_password_reset_mail(user, email, context)

    @transaction.atomic
    def login(self, request: WSGIRequest, user: User) -> None:
        """Sign in under a new session key, and note when and on what kind of device."""
        is_known = user.last_login is None or device_for(request, user.email)
        super().login(request, user)
        journal.record(by=user, verb="sign_in", about=user)
        if not is_known:
            tell(user, NEW_DEVICE)
        now = timezone.now().timestamp()
        device = device_of(self.get_http_user_agent(request))
        request.session.update({STARTED: now, SEEN: now, DEVICE: device})

    def set_password(self, user: User, password: str) -> None:
        """Take the new password; every sign-in but the one in hand ends."""
        with transaction.atomic():
            super().set_password(user, password)
            journal.record(by=user, verb="set_password", about=user, fields=["password"])
            key = self.request.session.session_key
            end_sessions(by=user, user=user, but=hash_of(key) if key else "")

    @transaction.atomic
    def send_notification_mail(self, template_prefix: str, user: User, *_: Any, **__: Any) -> None:
        """Tell the owner by our own letter; what changes the second step is journalled here."""
        event = EVENTS.get(template_prefix)
        if event is None:
            return
        if template_prefix.startswith("mfa/"):
            fields = ["authenticators"]
            journal.record(by=user, verb="change_second_step", about=user, fields=fields)
        tell(user, event)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return a link to our own address, whatever host the request was sent to."""
        asked = urlsplit(super().get_reset_password_from_key_url(key))
        return f"{settings.ORIGIN}{urlunsplit(('', '', *asked[2:]))}"

    def get_password_change_redirect_url(self, request: WSGIRequest) -> str:
        """Lead on to work, where it is said that the password is changed."""
        return str(settings.LOGIN_REDIRECT_URL)
