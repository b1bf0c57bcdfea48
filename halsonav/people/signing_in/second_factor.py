"""The second step: a key in the phone, an app's codes, spare codes. Their secrets are encrypted."""

from typing import Any
from urllib.parse import urlsplit

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import MultiFernet
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from halsonav.people.encryption import box
from halsonav.people.models import User


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """How allauth's second step looks and keeps its secrets here."""

    error_messages: dict[str, Any] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Koden stämmer inte. Vänta på nästa och prova igen."),
        "cannot_generate_recovery_codes": _("Lägg till en nyckel eller en app först."),
    }

    def encrypt(self, text: str) -> str:
        """Return the secret as it is kept."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret; raises `InvalidToken` when the installation's key is another."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """Return what the app calls us."""
        return str(settings.SITE_NAME)

    def build_totp_svg(self, url: str) -> str:
        """Return a QR code as an SVG picture, dark on light whatever the page is."""
        code = segno.make(url, error="m")
        return code.svg_inline(scale=5, border=4, dark="#000", light="#fff", svgclass=None)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Bind keys to our own name, whatever host the request was sent to.

        A key cannot be bound to an address in figures: the demo's is called localhost.
        """
        host = urlsplit(settings.ORIGIN).hostname or ""
        own = "localhost" if host in ("127.0.0.1", "::1") else host
        return {"id": own, "name": str(settings.SITE_NAME)}

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002 (allauth's)
        """Return a name for a key that was given none."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Nyckel %(number)d") % {"number": number}


def has_second_factor(user: User) -> bool:
    """Say whether the user has a key or an app; spare codes alone are none."""
    return ways_of(user) > 0


def ways_of(user: User) -> int:
    """Return how many keys and apps the user has."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    found: int = Authenticator.objects.filter(user_id=user.pk, type__in=kinds).count()
    return found


def _box() -> MultiFernet:
    return box("halsonav.people.second_factor")
