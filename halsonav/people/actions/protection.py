"""People whose data is protected: marking them, and opening their page for a reason."""

from django.db import transaction

from halsonav.people import journal
from halsonav.people.models import User
from halsonav.people.reasons import OpenReason, ProtectReason, UnprotectReason


@transaction.atomic
def protect(*, by: journal.Actor, user: User, why: ProtectReason) -> None:
    """Show the user's name and address to nobody but those who may see such, for a reason."""
    _mark(user, protected=True)
    journal.record(by=by, verb="protect", about=user, fields=["is_protected"], why=why)


@transaction.atomic
def unprotect(*, by: journal.Actor, user: User, why: UnprotectReason) -> None:
    """Show the user as any other again."""
    _mark(user, protected=False)
    journal.record(by=by, verb="unprotect", about=user, fields=["is_protected"], why=why)


@transaction.atomic
def open_protected(*, by: journal.Actor, user: User, why: OpenReason) -> None:
    """Write down that the user's page is opened, and why, before it is."""
    journal.record(by=by, verb="open_protected", about=user, why=why)


def _mark(user: User, *, protected: bool) -> None:
    user.is_protected = protected
    user.save(update_fields=["is_protected"])
