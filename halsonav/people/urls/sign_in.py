"""Addresses of signing in, under `/konto/` and in each language: ours, and allauth's that we show.

Those named `account_…` and `mfa_…` are open to who has yet to add a second step.
"""

from typing import Final

from allauth.account import urls
from allauth.account.decorators import reauthentication_required
from allauth.account.views import password_set
from allauth.mfa import urls as mfa
from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from halsonav.people.views import invitation, organisation

SHOWN: Final = frozenset(
    (
        "account_login",
        "account_inactive",
        "account_signup",
        "account_reauthenticate",
        "account_email_verification_sent",
        "account_change_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
    )
)

urlpatterns: list[URLPattern | URLResolver] = [
    *(one for one in urls.urlpatterns if one.name in SHOWN),
    path(
        "password/set/",
        login_required(reauthentication_required(password_set)),
        name="account_set_password",
    ),
    path("logout/", organisation.SignOut.as_view(), name="account_logout"),
    path(_("tva-steg/"), include(mfa)),
    path(_("organisation/"), organisation.start, name="account_organisation"),
    path(_("organisation/svar/"), organisation.answer, name="account_organisation_answer"),
    path(_("organisation/tacka-ja/"), organisation.accept, name="account_organisation_accept"),
    path(_("organisation/koppla/"), organisation.link, name="account_organisation_link"),
    path(_("organisation/koppla-bort/"), organisation.unlink, name="account_organisation_unlink"),
    path(_("inbjudan/"), invitation.invitation, name="account_invitation"),
    path(_("inbjudan/<str:token>/"), invitation.follow_link, name="account_invitation_link"),
]
