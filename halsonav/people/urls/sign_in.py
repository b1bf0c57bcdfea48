"""Addresses of signing in, under `/konto/` and in each language: those of allauth that we show."""

from typing import Final

from allauth.account import urls
from allauth.mfa import urls as mfa
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

SHOWN: Final = frozenset(
    (
        "account_login",
        "account_logout",
        "account_inactive",
        "account_signup",
        "account_reauthenticate",
        "account_email_verification_sent",
        "account_change_password",
        "account_set_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
    )
)

urlpatterns: list[URLPattern | URLResolver] = [
    *(one for one in urls.urlpatterns if one.name in SHOWN),
    path(_("tva-steg/"), include(mfa)),
]
