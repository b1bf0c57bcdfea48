"""Lists all that the product stands on, from the locks: `make sbom` calls this. It asks nobody.

Two files in the form of CycloneDX: `build/sbom.python.json` and `build/sbom.npm.json`.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = ROOT / "build"
PYTHON: Final = (
    sys.executable, "-m", "cyclonedx_py", "requirements", "requirements.txt",
    "--output-reproducible", "--output-format", "JSON",
)  # fmt: skip
NPM: Final = ("npm", "sbom", "--sbom-format", "cyclonedx", "--package-lock-only")


def python() -> dict[str, Any]:
    """Return the list of Python packages that the product runs on."""
    return _made(PYTHON)


def npm() -> dict[str, Any]:
    """Return the list of npm's packages."""
    return _made(NPM)


def _made(words: tuple[str, ...]) -> dict[str, Any]:
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    read: dict[str, Any] = json.loads(ran.stdout)
    return read


def write(folder: Path = FOLDER) -> list[str]:
    """Write both lists; return what to say of them."""
    folder.mkdir(exist_ok=True)
    said = []
    for name, made in (("python", python()), ("npm", npm())):
        path = folder / f"sbom.{name}.json"
        path.write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n", "utf-8")
        said.append(f"{path.relative_to(folder.parent)}: {len(made['components'])} packages")
    return said


if __name__ == "__main__":
    sys.stdout.write("\n".join(write()) + "\n")
