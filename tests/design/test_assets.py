"""The built files: small, whole, from what node_modules and the room hold."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from halsonav.design.assets import PROJECT, ROOM, SHEETS, build, minify

NODE_MODULES = PROJECT / "node_modules"
PHYSICAL = re.compile(
    r"(?:(?:margin|padding|border)-(?:left|right|top|bottom)|(?<![-\w(])(?:left|right|top|bottom|width|height))\s*:"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    target = tmp_path_factory.mktemp("static")
    return target / "design", build(ROOM, NODE_MODULES, target)


def test_the_style_sheet_is_under_13_kb_packed(built: tuple[Path, dict[str, int]]) -> None:
    assert built[1]["halsonav.css"] < 13_000


def test_what_a_first_visit_fetches_beside_the_page_is_small(
    built: tuple[Path, dict[str, int]],
) -> None:
    sizes = built[1]
    swedish = sum(
        sizes[name] for name in ("halsonav.css", "figtree.woff2", "near.js", "favicon.svg")
    )

    assert swedish < 45_000
    assert swedish + sizes["readex-arabic.woff2"] < 70_000


def test_the_script_is_under_a_kilobyte_and_a_half(built: tuple[Path, dict[str, int]]) -> None:
    assert (built[0] / "near.js").stat().st_size < 1_500


def test_every_own_sheet_is_in_the_build_and_braces_close(
    built: tuple[Path, dict[str, int]],
) -> None:
    css = (built[0] / "halsonav.css").read_text(encoding="utf-8")

    assert css.count("{") == css.count("}")
    for mark in (
        ".dep{",
        ".next{",
        ".wd h3",
        ".ds-button{",
        ".ds-input",
        ".thumbs",
        "@media print",
    ):
        assert mark in css
    own = {path.stem for path in (ROOM / "css").glob("*.css")}
    assert own == {*SHEETS, "tokens", "catalogue"}


def test_the_style_sheet_fetches_nothing_from_elsewhere(built: tuple[Path, dict[str, int]]) -> None:
    css = (built[0] / "halsonav.css").read_text(encoding="utf-8")
    addresses = re.findall(r'url\("?([^")]*)', css)

    assert {a for a in addresses if not a.startswith("data:")} == {
        "figtree.woff2",
        "figtree-ext.woff2",
        "readex-arabic.woff2",
    }


def test_a_missing_package_is_told_by_its_path(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="designsystemet-css"):
        build(ROOM, tmp_path, tmp_path / "static")


@pytest.mark.parametrize("sheet", sorted((ROOM / "css").glob("*.css")), ids=lambda path: path.stem)
def test_only_logical_properties_so_that_the_page_can_turn(sheet: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert PHYSICAL.findall(css) == []


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("a { color : red ; }", "a{color :red}"),
        ("a > b , c{ x:1 }", "a>b,c{x:1}"),
        ("a :hover{ }", "a :hover{}"),
        ("/* words; {} */ b{ width: calc(1px + 2px) }", "b{width:calc(1px + 2px)}"),
        ('i::after{ content: "  a ; b /* c */ " ; }', 'i::after{content:"  a ; b /* c */ "}'),
        ("i{ background: url(data:a; b) }", "i{background:url(data:a; b)}"),
    ],
)
def test_squeezing_keeps_the_meaning(written: str, kept: str) -> None:
    assert minify(written) == kept


@given(st.text(alphabet="ab{}:;,>+ \n\"'/*()", max_size=60))
@example(";;}")
def test_squeezing_twice_changes_nothing_more(css: str) -> None:
    once = minify(css)
    if '"' not in css and "'" not in css and "/" not in css:
        assert minify(once) == once
