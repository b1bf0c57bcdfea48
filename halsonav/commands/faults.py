"""Says in one sentence what stops a command: what an operator can do something about."""

import os
from importlib import import_module
from pathlib import Path
from typing import Any

from halsonav.commands.terminal import with_django
from halsonav.config import environment


def sentence(error: Exception) -> str:
    """Return what is wrong, naming the variable to look at; "" for a fault of our own."""
    if _is_of_database(error):
        return of_database() or _of_use(error)
    if isinstance(error, OSError):
        return _of_folder(error.filename)
    return ""


def of_database() -> str:
    """Return why the database cannot be worked with, or ""; asks it, so Django must be ready."""
    inspection = with_django("halsonav.commands.inspection")
    if not inspection.database_answers().good:
        return f"{_database()} svarar inte; `halsonav check` säger varför."
    if not inspection.migrations_are_run().good:
        return f"{_database()} är inte redo för den här versionen; kör `halsonav migrate`."
    return ""


def _is_of_database(error: Exception) -> bool:
    return isinstance(error, import_module("django.db").DatabaseError)


def _of_use(error: Exception) -> str:
    """Return why a database that is in order refused: full, locked, read-only."""
    if not isinstance(error, import_module("django.db").OperationalError):
        return ""
    return f"{_database()} tog inte emot det här ({str(error).strip().splitlines()[0]})."


def _database() -> str:
    """Name the database by the variable that says where it is."""
    place: dict[str, Any] = environment.read()["database"]
    if os.environ.get("HALSONAV_DATABASE", "").strip():
        return "Databasen i HALSONAV_DATABASE"
    return f"Databasen {Path(place['NAME']).name} i mappen i HALSONAV_DATA"


def _of_folder(name: object) -> str:
    folder: Path = environment.read()["data"]
    if not isinstance(name, str | os.PathLike) or not Path(name).is_relative_to(folder):
        return ""
    return f"HALSONAV_DATA är ”{folder}”, men ska innehålla en mapp som systemet får skriva i."
