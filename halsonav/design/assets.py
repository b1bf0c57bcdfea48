"""Builds the style sheet, fonts and script that every page loads; needs no library.

`make setup` runs this module; what it writes is never committed.
"""

import gzip
import re
import shutil
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

ROOM = Path(__file__).resolve().parent
PROJECT = ROOM.parents[1]

COMPONENTS = ("button", "input", "label", "validation-message", "error-summary")
SHEETS = (
    "ground",
    "header",
    "sentence",
    "board",
    "filters",
    "activity",
    "week",
    "map",
    "forms",
    "panels",
    "pages",
    "workspace",
    "ledger",
    "stored",
    "print",
)
LATIN = (
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,"
    "U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD"
)
LATIN_EXT = (
    "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1E00-1E9F,U+1EF2-1EFF,"
    "U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF"
)
ARABIC = "U+0600-06FF,U+0750-077F,U+0870-08FF,U+FB50-FDFF,U+FE70-FEFC"
KEY_SCRIPTS: Final = (
    "mfa/static/mfa/js/webauthn-json.js",
    "mfa/static/mfa/js/webauthn.js",
    "account/static/account/js/onload.js",
)
LICENCE = "/*! With parts of Designsystemet (Digdir, MIT) */"

# A string or an address is kept as it is; a comment goes; the rest is squeezed.
_PIECE = re.compile(
    r"""(?P<keep>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^)]*\))|(?P<comment>/\*.*?\*/)""",
    re.DOTALL,
)


@dataclass(frozen=True)
class Font:
    """One font file: where it lies in node_modules, its name here, family, weights and letters."""

    source: str
    name: str
    family: str
    weights: str
    letters: str


FONTS = (
    Font(
        "@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2",
        "figtree.woff2",
        "Figtree",
        "300 900",
        LATIN,
    ),
    Font(
        "@fontsource-variable/figtree/files/figtree-latin-ext-wght-normal.woff2",
        "figtree-ext.woff2",
        "Figtree",
        "300 900",
        LATIN_EXT,
    ),
    Font(
        "@fontsource-variable/readex-pro/files/readex-pro-arabic-wght-normal.woff2",
        "readex-arabic.woff2",
        "Readex Pro",
        "160 700",
        ARABIC,
    ),
)


def _squeeze(text: str) -> str:
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};,>]) ?", r"\1", text)
    text = re.sub(r": ", ":", text)
    return re.sub(";+}", "}", text)


def minify(css: str) -> str:
    """Return the style sheet without comments and needless space; strings and addresses untouched.

    Space around `+`, `-`, `*`, `/` and before `:` stays, because it can mean something there.
    """
    kept: list[str] = []

    def put_aside(found: re.Match[str]) -> str:
        if found["comment"]:
            return ""
        kept.append(found["keep"])
        return f"\0{len(kept) - 1}\0"

    squeezed = _squeeze(_PIECE.sub(put_aside, css)).strip()
    return re.sub(r"\0(\d+)\0", lambda found: kept[int(found[1])], squeezed)


def _font_face(font: Font) -> str:
    return (
        f'@font-face{{font-family:"{font.family}";src:url({font.name}) format("woff2");'
        f"font-weight:{font.weights};font-display:swap;unicode-range:{font.letters}}}"
    )


def style_sheet(source_root: Path, node_modules: Path) -> str:
    """Return the whole style sheet: fonts, tokens, Designsystemet's components, then ours."""
    system = node_modules / "@digdir" / "designsystemet-css" / "dist" / "src"
    components = "".join(_read(system / f"{name}.css") for name in COMPONENTS)
    ours = "".join(_read(source_root / "css" / f"{name}.css") for name in SHEETS)
    return LICENCE + minify(
        "@layer ds.theme,ds.base,ds.components,hn;"
        + "".join(_font_face(font) for font in FONTS)
        + _read(source_root / "css" / "tokens.css")
        + f"@layer ds.components{{{components}}}@layer hn{{{ours}}}"
    )


def key_script(source_root: Path) -> str:
    """Return what signing in with a key runs: allauth's own scripts, and what we say when it fails.

    Raises `FileNotFoundError` with the file's path when allauth has other files than it had.
    """
    found = find_spec("allauth")
    package = Path(found.submodule_search_locations[0]) if found else Path()  # type: ignore[index]
    return ";\n".join(
        [_read(package / name) for name in KEY_SCRIPTS] + [_read(source_root / "js" / "key.js")]
    )


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def build(source_root: Path, node_modules: Path, target: Path) -> dict[str, int]:
    """Write everything into `target/design/` and return each file's size in bytes, text gzipped.

    Raises `FileNotFoundError` with the file's path when an npm package has not been installed.
    """
    folder = target / "design"
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "halsonav.css", style_sheet(source_root, node_modules))
    _write(folder / "catalogue.css", minify(_read(source_root / "css" / "catalogue.css")))
    _write(folder / "near.js", _read(source_root / "js" / "near.js"))
    _write(folder / "key.js", key_script(source_root))
    _write(folder / "favicon.svg", _read(source_root / "img" / "favicon.svg"))
    for font in FONTS:
        shutil.copyfile(node_modules / font.source, folder / font.name)
    sizes = {path.name: _size(path) for path in sorted(folder.iterdir())}
    for name, size in sizes.items():
        sys.stdout.write(f"design/{name}: {size} bytes\n")
    return sizes


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _size(path: Path) -> int:
    data = path.read_bytes()
    return len(data) if path.suffix == ".woff2" else len(gzip.compress(data, 9, mtime=0))


if __name__ == "__main__":
    build(ROOM, PROJECT / "node_modules", PROJECT / "build" / "static")
