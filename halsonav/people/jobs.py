"""What the room does in the background."""

from django.utils import timezone

from halsonav.people.actions import forget_old_factor_resets, forget_old_invitations
from halsonav.people.models import Session
from halsonav.people.throttle import forget_old_attempts


def tidy_sign_ins() -> None:
    """Throw away sessions that are over, attempts that no limit counts, and old invitations."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    forget_old_attempts()
    forget_old_invitations()
    forget_old_factor_resets()
