"""The room's forms."""

from halsonav.people.forms.invitation import AcceptForm
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
    "ChangePasswordForm",
    "CodeForm",
    "CodeOnceMoreForm",
    "InviteForm",
    "KeyNameForm",
    "LanguageForm",
    "LoginForm",
    "OpenForm",
    "ProtectForm",
    "ReauthenticateForm",
    "ResetPasswordForm",
    "ResetPasswordKeyForm",
    "RoleForm",
    "SetPasswordForm",
    "UnprotectForm",
]
