"""What kind of device somebody signed in on, in two words that they recognise."""

from typing import Final

_PROGRAMMES: Final = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """Return "Firefox, Windows" of what a browser says of itself; "" when it says nothing known.

    Versions and models are left out: they are not needed to recognise one's own device.
    """
    found = [_first(user_agent, names) for names in (_PROGRAMMES, _SYSTEMS)]
    return ", ".join(filter(None, found))


def _first(user_agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in names if mark in user_agent), "")
