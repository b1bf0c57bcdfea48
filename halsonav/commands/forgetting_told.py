"""What `halsonav forget` says: a line for each rule that has something to forget, never what."""

from collections.abc import Iterator

from halsonav.people import clock_witness
from halsonav.people.actions import forget_what_is_due
from halsonav.people.models import Doubt, ForgettingState, Hold
from halsonav.people.privacy.forgetting import preview as due_now
from halsonav.people.privacy.forgetting import rule_named


def preview() -> Iterator[str]:
    """Yield what would go now; nothing is changed."""
    doubt = clock_witness.current_doubt()
    if doubt:
        yield f"{Doubt(doubt).label} Inget gallras förrän någon har sagt att den går rätt."
    found = due_now(doubt=doubt)
    for one in found:
        yield _line(one.rule.name, one.counted, f"av {one.total}", one.hold)
    if not found:
        yield "Inget är gammalt nog."


def forgotten() -> Iterator[str]:
    """Forget, and yield what went and what waits."""
    runs = forget_what_is_due()
    for run in runs:
        waits = run.hold if run.state == ForgettingState.WAITING else ""
        yield _line(run.rule, run.counted, "borttagna" if not waits else "", waits)
    if not runs:
        yield "Inget togs bort."


def _line(name: str, counted: int, more: str, hold: str) -> str:
    found = rule_named(name)
    what = str(found[0].called or name) if found else name
    line = " ".join(part for part in (f"{what}: {counted}", more) if part)
    return f"{line} (väntar: {Hold(hold).label})" if hold else line
