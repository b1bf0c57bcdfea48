"""What the room does in the background."""

from halsonav.people import clock_witness, journal_heads
from halsonav.people.actions import carry_out_handovers, draw_reviews, forget_what_is_due
from halsonav.people.privacy import erased


def forget() -> None:
    """Forget what the register says is over, and see that the list of the erased is whole."""
    forget_what_is_due()
    erased.export()


def read_clock() -> None:
    """Note the time, so that a clock that jumps is found before it is believed."""
    clock_witness.look()


def carry_out_what_is_due() -> None:
    """Give the roles whose day has come and let those go whose last day is over."""
    carry_out_handovers()


def draw_readings_to_review() -> None:
    """Draw last month's readings where that has not been done.

    It runs each day, so that a machine that was off on the first draws on the second.
    """
    draw_reviews()


def export_journal_head() -> None:
    """Write the journal's head down outside the database."""
    journal_heads.export()
