"""What the programme does by itself."""

from halsonav.programme import finder
from halsonav.programme.actions.missed_searches import forget_old_missed_searches


def tidy_finder() -> None:
    """Take what is long over out of the finder, and confirm that it can be read."""
    finder.rebuild()


def tidy_missed_searches() -> None:
    """Forget what was searched for in vain more than two years ago."""
    forget_old_missed_searches(by=None)
