"""The room's forms."""

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
    "ActivateTOTPForm",
    "AddKeyForm",
    "ChangePasswordForm",
    "CodeForm",
    "CodeOnceMoreForm",
    "KeyNameForm",
    "LoginForm",
    "ReauthenticateForm",
    "ResetPasswordForm",
    "ResetPasswordKeyForm",
    "SetPasswordForm",
]
