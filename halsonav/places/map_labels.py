"""Where a name or a number stands on a drawn shape: inside it, off its borders, off every dot.

A label is a box. How much room there is around a spot says how many times as large the box could
be there before it touched something: from 1.0 it fits. Sizes are in the units of the drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Spot = tuple[float, float]
Numbers = NDArray[np.float64]

SIGN: Final = 8.1
"""So many px wide a sign of a label is, at most, as the style sheet sets it."""
LINE: Final = 18.0
"""So many px high a line is."""
AIR: Final = 3.0
"""So many px stand free around a label."""
DOT: Final = 4.0
"""So many px a dot reaches from its middle."""
ENOUGH: Final = 1.15
"""Where there is so much room, the label stands as far from everything as it can."""
_GRID: Final = 28
_FINER: Final = 9


@dataclass(frozen=True)
class Label:
    """A label's lines, and the spot where its middle stands."""

    lines: tuple[str, ...]
    x: float
    y: float


def place(
    outline: Sequence[Spot], words: str, instead: str, dots: Sequence[Spot], *, scale: float
) -> Label:
    """Return the words in one line or two where they fit, else the short text at its best spot.

    `outline` is the corners of the shape; `scale` is how many px a unit of the drawing is shown as.
    """
    ring, marks = np.array(outline, float), np.array(dots, float).reshape(-1, 2)
    for lines in _ways(words):
        spot, room = _best(ring, marks, _half(lines, scale), DOT / scale)
        if room >= 1:
            return Label(lines, *spot)
    spot, _ = _best(ring, marks, _half((instead,), scale), DOT / scale)
    return Label((instead,), *spot)


def _ways(words: str) -> list[tuple[str, ...]]:
    """Return the words as one line, and as two about as long where there is a space."""
    parts = words.split()
    halves = [(" ".join(parts[:n]), " ".join(parts[n:])) for n in range(1, len(parts))]
    return [(words,), *sorted(halves, key=lambda lines: max(map(len, lines)))[:1]]


def _half(lines: Sequence[str], scale: float) -> Numbers:
    wide = max(map(len, lines)) * SIGN / 2 + AIR
    return np.array([wide, len(lines) * LINE / 2 + AIR / 2]) / scale


def _best(ring: Numbers, dots: Numbers, half: Numbers, dot: float) -> tuple[Spot, float]:
    """Return the best spot in the ring, and its room: first roughly, then finely."""
    low, high = ring.min(0), ring.max(0)
    spot, room = _most(_grid(low, high, _GRID), ring, dots, half, dot)
    if room > 0:
        step = (high - low) / _GRID
        spot, room = _most(_grid(spot - step, spot + step, _FINER), ring, dots, half, dot)
    return (round(float(spot[0]), 1), round(float(spot[1]), 1)), room


def _grid(low: Numbers, high: Numbers, count: int) -> Numbers:
    across, down = (np.linspace(low[axis], high[axis], count) for axis in (0, 1))
    return np.stack(np.meshgrid(across, down), -1).reshape(-1, 2)


def _most(
    spots: Numbers, ring: Numbers, dots: Numbers, half: Numbers, dot: float
) -> tuple[Any, float]:
    inside = spots[_holds(ring, spots)]
    if not len(inside):
        return ring[0], 0.0
    room = _room(inside, ring, dots, half, dot)
    enough = room >= min(ENOUGH, room.max())
    even = _room(inside[enough], ring, dots, np.full(2, half.min()), dot)
    at = int(even.argmax())
    return inside[enough][at], float(room[enough][at])


def _room(spots: Numbers, ring: Numbers, dots: Numbers, half: Numbers, dot: float) -> Numbers:
    return np.minimum(_to_border(ring, spots, half), _to_dots(dots, spots, half + dot))


def _holds(ring: Numbers, spots: Numbers) -> NDArray[np.bool_]:
    """Whether a line eastwards from each spot crosses the ring an odd number of times."""
    a, b = ring, np.roll(ring, -1, 0)
    x, y = spots[:, :1], spots[:, 1:]
    spans = (a[:, 1] > y) != (b[:, 1] > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = a[:, 0] + (y - a[:, 1]) * (b[:, 0] - a[:, 0]) / (b[:, 1] - a[:, 1])
    odd: NDArray[np.bool_] = (spans & (crossing > x)).sum(1) % 2 == 1
    return odd


def _to_border(ring: Numbers, spots: Numbers, half: Numbers) -> Numbers:
    """Return for each spot how much its box may grow before a side of the ring touches it."""
    a = (ring - spots[:, None]) / half
    way = np.roll(a, -1, 1) - a
    (ax, ay), (x, y) = np.moveaxis(a, -1, 0), np.moveaxis(way, -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        turns = np.stack([0 * x, -ax / x, -ay / y, (ay - ax) / (x - y), -(ax + ay) / (x + y)], -1)
    along = np.clip(np.nan_to_num(turns), 0, 1)[..., None]
    nearest: Numbers = np.abs(a[:, :, None] + along * way[:, :, None]).max(-1).min((1, 2))
    return nearest


def _to_dots(dots: Numbers, spots: Numbers, half: Numbers) -> Numbers:
    if not len(dots):
        return np.full(len(spots), np.inf)
    nearest: Numbers = (np.abs(dots - spots[:, None]) / half).max(-1).min(1)
    return nearest
