"""Who may write in the programme; what may be read is `visible_to()`'s alone."""

from halsonav.people.models import Reader
from halsonav.people.permissions import Permission
from halsonav.people.rules import may
from halsonav.programme.models import Activity


def may_edit(user: Reader, activity: Activity) -> bool:
    """Say whether the user may change the activity's words and times."""
    return may(user, Permission.EDIT_ACTIVITY, activity.centre)


def may_publish(user: Reader, activity: Activity) -> bool:
    """Say whether the user may show the activity to the public, or take it back."""
    return may(user, Permission.PUBLISH_ACTIVITY, activity.centre)


def may_cancel(user: Reader, activity: Activity) -> bool:
    """Say whether the user may cancel or move an occurrence."""
    return may(user, Permission.CANCEL_OCCURRENCE, activity.centre)
