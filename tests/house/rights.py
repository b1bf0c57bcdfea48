"""Who may see and do what, as plain lines made from the code: a snapshot of it is kept per release.

    python -m tests.house.rights            writes docs/rights/<version>.txt from the code
    python -m tests.house.rights changes    writes what the changelog says of the difference

An update that widens who sees something is seen in the snapshot's difference before it is felt.
"""

import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

from django.utils import translation

import halsonav

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = ROOT / "docs" / "rights"
MATRIX: Final = ROOT / "tests" / "access" / "expected.txt"
FIRST: Final = (
    "- No release before this one to compare with: [docs/roles.md](docs/roles.md) tells all."
)
HEADING: Final = "Who may see or do more, and less"
OPEN: Final = ("200", "302")


def lines() -> list[str]:
    """Return every right as a line, in order."""
    with translation.override("sv"):
        return sorted({*_permissions(), *_fields(), *_stored(), *_addresses()})


def _permissions() -> Iterator[str]:
    permissions = import_module("halsonav.people.permissions")
    for role, held in permissions.ROLE_PERMISSIONS.items():
        yield from (f"role {role.value} may {permission.value}" for permission in held)


def _fields() -> Iterator[str]:
    for model, rights in import_module("halsonav.people.pages.shown_fields").FIELDS.items():
        for name, right in rights.items():
            where = "all of whose roles lie there" if right.wholly else "with a role there"
            yield f"field {model}.{name} is shown to who has {right.permission} of people {where}"


def _stored() -> Iterator[str]:
    for entry in import_module("halsonav.people.privacy.register").entries():
        yield from (
            f"stored {entry.model}.{name} is seen by: {entry.seen_by}" for name in entry.fields
        )


def _addresses() -> Iterator[str]:
    head, *rows = MATRIX.read_text("utf-8").splitlines()
    readers = head.split()[2:]
    for route, asked, *cells in map(str.split, rows):
        if asked != "others":
            yield from _opened(route, asked, zip(readers, cells, strict=True))


def _opened(route: str, asked: str, answers: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield what a reader gets at an address: nothing for what is refused, missing or moved."""
    for reader, cell in answers:
        own, _, rest = cell.partition("/")
        other = rest.partition("/")[0] if rest else own
        if own in OPEN:
            yield f"address {route} answers {asked} by {reader}"
        if rest and other in OPEN:
            yield f"address {route} answers {asked} by {reader} also of another's"


# Snapshots --------------------------------------------------------------------------------------


def snapshot(version: str) -> Path:
    """Return where the rights of a version are kept."""
    return FOLDER / f"{version}.txt"


def before(version: str) -> Path | None:
    """Return the snapshot of the release before a version, if there is one."""
    kept = sorted(FOLDER.glob("*.txt"), key=lambda path: _numbers(path.stem))
    earlier = [path for path in kept if _numbers(path.stem) < _numbers(version)]
    return earlier[-1] if earlier else None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def changes(earlier: Iterable[str], now: Iterable[str]) -> list[str]:
    """Return what the changelog says: what is new as "More", what is gone as "Less"."""
    was, is_now = set(earlier), set(now)
    return [
        *(f"- More: {line}" for line in sorted(is_now - was)),
        *(f"- Less: {line}" for line in sorted(was - is_now)),
    ]


def told() -> list[str]:
    """Return the lines that the changelog must hold under the present version."""
    earlier = before(halsonav.__version__)
    if earlier is None:
        return [FIRST]
    return changes(earlier.read_text("utf-8").splitlines(), lines())


if __name__ == "__main__":
    import_module("tests.mode")
    import_module("django").setup()
    if sys.argv[1:] == ["changes"]:
        sys.stdout.write("\n".join([f"### {HEADING}", "", *told()]) + "\n")
    else:
        FOLDER.mkdir(exist_ok=True)
        snapshot(halsonav.__version__).write_text("\n".join(lines()) + "\n", "utf-8")
