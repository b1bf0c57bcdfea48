"""What the room does in the background."""

from halsonav.people import clock_witness, erased, journal_heads
from halsonav.people.actions import forget_what_is_due


def forget() -> None:
    """Forget what the register says is over, and see that the list of the erased is whole."""
    forget_what_is_due()
    erased.export()


def read_clock() -> None:
    """Note the time, so that a clock that jumps is found before it is believed."""
    clock_witness.look()


def export_journal_head() -> None:
    """Write the journal's head down outside the database."""
    journal_heads.export()
