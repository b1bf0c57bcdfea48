"""A centre's own colours: checked for contrast, turned into CSS custom properties.

Takes plain values, so that web page, mail and poster can share them. A centre chooses `spruce`
(links and buttons) and `hero` (the start band), and may choose any other name of `NAMES`, for
light (`spruce`) and for dark (`dark_spruce`); what is not chosen is derived, or stays as it is in
`tokens.css`.
Ink, warnings and petals are the same for all.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

NAMES = (
    "spruce",
    "spruce_deep",
    "on_spruce",
    "spruce_wash",
    "hero",
    "hero_ink",
    "hero_ink2",
    "hero_petal",
    "hero_line",
    "on_hero",
)
WORDS = ("logo_text", "logo_line")
"""Values that are words, not colours: used by the header, never by the style sheet."""

LIGHT = {
    "paper": "#faf6ee",
    "ink": "#12231b",
    "ink2": "#3f4e47",
    "spruce": "#14503d",
    "spruce_deep": "#0c3a2c",
    "on_spruce": "#fbf7ef",
    "spruce_wash": "#e3ece4",
    "hero": "#14503d",
    "hero_ink": "#fbf7ef",
    "hero_ink2": "#e9f3ed",
    "hero_petal": "#195a46",
    "hero_line": "#f0a668",
    "on_hero": "#12231b",
}
DARK = {
    "paper": "#0d1813",
    "ink": "#f0eadd",
    "ink2": "#b7c2b8",
    "spruce": "#93d3b4",
    "spruce_deep": "#b4e3cb",
    "on_spruce": "#0a1a13",
    "spruce_wash": "#1b3529",
    "hero": "#12291f",
    "hero_ink": "#f0eadd",
    "hero_ink2": "#b5cabd",
    "hero_petal": "#173325",
    "hero_line": "#f0a066",
    "on_hero": "#0d1813",
}

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
TEXT = 7.0
LARGE = 4.5


class Pair(NamedTuple):
    """Two colours that meet: their names, the least contrast, and what they are in words."""

    front: str
    ground: str
    least: float
    words: str


PAIRS = (
    Pair("spruce", "paper", TEXT, "Färgen på länkar mot sidans bakgrund"),
    Pair("on_spruce", "spruce", TEXT, "Texten på knappar mot knappens färg"),
    Pair("on_spruce", "spruce_deep", TEXT, "Texten på knappar mot färgen när pekaren är över"),
    Pair("ink", "spruce_wash", TEXT, "Texten i lugna rutor mot rutans färg"),
    Pair("ink2", "spruce_wash", TEXT, "Den mindre texten i lugna rutor mot rutans färg"),
    Pair("hero_ink", "hero", TEXT, "Texten på startsidans band mot bandets färg"),
    Pair("hero_ink2", "hero", TEXT, "Ingressen på startsidans band mot bandets färg"),
    Pair("hero_line", "hero", LARGE, "De öppna orden i sökmeningen mot bandets färg"),
    Pair("on_hero", "hero_ink", TEXT, "Texten på bandets knapp mot knappens färg"),
)


def contrast(a: str, b: str) -> float:
    """Return WCAG's contrast ratio of two `#rrggbb` colours, from 1 to 21.

    Raises `ValueError` with a plain sentence when a value is no such colour.
    """
    lighter, darker = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _channels(colour: str) -> tuple[int, int, int]:
    if not _HEX.fullmatch(colour):
        raise ValueError(f"Skriv färgen så här: #14503d. ”{colour[:20]}” går inte att läsa.")
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mix(a: str, b: str, share: float) -> str:
    """Return the colour that lies `share` (0 to 1) of the way from `a` to `b`."""
    parts = zip(_channels(a), _channels(b), strict=True)
    return "#" + "".join(f"{round(one + (other - one) * share):02x}" for one, other in parts)


def _toward(colour: str, goal: str, ground: str, least: float) -> str:
    """Return the colour moved toward `goal` in small steps until it stands out from `ground`."""
    for step in range(51):
        moved = mix(colour, goal, step / 50)
        if contrast(moved, ground) >= least:
            return moved
    return goal


def _best_on(ground: str, choices: tuple[str, ...]) -> str:
    return max(choices, key=lambda colour: contrast(colour, ground))


def _derived(chosen: Mapping[str, str], base: Mapping[str, str], dark: bool) -> dict[str, str]:
    """Return the colours that follow from the chosen spruce and hero; what is chosen stays."""
    colours: dict[str, str] = {}
    if "spruce" in chosen:
        spruce = chosen["spruce"]
        away = "#ffffff" if dark else "#000000"
        colours |= {
            "spruce_deep": mix(spruce, away, 0.3),
            "on_spruce": _best_on(spruce, (LIGHT["on_spruce"], DARK["on_spruce"])),
            "spruce_wash": mix(base["paper"], spruce, 0.09),
        }
    if "hero" in chosen:
        hero = chosen["hero"]
        colours |= {
            "hero_ink2": mix(base["hero_ink"], hero, 0.06),
            "hero_petal": mix(hero, "#ffffff", 0.05),
        }
    return colours


def _of_mode(values: Mapping[str, str], dark: bool) -> dict[str, str]:
    """Return the mode's changed colours: chosen and derived."""
    prefix = "dark_" if dark else ""
    base = DARK if dark else LIGHT
    chosen = {name: values[prefix + name] for name in NAMES if values.get(prefix + name)}
    if dark:
        if values.get("spruce") and "spruce" not in chosen:
            chosen["spruce"] = _toward(
                values["spruce"], "#ffffff", mix(base["paper"], "#ffffff", 0.12), TEXT
            )
        if values.get("hero") and "hero" not in chosen:
            chosen["hero"] = mix(values["hero"], base["paper"], 0.75)
    for colour in chosen.values():
        _channels(colour)
    return _derived(chosen, base, dark) | chosen


def colours(values: Mapping[str, str], *, dark: bool = False) -> dict[str, str]:
    """Return every colour of the mode by name, the centre's own where it has any."""
    return (DARK if dark else LIGHT) | _of_mode(values, dark)


def css(values: Mapping[str, str]) -> str:
    """Return a style sheet of custom properties for both modes; empty when nothing is chosen.

    Raises `ValueError` with a plain sentence when a value is no colour, so nothing else gets in.
    """
    light, dark = _of_mode(values, dark=False), _of_mode(values, dark=True)
    text = f":root{{{_properties(light)}}}" if light else ""
    if dark:
        text += f"@media (prefers-color-scheme:dark){{:root{{{_properties(dark)}}}}}"
    return f"@media screen{{{text}}}" if text else ""


def _properties(named: Mapping[str, str]) -> str:
    return ";".join(f"--{name.replace('_', '-')}:{value}" for name, value in sorted(named.items()))


def check(values: Mapping[str, str]) -> list[str]:
    """Return one plain sentence for each pair that is too weak, in light and in dark."""
    try:
        modes = (("ljust", colours(values)), ("mörkt", colours(values, dark=True)))
    except ValueError as wrong:
        return [str(wrong)]
    return [
        _sentence(pair, mode, contrast(named[pair.front], named[pair.ground]))
        for mode, named in modes
        for pair in PAIRS
        if contrast(named[pair.front], named[pair.ground]) < pair.least
    ]


def _sentence(pair: Pair, mode: str, ratio: float) -> str:
    measured = f"{int(ratio * 10) / 10:.1f}".replace(".", ",")
    least = f"{pair.least:g}".replace(".", ",")
    return (
        f"{pair.words} syns för svagt i {mode} läge: kontrasten är {measured} men behöver vara "
        f"minst {least}. Välj en färg som skiljer sig mer."
    )
