"""The floors, read from the same list as the import contracts, for what those cannot see.

Three ways lead upward past an import: a foreign key by name, a template that includes, extends or
names a component, and the name of a template in Python. `python -m tests.house.floors` looks for
them in the tree where it stands and fails on the first.
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
_REFERENCE: Final = re.compile(r"{%\s*(?:include|extends)\b(.*?)%}", re.DOTALL)
_QUOTED: Final = re.compile(r"""["']([\w./-]+\.(?:html|txt|xml))["']""")
_COMPONENT: Final = re.compile(r"<c-([a-z][\w-]*)")
_BUILT_IN: Final = frozenset({"vars", "slot", "component"})


class Floors:
    """Which room stands where."""

    def __init__(self, project: Path = ROOT) -> None:
        settings = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
        contracts = settings["tool"]["importlinter"]["contracts"]
        layers = next(c["layers"] for c in contracts if c.get("containers") == ["halsonav"])
        self.height: dict[str, int] = {}
        self.open: set[int] = set()
        for height, layer in enumerate(reversed(layers)):
            rooms = re.findall(r"\w+", layer)
            self.height |= dict.fromkeys(rooms, height)
            if ":" in layer:
                self.open.add(height)

    def may_see(self, room: str, other: str) -> bool:
        """Say whether a room may know another: itself, those below, and the roof its equals."""
        if room == other:
            return True
        here, there = self.height[room], self.height[other]
        return here > there or (here == there and here in self.open)


# Foreign keys ---------------------------------------------------------------------------------


def upward_relations(models: Iterable[Any], rooms: dict[str, str], floors: Floors) -> list[str]:
    """Return "people.Centre.area → places" for each relation that leads where it may not.

    `rooms` gives the room of an app label.
    """
    return [
        f"{rooms[label]}.{model.__name__}.{name} → {rooms[target]}"
        for model in models
        if (label := model._meta.app_label) in rooms
        for name, target in _targets(model)
        if target in rooms and not floors.may_see(rooms[label], rooms[target])
    ]


def _targets(model: Any) -> Iterator[tuple[str, str]]:
    """Yield each relation's name and the app label that it points at, resolved or by name."""
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
        other = field.remote_field.model if field.remote_field else None
        if isinstance(other, str):
            yield field.name, other.partition(".")[0] if "." in other else model._meta.app_label
        elif other is not None:
            yield field.name, other._meta.app_label


def room_by_label(configs: Iterable[Any]) -> dict[str, str]:
    """Return the room of each of our app labels."""
    return {
        config.label: config.name.partition(".")[2]
        for config in configs
        if config.name.startswith("halsonav.")
    }


# Templates ------------------------------------------------------------------------------------


def upward_templates(project: Path, floors: Floors) -> list[str]:
    """Return "people/x.html → website/y.html" for each template reference that looks upward."""
    owners = _owners(project)
    return [
        f"{path.relative_to(project)} → {name}"
        for path, room in _files_with_templates(project)
        for name in sorted(_references(path))
        if (owner := owners.get(name)) and not floors.may_see(room, owner)
    ]


def unknown_components(project: Path) -> list[str]:
    """Return components that are used and that no room has."""
    owners = _owners(project)
    return [
        f"{path.relative_to(project)} → {name}"
        for path, _ in _files_with_templates(project)
        for name in sorted(_references(path))
        if name.startswith("cotton/") and name not in owners
    ]


def _owners(project: Path) -> dict[str, str]:
    """Return the room of every template by the name under which it is loaded."""
    return {
        str(path.relative_to(folder)): folder.parent.name
        for folder in sorted(project.glob("halsonav/*/templates"))
        for path in folder.rglob("*")
        if path.is_file()
    }


def _files_with_templates(project: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(project.glob("halsonav/*/**/*")):
        if path.suffix in (".html", ".txt", ".xml", ".py"):
            yield path, path.relative_to(project / "halsonav").parts[0]


def _references(path: Path) -> set[str]:
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        return set(_QUOTED.findall(text))
    tags = " ".join(_REFERENCE.findall(text))
    components = {
        f"cotton/{name.replace('-', '_').replace('.', '/')}.html"
        for name in _COMPONENT.findall(text)
        if name not in _BUILT_IN
    }
    return set(_QUOTED.findall(tags)) | components


def main() -> int:
    """Look at the tree and at the registry of models; write each fault."""
    import_module("tests.mode")
    import_module("django").setup()
    apps = import_module("django.apps").apps
    floors = Floors()
    rooms = room_by_label(apps.get_app_configs())
    faults = upward_relations(apps.get_models(include_auto_created=True), rooms, floors)
    faults += upward_templates(ROOT, floors)
    for fault in faults:
        print(f"upward: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
