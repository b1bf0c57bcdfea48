"""Who must hear of it when names and facts of organisations and centres change.

Rooms above keep ready texts with such names in them. They register what writes those anew, in
`apps.ready()`; it runs in the transaction of the change.
"""

from collections.abc import Callable

from halsonav.people.models import Centre, Organisation

Follow = Callable[[Centre | Organisation], None]
_followers: list[Follow] = []


def follow(follower: Follow) -> None:
    """Let `follower(thing)` run whenever a centre or an organisation has changed."""
    if follower not in _followers:
        _followers.append(follower)


def tell(thing: Centre | Organisation) -> None:
    """Tell all who follow; called by the actions that change."""
    for follower in _followers:
        follower(thing)
