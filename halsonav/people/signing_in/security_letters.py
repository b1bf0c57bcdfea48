"""What people are told by letter when something that guards their account has changed.

The letters say that it happened and what to do, and nothing of from where, on what or by what.
"""

from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halsonav.people.letters import own_address, send_letter
from halsonav.people.models import User


class Event(NamedTuple):
    """What happened: the letter's subject, and one sentence."""

    subject: Promise
    what: Promise


NEW_DEVICE: Final = Event(
    _("Du har loggat in på en ny enhet"),
    _("Någon loggade nyss in på ditt konto från en enhet som vi inte har sett förut."),
)
_NEW_PASSWORD: Final = Event(
    _("Du har ett nytt lösenord"), _("Lösenordet till ditt konto är bytt.")
)
_STEP_ADDED: Final = Event(
    _("Du har lagt till ett sätt att logga in"),
    _("Ett nytt sätt att logga in har lagts till på ditt konto."),
)
_STEP_REMOVED: Final = Event(
    _("Ett sätt att logga in är borttaget"),
    _("Ett sätt att logga in har tagits bort från ditt konto."),
)
_NEW_CODES: Final = Event(
    _("Du har nya reservkoder"), _("Nya reservkoder har gjorts till ditt konto.")
)
EVENTS: Final = {
    "account/email/password_changed": _NEW_PASSWORD,
    "account/email/password_set": _NEW_PASSWORD,
    "account/email/password_reset": _NEW_PASSWORD,
    "mfa/email/totp_activated": _STEP_ADDED,
    "mfa/email/webauthn_added": _STEP_ADDED,
    "mfa/email/totp_deactivated": _STEP_REMOVED,
    "mfa/email/webauthn_removed": _STEP_REMOVED,
    "mfa/email/recovery_codes_generated": _NEW_CODES,
    "link_identity": _STEP_ADDED,
    "unlink_identity": _STEP_REMOVED,
}
"""By what allauth calls them, and by our own verbs."""


def tell(user: User, event: Event) -> None:
    """Send the letter, in the transaction that is open."""
    send_letter(
        "security",
        to=user.email,
        language=user.language,
        event=event,
        link=own_address("account_reset_password", user.language),
    )
