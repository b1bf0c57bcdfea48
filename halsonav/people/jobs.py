"""What the room does in the background."""

from django.utils import timezone

from halsonav.people.models import Session
from halsonav.people.throttle import forget_old_attempts


def tidy_sign_ins() -> None:
    """Throw away sessions that are over and attempts that no limit counts any more."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    forget_old_attempts()
