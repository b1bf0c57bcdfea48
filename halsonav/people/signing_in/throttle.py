"""How often somebody may try: counted in the database, so that it holds over several processes.

An attempt is written before it is judged, in a transaction of its own, and counted after: of any
number at the same time at most the limit passes. Keys are hashed with the installation's secret.
"""

import logging
from datetime import timedelta
from typing import Final, NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from halsonav.people.models import Attempt

log = logging.getLogger("halsonav.sign_in")
_LETTERS: Final = str.maketrans("0123456789", "ghijklmnop")
KEEP: Final = timedelta(days=1)
"""The longest time that anything is counted over."""


class Limit(NamedTuple):
    """So many attempts within so long."""

    most: int
    within: timedelta


LIMITS: Final = {
    "password/account": Limit(5, timedelta(minutes=30)),
    "password/device": Limit(10, timedelta(minutes=30)),
    "password/network": Limit(20, timedelta(hours=1)),
    "code/account": Limit(5, timedelta(minutes=10)),
    "letter/account": Limit(3, timedelta(hours=1)),
    "invitation/account": Limit(5, timedelta(days=1)),
    "own_data/account": Limit(3, timedelta(hours=1)),
    "letter/network": Limit(20, timedelta(hours=1)),
}
"""device: from a device that has signed in to the account before. network: see `addresses`."""


def keyed(value: str) -> str:
    """Return what stands for a value in the table: 64 signs that nobody can turn back."""
    return salted_hmac("halsonav.people.throttle", value, algorithm="sha256").hexdigest()


def marked_with(value: str) -> Q:
    """Return the condition that an attempt was counted on a value, or was about it."""
    mark = keyed(value)
    return Q(key=mark) | Q(about=mark)


def admit(kind: str, key: str, about: str = "") -> Attempt | None:
    """Write an attempt down; return it, or None when the limit of its kind is reached.

    What is refused is not counted, so that trying on does not make the wait longer.
    """
    limit, now = LIMITS[kind], timezone.now()
    attempt = Attempt.objects.create(kind=kind, key=keyed(key), about=keyed(about), at=now)
    recent = Attempt.objects.filter(kind=kind, key=attempt.key, at__gt=now - limit.within)
    if recent.count() <= limit.most:
        return attempt
    attempt.delete()
    note_refusal(f"too many: {kind}", key)
    return None


def note_refusal(kind: str, key: str) -> None:
    """Write to the log that a try was refused, with a mark of what it is counted on.

    The mark is twelve letters that nobody can turn back, so that tries from one place are seen to
    belong together.
    """
    mark = keyed(key)[:12].translate(_LETTERS)
    log.warning("A try was refused (%s) from %s", kind, mark)


def forgive(kind: str, key: str, about: str = "") -> None:
    """Take away the attempts of a kind on a key, those that are about one thing."""
    Attempt.objects.filter(kind=kind, key=keyed(key), about=keyed(about)).delete()
