"""How we talk with the municipality's identity provider: allauth's OpenID Connect, made stricter.

allauth keeps state and PKCE. Here: a nonce, the whole check of the ID token (`oidc.py`), calls that
end in time and follow no redirects, and nothing kept of what the provider says.
"""

import base64
import hashlib
from time import monotonic
from typing import Any, Final

import requests
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialAccount, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from urllib3.exceptions import HTTPError

from halsonav.people.signing_in.oidc import (
    Expected,
    Identity,
    NotBelievedError,
    claims_of,
    identity_of,
)

SECONDS: Final = 5.0
"""The longest that a call may take, from the first byte to the last."""
_AT_ONCE: Final = 3.0
_MOST_BYTES: Final = 256 * 1024
_KEPT_SECONDS: Final = 600
_KEPT_AT: Final = "halsonav.people.identity_provider"
_DOWN_SECONDS: Final = 10
_DOWN_AT: Final = "halsonav.people.identity_provider.down"
_NEEDED: Final = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
PROVIDER: Final = "openid_connect"


class ProviderFaultError(OAuth2Error):  # type: ignore[misc]
    """The provider answers with what it should not, or what it says is not to be believed."""


class BoundedSession(requests.Session):
    """Calls that end in time, take in no more than they need and follow no redirects."""

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        """Return the whole answer; raise `requests.RequestException`."""
        if not str(url).startswith(f"{settings.OIDC['issuer'].partition(':')[0]}://"):
            raise requests.exceptions.InvalidSchema("https")
        until = monotonic() + SECONDS
        kwargs |= {"timeout": _AT_ONCE, "allow_redirects": False, "stream": True}
        response = super().request(method, url, *args, **kwargs)
        response._content = _read(response, until)
        response.headers.setdefault("content-type", "application/json")
        return response


def _read(response: requests.Response, until: float) -> bytes:
    """Return the body as it comes, however little at a time; raise `RequestException`."""
    body = b""
    try:
        while piece := response.raw.read1(8192, decode_content=True):
            body += piece
            if len(body) > _MOST_BYTES or monotonic() > until:
                raise requests.exceptions.Timeout("too slow or too long")
    except HTTPError as error:
        raise requests.exceptions.ConnectionError(type(error).__name__) from None
    finally:
        response.close()
    return body


def configuration(*, fresh: bool = False) -> dict[str, Any]:
    """Return what the provider says of itself; raise `ProviderFaultError` or `RequestException`.

    It is kept for ten minutes. A provider that says it is another is not believed. One that did not
    answer is not asked again for some seconds, so that nobody waits for it in turn.
    """
    kept: dict[str, Any] | None = None if fresh else cache.get(_KEPT_AT)
    if kept and kept["issuer"] == settings.OIDC["issuer"]:
        return kept
    if not fresh and cache.get(_DOWN_AT) == settings.OIDC["issuer"]:
        raise requests.exceptions.ConnectionError("did not answer just now")
    try:
        found = _fetch(f"{settings.OIDC['issuer'].rstrip('/')}/.well-known/openid-configuration")
    except requests.RequestException:
        cache.set(_DOWN_AT, settings.OIDC["issuer"], _DOWN_SECONDS)
        raise
    if not all(isinstance(found.get(name), str) for name in _NEEDED):
        raise ProviderFaultError("configuration")
    if found["issuer"] != settings.OIDC["issuer"]:
        raise ProviderFaultError("issuer")
    cache.set(_KEPT_AT, found, _KEPT_SECONDS)
    return found


def _fetch(url: str, token: str = "") -> dict[str, Any]:
    headers = {"Accept": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    with BoundedSession() as session:
        response = session.get(url, headers=headers)
        response.raise_for_status()
        found = response.json()
    if not isinstance(found, dict):
        raise ProviderFaultError("answer")
    return found


def nonce_of(verifier: str) -> str:
    """Return the nonce of a sign-in: made of the PKCE secret that its session alone holds."""
    digest = hashlib.sha256(f"nonce {verifier}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


class OrganisationAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """One sign-in's talk with the provider."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """Return what the provider says of itself."""
        return configuration()

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Return the callback at our own address, whatever host the request was sent to."""
        return f"{settings.ORIGIN}{self.get_provider().get_callback_url()}"

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        """Trade the code for tokens; remember which nonce must stand in them."""
        self.nonce = nonce_of(pkce_code_verifier or "")
        found = super().get_access_token_data(request, app, client, pkce_code_verifier)
        if not isinstance(found, dict) or not isinstance(found.get("id_token"), str):
            raise ProviderFaultError("token")
        return found

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        """Return the access token, which is used at once and never kept."""
        return SocialToken(token=str(data["access_token"]))

    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Return who it is, when the provider's word is to be believed."""
        id_token = kwargs["response"]["id_token"]
        identity = self._identity(id_token, token.token)
        account = SocialAccount(provider=identity.issuer, uid=identity.subject)
        login = SocialLogin(account=account, provider=self.get_provider())
        login.identity, login.id_token = identity, id_token
        login.end_point = str(self.openid_config.get("end_session_endpoint") or "")
        return login

    def _identity(self, id_token: str, access_token: str) -> Identity:
        expected = Expected(settings.OIDC["issuer"], settings.OIDC["client"], self.nonce)
        try:
            claims = claims_of(id_token, _fetch(self.openid_config["jwks_uri"]), expected)
        except NotBelievedError as error:
            raise ProviderFaultError(str(error)) from None
        return identity_of(self._whole(claims, access_token), groups_claim=settings.OIDC["groups"])

    def _whole(self, claims: dict[str, Any], access_token: str) -> dict[str, Any]:
        """Return the claims with what only the provider's page of the person says."""
        wanted = ("email", "name", settings.OIDC["groups"])
        address = self.openid_config.get("userinfo_endpoint")
        if not address or all(name in claims for name in wanted):
            return claims
        told = _fetch(address, access_token)
        if told.get("sub") != claims["sub"]:
            raise ProviderFaultError("userinfo")
        return {name: told[name] for name in wanted if name in told} | claims


class OrganisationProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """The provider as allauth sees it: always with PKCE and a nonce, never with others' wishes."""

    pkce_enabled_default = True
    oauth2_adapter_class = OrganisationAdapter

    def get_callback_url(self) -> str:
        """Return the one address that the provider knows, whatever language one reads."""
        with override(settings.LANGUAGE_CODE):
            return reverse("account_organisation_answer")

    def get_pkce_params(self) -> dict[str, Any]:
        """Return what is sent to the provider, with the nonce."""
        sent: dict[str, Any] = super().get_pkce_params()
        return sent | {"nonce": nonce_of(sent["code_verifier"])}

    def redirect(self, request: HttpRequest, process: str, **kwargs: Any) -> HttpResponse:
        """Lead to the provider, or say that it cannot be reached."""
        try:
            leads: HttpResponse = super().redirect(request, process, **kwargs)
        except (requests.RequestException, OAuth2Error) as error:
            leads = render_authentication_error(request, self, exception=error)
        return leads
