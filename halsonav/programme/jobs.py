"""What the programme does by itself."""

from halsonav.programme import finder


def tidy_finder() -> None:
    """Take what is long over out of the finder, and confirm that it can be read."""
    finder.rebuild()
