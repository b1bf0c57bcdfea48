"""What is unsafe in how an installation is set, for real use: a sentence for each thing."""

import stat
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection
from django.utils import timezone

from halsonav.people import journal_heads
from halsonav.people.models import RoleAssignment, User
from halsonav.people.permissions import Permission, Role, roles_with
from halsonav.people.signing_in.policies import DEFAULTS, policies

OTHERS: Final = stat.S_IRWXO
"""Rights of other users of the machine."""
GUARDED: Final = frozenset(("verify-ca", "verify-full"))
"""How PostgreSQL is asked so that nobody on the way reads along, or answers in its place."""
HEAD_AT_MOST: Final = timedelta(days=2)
Fault = str


def faults_of_settings() -> Iterator[Fault]:
    """Yield what is unsafe, as far as it can be seen without the database."""
    for look in WITHOUT_DATABASE:
        yield from look()


def faults_of_people() -> Iterator[Fault]:
    """Yield what is unsafe in who may do what, and how they sign in."""
    for look in WITH_DATABASE:
        yield from look()


def others_read_our_files() -> Iterator[Fault]:
    """See that no other user of the machine reads what is kept."""
    folder = Path(settings.DATA_DIR)
    paths = [folder, *_database_files()]
    for path in paths:
        if path.exists() and path.stat().st_mode & OTHERS:
            yield f"Andra på datorn kommer åt {path}. Kör `chmod o-rwx {path}`."


def _database_files() -> list[Path]:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or name.startswith((":", "file:")):
        return []
    return [Path(f"{name}{end}") for end in ("", "-wal", "-shm")]


def the_way_to_the_database_is_open() -> Iterator[Fault]:
    """See that a database on another machine is reached over an encrypted way."""
    database = connection.settings_dict
    host = str(database.get("HOST") or "")
    if connection.vendor != "postgresql" or host in ("", "127.0.0.1", "::1", "localhost"):
        return
    if host.startswith("/") or database.get("OPTIONS", {}).get("sslmode") in GUARDED:
        return
    yield (
        "Vägen till databasen på en annan dator är inte krypterad."
        " Skriv `?sslmode=verify-full` sist i HALSONAV_DATABASE."
    )


def nobody_stands_in_front() -> Iterator[Fault]:
    """See that the proxy, which speaks https, is counted."""
    if settings.SECURE_BROWSER and settings.PROXIES == 0:
        yield (
            "HALSONAV_PROXIES är 0, men webbplatsen har https. Står en proxy framför ska talet vara"
            " 1, annars räknas alla som en och kan stänga ute varandra."
        )


def earlier_secrets_are_left() -> Iterator[Fault]:
    """See that a changed secret is not left behind."""
    if settings.SECRET_KEY_FALLBACKS:
        yield (
            "HALSONAV_EARLIER_SECRET_KEYS är satt. Kör `halsonav encrypt-anew` och ta sedan bort"
            " den: den som har en gammal nyckel kan annars fortfarande göra giltiga länkar."
        )


def no_copy_is_made() -> Iterator[Fault]:
    """See that backups can be made without a person at hand."""
    if not settings.BACKUP_RECIPIENT:
        yield "Ingen säkerhetskopia kan göras: HALSONAV_BACKUP_RECIPIENT saknas. Se docs/backup.md."


def the_journals_end_is_old() -> Iterator[Fault]:
    """See that the journal's end is written down each night."""
    file = journal_heads.file()
    if not file.exists():
        yield "Journalens slut är inte nedskrivet än. Det görs varje natt av `halsonav worker`."
        return
    written = datetime.fromtimestamp(file.stat().st_mtime, timezone.get_default_timezone())
    if timezone.now() - written > HEAD_AT_MOST:
        yield (
            f"Journalens slut skrevs ned senast {written:%Y-%m-%d}. Går `halsonav worker`?"
            " Utan det syns inte om någon skriver om journalen."
        )


def nobody_runs_it() -> Iterator[Fault]:
    """See that somebody holds the role that looks after the installation."""
    held = RoleAssignment.objects.filter(role=Role.OPERATOR, user__is_active=True)
    if not held.exists():
        yield "Ingen har rollen driftansvarig, så ingen ser fel i bakgrunden."


def some_have_one_step() -> Iterator[Fault]:
    """See that those who manage people or operations have a second step."""
    strong = roles_with(Permission.MANAGE_PEOPLE) | roles_with(Permission.RUN_OPERATIONS)
    ways = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    stepped = Authenticator.objects.filter(type__in=ways).values("user")
    strong_ones = User.objects.filter(is_active=True, role_assignments__role__in=strong)
    with_password = strong_ones.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    many = with_password.exclude(pk__in=stepped).distinct().count()
    if many:
        yield (
            f"{many} med en roll som styr över andra loggar in med bara ett lösenord."
            " De får lägga till ett andra steg nästa gång, om rollen kräver det."
        )


def a_role_demands_less() -> Iterator[Fault]:
    """See that no role has been let off what the code demands of it."""
    for role, policy in policies().items():
        if DEFAULTS[role].two_factors and not policy.two_factors:
            yield (
                f"Rollen {role.label} kräver inte två steg."
                " Ändra det under Inställningar, Krav på inloggning."
            )


Look = Callable[[], Iterator[Fault]]
WITHOUT_DATABASE: Final[tuple[Look, ...]] = (
    others_read_our_files,
    the_way_to_the_database_is_open,
    nobody_stands_in_front,
    earlier_secrets_are_left,
    no_copy_is_made,
    the_journals_end_is_old,
)
WITH_DATABASE: Final[tuple[Look, ...]] = (nobody_runs_it, some_have_one_step, a_role_demands_less)
