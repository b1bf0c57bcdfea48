"""Ending sign-ins, one's own or somebody else's."""

from django.db import transaction

from halsonav.people import journal
from halsonav.people.models import Session, User


@transaction.atomic
def end_session(*, by: journal.Actor, session: Session) -> None:
    """End one sign-in; whoever uses it is asked to sign in at the next page."""
    if session.user:
        journal.record(by=by, verb="end_session", about=session.user)
    session.delete()


@transaction.atomic
def end_sessions(*, by: journal.Actor, user: User, but: str = "") -> int:
    """End all the user's sign-ins, `but` the one with that hash; return how many there were."""
    ended, _ = Session.objects.filter(user=user).exclude(session_key=but).delete()
    if ended:
        journal.record(by=by, verb="end_session", about=user)
    return ended
