"""Addresses of signing in, under `/konto/` and in each language: those of allauth that we show."""

from typing import Final

from allauth.account import urls
from django.urls import URLPattern

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

urlpatterns: list[URLPattern] = [one for one in urls.urlpatterns if one.name in SHOWN]
