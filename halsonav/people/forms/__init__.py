"""The room's forms."""

from halsonav.people.forms.holders import AppointForm, EndForm
from halsonav.people.forms.invitation import AcceptForm
from halsonav.people.forms.organisations import CentreForm, FunctionForm, OrganisationForm
from halsonav.people.forms.own_account import LanguageForm
from halsonav.people.forms.people import InviteForm, OpenForm, ProtectForm, RoleForm, UnprotectForm
from halsonav.people.forms.second_factor import (
    ActivateTOTPForm,
    AddKeyForm,
    CodeForm,
    CodeOnceMoreForm,
    KeyNameForm,
)
from halsonav.people.forms.sign_in import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)

__all__ = [
    "AcceptForm",
    "ActivateTOTPForm",
    "AddKeyForm",
    "AppointForm",
    "CentreForm",
    "ChangePasswordForm",
    "CodeForm",
    "CodeOnceMoreForm",
    "EndForm",
    "FunctionForm",
    "InviteForm",
    "KeyNameForm",
    "LanguageForm",
    "LoginForm",
    "OpenForm",
    "OrganisationForm",
    "ProtectForm",
    "ReauthenticateForm",
    "ResetPasswordForm",
    "ResetPasswordKeyForm",
    "RoleForm",
    "SetPasswordForm",
    "UnprotectForm",
]
