"""The list of parts names exactly what the locks name, with versions and sums."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import halsonav
from tests import sbom
from tests.house.floors import ROOT

LOCKED = re.compile(r"^([\w.-]+)==([\w.]+)", re.MULTILINE)


@pytest.fixture(scope="module")
def python() -> dict[str, Any]:
    return sbom.python()


def test_python_packages_are_those_of_the_lock(python: dict[str, Any]) -> None:
    locked = set(LOCKED.findall((ROOT / "requirements.txt").read_text("utf-8")))
    assert len(locked) > 30
    assert {(one["name"], one["version"]) for one in python["components"]} == locked


def test_each_python_package_has_its_sums(python: dict[str, Any]) -> None:
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    for one in python["components"]:
        sums = {held["content"] for there in one["externalReferences"] for held in there["hashes"]}
        assert sums, one["name"]
        assert all(held in lock for held in sums)


def test_npm_packages_are_those_of_the_lock() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    locked = {
        (name.removeprefix("node_modules/"), one["version"])
        for name, one in lock["packages"].items()
        if name
    }
    made = sbom.npm()
    assert locked
    assert {(one["name"], one["version"]) for one in made["components"]} == locked
    assert all(one["hashes"] for one in made["components"])


def test_both_lists_are_written(tmp_path: Path) -> None:
    said = sbom.write(tmp_path / "build")
    assert [line.partition(":")[0] for line in said] == [
        "build/sbom.python.json",
        "build/sbom.npm.json",
    ]
    for name in ("python", "npm"):
        kept = json.loads((tmp_path / "build" / f"sbom.{name}.json").read_text("utf-8"))
        assert kept["bomFormat"] == "CycloneDX"


def test_the_version_is_the_same_everywhere() -> None:
    package = json.loads((ROOT / "package.json").read_text("utf-8"))
    assert package["version"] == halsonav.__version__
