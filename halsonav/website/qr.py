"""A page's address as a QR code, for paper."""

from functools import lru_cache
from typing import Final

import segno
from django.utils.safestring import SafeString, mark_safe

KEPT: Final = 1_000
"""So many codes a process keeps, some two kilobytes each; to make one takes some milliseconds."""
QUIET: Final = 4
"""So many modules of white stand around a code, as readers of it demand."""


@lru_cache(maxsize=KEPT)
def qr_code(address: str) -> SafeString:
    """Return the code as an SVG element that scales: black on white, made once per address."""
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(border=QUIET, omitsize=True, svgclass="qr", lineclass=None, light="#fff")
    return mark_safe(svg)  # noqa: S308 (figures alone, made of the address)
