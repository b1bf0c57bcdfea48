"""The forms of the second step: allauth's own, in our words and with our count of guesses."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.core.exceptions import ValidationError
from django.forms import BooleanField, CheckboxInput, Field
from django.utils.translation import gettext as _

from halsonav.people.models import User
from halsonav.people.signing_in import throttle


def _say_code(field: Field, hint: str) -> None:
    field.label = _("Kod")
    field.help_text = hint
    field.error_messages["required"] = _("Skriv koden.")
    field.widget.attrs = {
        "autocomplete": "one-time-code",
        "inputmode": "numeric",
        "autocapitalize": "off",
        "dir": "ltr",
    }


class _Counted:
    """A code that may be guessed at a few times only, over all processes."""

    user: User

    def clean_code(self) -> str:
        """Count the guess before the code is looked at; what was right is not counted.

        A wrong one stands in the log, with a mark of the account.
        """
        if not throttle.admit("code/account", str(self.user.pk)):
            raise get_adapter().validation_error("too_many_login_attempts")
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError:
            throttle.note_refusal("wrong code", str(self.user.pk))
            raise
        throttle.forgive("code/account", str(self.user.pk))
        return code


class _AppOrSpare(_Counted):
    """A code from the app, or a spare one."""

    fields: dict[str, Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("De sex siffrorna i din app, eller en av dina reservkoder.")
        _say_code(self.fields["code"], hint)


class CodeForm(_AppOrSpare, base.AuthenticateForm):  # type: ignore[misc]
    """A code after the password."""


class CodeOnceMoreForm(_AppOrSpare, base.ReauthenticateForm):  # type: ignore[misc]
    """A code once more, before something sensitive is changed."""


class ActivateTOTPForm(_Counted, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code from the app, which shows that it works."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put our words on the field."""
        super().__init__(*args, **kwargs)
        _say_code(self.fields["code"], _("De sex siffrorna som appen visar nu."))


def _say_name(field: Field) -> None:
    field.label = _("Vad vill du kalla nyckeln?")
    field.help_text = _("Till exempel ”Min telefon”.")
    field.error_messages["required"] = _("Skriv vad du vill kalla nyckeln.")


class AddKeyForm(webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A new key: always one that can sign in alone, since it asks for a finger, a face or a PIN."""

    # A box, since the browser's script looks whether it is ticked; nobody needs to see it.
    passwordless = BooleanField(
        required=False, initial=True, widget=CheckboxInput(attrs={"hidden": True})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put our words on the field."""
        super().__init__(*args, **kwargs)
        _say_name(self.fields["name"])


class KeyNameForm(webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """What a key is called."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put our words on the field."""
        super().__init__(*args, **kwargs)
        _say_name(self.fields["name"])
