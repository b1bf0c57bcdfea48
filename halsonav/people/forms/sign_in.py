"""The forms around signing in with a password: allauth's own, in our words.

The words are put on a form as it is made, so that they are in the language of the page.
"""

from time import monotonic, sleep
from typing import Any, Final

from allauth.account import forms
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.handlers.wsgi import WSGIRequest
from django.core.validators import EmailValidator, MaxLengthValidator
from django.forms import BoundField, Field
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from halsonav.people.addresses import network_of
from halsonav.people.signing_in import throttle

FAULT_OF_ALL: Final = "fault-of-all"
"""The id of what the design's box of faults says of a form as a whole."""


LONGEST_PASSWORD: Final = 256
EVEN_SECONDS: Final = 0.25
"""How long it takes to ask for a letter, so that nobody hears in it who has an account."""


def _say(field: Field, label: str, empty: str = "", hint: str = "") -> None:
    """Give a field its label, what to do when it is empty, and a hint."""
    field.label = label
    field.help_text = hint
    if empty:
        field.error_messages["required"] = empty


def _limit(*fields: Field) -> None:
    """Take no longer password than any that people use: each sign costs time."""
    said = _("Skriv högst %(limit_value)d tecken.")
    for field in fields:
        field.max_length = LONGEST_PASSWORD  # type: ignore[attr-defined]
        field.validators.append(MaxLengthValidator(LONGEST_PASSWORD, said))


def _say_email(field: Field) -> None:
    _say(field, _("E-postadress"), _("Skriv din e-postadress."))
    field.validators = [EmailValidator(_("Skriv e-postadressen så här: namn@exempel.se."))]


def _say_old(field: Field, label: str) -> None:
    """Name a field for the password one has, with the way out for who forgot it, below."""
    words = _("Har du glömt lösenordet?")
    link = format_html('<a href="{}">{}</a>', reverse("account_reset_password"), words)
    _say(field, label, _("Skriv ditt lösenord."), link)
    field.hint_below = True  # type: ignore[attr-defined]
    _limit(field)


class LoginForm(forms.LoginForm):  # type: ignore[misc]
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put our words on the fields."""
        super().__init__(*args, **kwargs)
        _say_email(self.fields["login"])
        _say_old(self.fields["password"], _("Lösenord"))

    def full_clean(self) -> None:
        """Mark both fields when they do not belong together: nobody knows which one is wrong."""
        super().full_clean()
        faults = self.errors.as_data().get(NON_FIELD_ERRORS, []) if self.is_bound else []
        if any(fault.code == "email_password_mismatch" for fault in faults):
            for name in ("login", "password"):
                _mark(self[name])


def _mark(field: BoundField) -> None:
    """Mark a field as wrong, described by what stands over the form."""
    described = " ".join(filter(None, (FAULT_OF_ALL, field.aria_describedby)))
    field.field.widget.attrs |= {"aria-invalid": "true", "aria-describedby": described}
    field.field.is_wrong = True  # type: ignore[attr-defined]


class ResetPasswordForm(forms.ResetPasswordForm):  # type: ignore[misc]
    """The e-mail to send a link to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put our words on the field."""
        super().__init__(*args, **kwargs)
        _say_email(self.fields["email"])

    def save(self, request: WSGIRequest, **kwargs: Any) -> str:
        """Send the letter if there is an account; it takes as long if there is none."""
        until = monotonic() + EVEN_SECONDS
        email: str = super().save(request, **kwargs)
        sleep(max(0.0, until - monotonic()))
        return email

    def clean_email(self) -> str:
        """Refuse when many letters were asked for from the same network within the hour."""
        email: str = super().clean_email()
        network = network_of(get_adapter().get_client_ip(context.request))
        if not throttle.admit("letter/network", network):
            raise ValidationError(_("Det blev för många försök. Vänta en stund och prova igen."))
        return email


class _NewPassword:
    """A new password, twice."""

    fields: dict[str, Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("Minst 12 tecken. Ta gärna några ord som bara du sätter ihop.")
        first, again = self.fields["password1"], self.fields["password2"]
        _say(first, _("Nytt lösenord"), _("Skriv ett nytt lösenord."), hint)
        _say(again, _("Nytt lösenord en gång till"), _("Skriv lösenordet en gång till."))
        _limit(first, again)

    def add_error(self, field: str | None, error: Any) -> None:
        """Say in our words that the two differ, which allauth says in its own."""
        if field == "password2" and not isinstance(error, ValidationError):
            error = _("Lösenorden är inte lika. Skriv samma lösenord två gånger.")
        super().add_error(field, error)  # type: ignore[misc]


class ResetPasswordKeyForm(_NewPassword, forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, from the link."""


class SetPasswordForm(_NewPassword, forms.SetPasswordForm):  # type: ignore[misc]
    """A first password."""


class ChangePasswordForm(_NewPassword, forms.ChangePasswordForm):  # type: ignore[misc]
    """The old password, and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put our words on the fields."""
        super().__init__(*args, **kwargs)
        _say_old(self.fields["oldpassword"], _("Lösenordet du har nu"))


class ReauthenticateForm(forms.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put our words on the field."""
        super().__init__(*args, **kwargs)
        _say_old(self.fields["password"], _("Lösenord"))
