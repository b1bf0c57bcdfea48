"""Puts a backup back: into a database of its own, looked through, then in place in one step."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

import halsonav
from halsonav.backup import archive
from halsonav.backup import manifest as manifests
from halsonav.backup.faults import BackupError
from halsonav.backup.making import FILES, KEPT, engine
from halsonav.backup.manifest import DATABASE, Manifest
from halsonav.backup.private_files import private_folder, sync_folder
from halsonav.people import journal, journal_heads
from halsonav.people.actions import forget_again, replay, withdraw_invitation
from halsonav.people.models import Invitation, JournalHead, RoleAssignment, Session, User
from halsonav.people.privacy import erased
from halsonav.people.privacy.erased import Stone

UNTOUCHED: Final = "Inget har ändrats."
_WORDS: Final = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def look_through(file: Path, key: Path) -> Manifest:
    """Read a whole backup without putting it anywhere; raise `BackupError` at the first fault."""
    with private_folder(Path(settings.DATA_DIR), ".restoring-") as folder:
        return archive.unpack(file, archive.identity_of(key), folder)


@dataclass(frozen=True)
class Restored:
    """What was put back, what of it had to go again, and what came back that had ended.

    `lost` is how many lines of the journal are younger than the copy. Where there was nothing to
    compare with, nothing is said to have come back.
    """

    manifest: Manifest
    erased_again: int
    forgotten_again: int
    withdrawn: int
    lost: int
    accounts_back: tuple[int, ...]
    roles_back: tuple[int, ...]


@dataclass(frozen=True)
class Here:
    """What there is before: the journal's last number, open accounts and roles held."""

    number: int
    accounts: frozenset[int]
    roles: frozenset[int]


def restore(file: Path, key: Path, *, replace: bool) -> Restored:
    """Put a backup in the place of this installation's database and files: all of it, or nothing.

    Raises `BackupError` with a sentence before anything is touched. Nobody may be connected.
    """
    identity = archive.identity_of(key)
    _may_be_replaced(replace)
    here = _here()
    with private_folder(Path(settings.DATA_DIR), ".restoring-") as folder:
        manifest = archive.unpack(file, identity, folder)
        _fits(manifest)
        _is_from_the_past(manifest)
        stones = _stones(folder)
        new = engine().load(folder / DATABASE)
        try:
            with _pointed_at(new):
                _is_whole(manifest, folder)
                gone = _begin_anew(manifest, stones, here)
            _put_in_place(folder, new)
        except BaseException:
            engine().drop(new)
            raise
    journal_heads.export()
    erased.add(stones)
    erased.export()
    return gone


def _may_be_replaced(replace: bool) -> None:
    if not replace and not engine().is_empty():
        raise BackupError(
            f"Här finns redan uppgifter. Säg --replace för att ersätta dem. {UNTOUCHED}"
        )
    engine().must_be_idle()


def _here() -> Here:
    """Return what there is; nothing where it cannot be read, since a restore may be the cure."""
    try:
        if not engine().is_empty():
            return Here(journal.head().number, *_in_force())
    except DatabaseError:
        pass
    finally:
        connection.close()
    return Here(0, frozenset(), frozenset())


def _in_force() -> tuple[frozenset[int], frozenset[int]]:
    """Return the ids of open accounts and of roles that are held."""
    accounts = User.objects.filter(is_active=True).values_list("pk", flat=True)
    return frozenset(accounts), frozenset(RoleAssignment.objects.values_list("pk", flat=True))


def _fits(manifest: Manifest) -> None:
    """Raise `BackupError` for a backup of another version or engine, saying how it can be used."""
    if manifest.engine != engine().NAME:
        has, is_ours = _WORDS.get(manifest.engine, manifest.engine), _WORDS[engine().NAME]
        raise BackupError(
            f"Säkerhetskopian är från {has}, men HALSONAV_DATABASE är {is_ours}. Återställ den i en"
            f" installation med {has}. {UNTOUCHED}"
        )
    ours = {
        f"{app}.{name}"
        for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations or ()
    }
    if manifest.product == halsonav.__version__ and set(manifest.facts.migrations) == ours:
        return
    raise BackupError(
        f"Säkerhetskopian är gjord av Hälsonav {manifest.product}, och det här är"
        f" {halsonav.__version__} eller ett annat steg av samma version. Installera den version som"
        " gjorde kopian, återställ där, och uppgradera sedan med `halsonav migrate`."
        f" {UNTOUCHED}"
    )


@contextmanager
def _pointed_at(name: str) -> Iterator[None]:
    """Let Django work in another database of the same engine for a while."""
    connection.close()
    own = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def _is_whole(manifest: Manifest, folder: Path) -> None:
    """Raise `BackupError` unless the restored database is the one that was copied."""
    found = manifests.facts(engine().ask, engine().tables())
    heads = journal_heads.read(folder / FILES / journal_heads.file().name)
    fault = None if found.head == manifest.facts.head else "journalens slut är ett annat"
    if found.rows != manifest.facts.rows:
        fault = "antalet rader är ett annat"
    elif not engine().is_sound():
        fault = "databasen är inte hel"
    elif broken := journal.verify(manifest.facts.head, *heads):
        fault = f"journalens kedja är bruten vid post {broken.number}"
    if fault:
        raise BackupError(f"Det som lästes in är inte det som kopierades: {fault}. {UNTOUCHED}")


def _is_from_the_past(manifest: Manifest) -> None:
    """Raise `BackupError` where our clock cannot be right: what is restored is forgotten by it."""
    if datetime.fromisoformat(manifest.made_at) > timezone.now() + timedelta(minutes=10):
        raise BackupError(
            f"Säkerhetskopian är gjord {manifest.made_at}, och det är senare än den här datorns"
            f" klocka. Ställ klockan först. {UNTOUCHED}"
        )


def _stones(folder: Path) -> set[Stone]:
    """Return everybody who is on the copy's list of the erased or on ours: nobody leaves it."""
    try:
        return erased.read() | erased.read(folder / FILES / erased.file().name)
    except erased.UnreadableListError as error:
        raise BackupError(
            f"Rad {error} i listan över raderade (erased.txt) går inte att läsa. Hämta den från en"
            f" annan kopia: utan den kan raderade personer komma tillbaka. {UNTOUCHED}"
        ) from error


def _begin_anew(manifest: Manifest, stones: set[Stone], here: Here) -> Restored:
    """Let nothing live again that had ended: sign-ins, links, erased people, what was forgotten."""
    lost = max(0, here.number - manifest.facts.head.number)
    with transaction.atomic():
        Session.objects.all().delete()
        head, _ = JournalHead.objects.get_or_create(pk=1)
        journal.record(by=None, verb="restore", about=head, why=f"lost:{lost}")
        unanswered = list(Invitation.objects.filter(accepted_at=None, withdrawn_at=None))
        for invitation in unanswered:
            withdraw_invitation(by=None, invitation=invitation)
    gone = replay(stones=stones | erased.in_database())
    forgotten = forget_again()
    return Restored(manifest, gone, forgotten, len(unanswered), lost, *_back(here))


def _back(here: Here) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the ids of open accounts and of held roles that were not in force before."""
    if not here.number:
        return (), ()
    accounts, roles = _in_force()
    return tuple(sorted(accounts - here.accounts)), tuple(sorted(roles - here.roles))


def _put_in_place(folder: Path, new: str) -> None:
    """Put files and database where they belong; take the files back if the database cannot."""
    root = Path(settings.DATA_DIR)
    aside = folder / ".aside"
    aside.mkdir(mode=0o700)
    with ExitStack() as undo:
        _keep_heads(undo.callback)
        for name in (*KEPT, journal_heads.file().name):
            _exchange(root / name, folder / FILES / name, aside / name, undo.callback)
        sync_folder(root)
        engine().swap(new)
        undo.pop_all()


def _keep_heads(undo: Callable[..., Any]) -> None:
    """Leave what was written down of the journal beside: it went further than the copy's."""
    heads = journal_heads.file()
    if heads.exists():
        kept = heads.with_name(f"journal-heads.{timezone.now():%Y%m%dT%H%M%SZ}.txt")
        shutil.copy2(heads, kept)
        undo(kept.unlink, missing_ok=True)


def _exchange(place: Path, new: Path, aside: Path, undo: Callable[..., Any]) -> None:
    if place.exists():
        place.rename(aside)
        undo(aside.rename, place)
    if new.exists():
        new.rename(place)
        undo(place.rename, new)
