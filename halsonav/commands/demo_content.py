"""Prepares the demo's database: makes it, fills it, and keeps its year around today."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from halsonav.commands import fingerprint
from halsonav.commands.terminal import say
from halsonav.demo import load, people
from halsonav.programme import finder
from halsonav.programme.models import FinderRow, Occurrence

CONTENT: Final = ("halsonav/demo/**/*.py", "halsonav/demo/content/**/*", "halsonav/*/migrations/*")
FOUND: Final = (
    "halsonav/programme/**/*.py",
    "halsonav/programme/*.toml",
    "halsonav/programme/templates/**/*",
    "halsonav/*/templates/cotton/*",
    "halsonav/*/locale/*/LC_MESSAGES/*.po",
    "halsonav/lib/*.py",
)
OLDEST: Final = timedelta(days=7)


def prepare(size: int = 0) -> None:
    """Make, fill or refresh the database: only what is not as it should be."""
    today = timezone.localdate()
    noted = fingerprint.recall(note_path())
    content = fingerprint.of(*CONTENT)
    if not _is_current(noted, content, today):
        _empty()
    _migrate()
    fresh = {"found": fingerprint.of(*FOUND), "rebuilt": today.isoformat()}
    if not load.is_loaded():
        _timed("Skriver in innehållet", load.load)
        noted = {"content": content, "loaded": today.isoformat()} | fresh
    if size and Occurrence.objects.count() < size:
        fill = import_module("halsonav.demo.fill").fill
        _timed(f"Fyller på till {size} tillfällen", lambda: fill(size))
    if fresh.items() - noted.items() or not FinderRow.objects.exists():
        _timed("Bygger om det som sökningen läser", finder.rebuild)
    fingerprint.note(note_path(), noted | fresh)


def welcome(origin: str) -> str:
    """Return where everything is and how to sign in, while the server runs."""
    width = max(map(len, people.LOGINS))
    logins = [f"  {email:<{width}}  {role.label}" for email, (_, role) in people.LOGINS.items()]
    return "\n".join(
        [
            "",
            f"Hälsonav    {origin}/",
            f"English     {origin}/en/",
            f"العربية     {origin}/ar/",
            f"Arbetsytan  {origin}/arbete/",
            f"Byggdelar   {origin}/komponenter/",
            "",
            f"Logga in på {origin}/konto/login/ med lösenordet {people.PASSWORD}",
            *logins,
            "",
            "Avsluta med Ctrl+C.",
        ]
    )


def note_path() -> Path:
    """Return where it is noted what this database was filled from, and when."""
    place = connection.settings_dict
    name = f"{place['HOST']}:{place['PORT']}/{place['NAME']}"
    return Path(settings.DATA_DIR) / f"demo-{hashlib.sha256(name.encode()).hexdigest()[:12]}.json"


def _is_current(noted: dict[str, Any], content: str, today: date) -> bool:
    try:
        loaded = date.fromisoformat(noted.get("loaded", ""))
    except (TypeError, ValueError):
        return False
    return noted.get("content") == content and timedelta(0) <= today - loaded <= OLDEST


def _empty() -> None:
    """Throw the demo's own database file away; another database is left as it is."""
    path = Path(str(connection.settings_dict["NAME"]))
    is_ours = settings.DEMO and connection.vendor == "sqlite" and settings.DATA_DIR in path.parents
    if not is_ours:
        say("Databasen är inte demons egen fil och töms inte; finns innehåll får det stå kvar.")
        return
    if not path.exists():
        return
    say("Börjar om med nytt innehåll, så att schemat ligger runt i dag.")
    connection.close()
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def _migrate() -> None:
    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        _timed("Gör databasen redo", lambda: call_command("migrate", verbosity=0))


def _timed(what: str, do: Callable[[], object]) -> None:
    say(f"{what} …")
    began = perf_counter()
    do()
    say(f"  klart på {perf_counter() - began:.1f} s")
