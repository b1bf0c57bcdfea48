"""The room's forms."""

from halsonav.people.forms.handover import HandOverForm, LeaveForm
from halsonav.people.forms.holders import AppointForm, EndForm
from halsonav.people.forms.invitation import AcceptForm
from halsonav.people.forms.log import LogForm
from halsonav.people.forms.organisations import CentreForm, FunctionForm, OrganisationForm
from halsonav.people.forms.own_account import LanguageForm
from halsonav.people.forms.own_data import OwnDataForm
from halsonav.people.forms.people import InviteForm, OpenForm, ProtectForm, RoleForm, UnprotectForm
from halsonav.people.forms.review import VerdictForm
from halsonav.people.forms.role_demands import RoleDemandForm
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
    "HandOverForm",
    "InviteForm",
    "KeyNameForm",
    "LanguageForm",
    "LeaveForm",
    "LogForm",
    "LoginForm",
    "OpenForm",
    "OrganisationForm",
    "OwnDataForm",
    "ProtectForm",
    "ReauthenticateForm",
    "ResetPasswordForm",
    "ResetPasswordKeyForm",
    "RoleDemandForm",
    "RoleForm",
    "SetPasswordForm",
    "UnprotectForm",
    "VerdictForm",
]
