"""Looks at an installation from every side that an operator can do something about."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from requests import RequestException

from halsonav.commands import build, safety
from halsonav.lib.words import SWEDISH_DICTIONARY
from halsonav.people import journal, journal_heads
from halsonav.people.models import JournalEntry
from halsonav.people.privacy.processing import controllers
from halsonav.people.signing_in.identity_provider import ProviderFaultError, configuration
from halsonav.people.signing_in.policies import policies
from halsonav.programme import finder
from halsonav.programme.models import Activity, FinderRow, Occurrence


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it is as it should be, and a sentence."""

    good: bool
    words: str


BROKEN: Final = {
    "missing": "Post {} saknas.",
    "altered": "Post {} är ändrad.",
    "cut off": "Slutet är borttaget från post {}.",
    "not the head": "Post {} stämmer inte med journalens slut.",
    "not the known head": "Post {} är inte den som stod där när slutet skrevs ned.",
}
"""What `journal.verify` finds, in words."""
Look = Callable[[], Finding]


def inspect() -> list[Finding]:
    """Return what was found; what stands on the database is left out when it does not answer."""
    findings = [look() for look in ON_THE_MACHINE]
    answers = database_answers()
    findings.append(answers)
    if answers.good:
        findings += _in_the_database()
    if settings.OIDC:
        findings.append(identity_provider_answers())
    if settings.MODE == "production":
        findings += [look() for look in WHEN_IT_IS_FOR_REAL]
        findings += _unsafe(people_too=answers.good and migrations_are_run().good)
    return findings


def _unsafe(*, people_too: bool) -> list[Finding]:
    """Return what is unsafe, or that nothing that can be seen is."""
    faults = [*safety.faults_of_settings(), *(safety.faults_of_people() if people_too else ())]
    found = [Finding(False, words) for words in faults]
    return found or [Finding(True, "Inget som syns härifrån är osäkert inställt.")]


def _in_the_database() -> Iterator[Finding]:
    migrated = migrations_are_run()
    yield migrated
    if migrated.good:
        yield finder_is_built()
        yield journal_is_whole()
        if settings.MODE == "production":
            yield who_answers_is_reached()
        if not settings.OIDC:
            yield nobody_is_shut_out()


def database_answers() -> Finding:
    """Ask the database for nothing."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        return Finding(False, f"Databasen svarar inte ({reason}). Se HALSONAV_DATABASE.")
    return Finding(True, f"Databasen svarar ({connection.display_name}).")


def migrations_are_run() -> Finding:
    """Compare the database's shape with this version's."""
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        return Finding(False, f"{waiting} ändringar av databasen väntar. Kör `halsonav migrate`.")
    return Finding(True, "Databasen är redo för den här versionen.")


def finder_is_built() -> Finding:
    """See that coming times of published activities can be found, as this version writes them."""
    coming = Occurrence.objects.ending_after(timezone.now())
    published = Activity.objects.published().filter(occurrences__in=coming).exists()
    if published and not FinderRow.objects.exists():
        return Finding(False, "Sökningen är tom. Kör `halsonav rebuild-finder`.")
    if finder.is_outdated():
        said = "Sökningen är byggd av en annan version. Kör `halsonav rebuild-finder`."
        return Finding(False, said)
    words = "Sökningen är byggd." if published else "Inget som är publicerat ligger framåt i tiden."
    return Finding(True, words)


def journal_is_whole(kept: Path | None = None) -> Finding:
    """Read the journal from its first entry to its last, and see that nobody has changed it.

    It must hold every head that was written down, in our own file and in `kept`.
    """
    try:
        heads = journal_heads.read() + (journal_heads.read(kept) if kept else [])
    except journal_heads.UnreadableHeadsError as error:
        return Finding(False, f"Rad {error} i filen med journalens slut går inte att läsa.")
    fault = journal.verify(*heads)
    if fault is None and not heads and _journal_is_older_than_a_day():
        return Finding(
            False,
            "Journalen är äldre än ett dygn, men dess slut finns inte nedskrivet. Se efter att"
            " `halsonav worker` är i gång, och om journal-heads.txt har tagits bort.",
        )
    if fault is None:
        many = f"antal poster: {journal.head().number}, jämförda slut: {len(heads)}"
        return Finding(True, f"Journalens kedja är hel ({many}).")
    what = BROKEN[fault.why].format(fault.number)
    return Finding(
        False,
        f"Journalens kedja är bruten. {what} Jämför med en säkerhetskopia innan ni går vidare.",
    )


def _journal_is_older_than_a_day() -> bool:
    yesterday = timezone.now() - timedelta(days=1)
    return JournalEntry.objects.filter(at__lt=yesterday).exists()


def identity_provider_answers() -> Finding:
    """Ask the organisation's sign-in what it says of itself."""
    name = settings.OIDC["name"]
    try:
        configuration(fresh=True)
    except RequestException:
        return Finding(False, f"Inloggningen hos {name} svarar inte. Se HALSONAV_OIDC.")
    except ProviderFaultError as fault:
        words = f"Inloggningen hos {name} säger inte vad den ska ({fault}). Se HALSONAV_OIDC."
        return Finding(False, words)
    return Finding(True, f"Inloggningen hos {name} svarar.")


def nobody_is_shut_out() -> Finding:
    """See that no role demands what no sign-in here can show."""
    roles = [role.label for role, policy in policies().items() if policy.assurance]
    if roles:
        listed = ", ".join(str(role) for role in roles)
        words = (
            f"Ingen kan logga in som {listed}: rollen kräver en tillitsnivå. Sätt HALSONAV_OIDC."
        )
        return Finding(False, words)
    return Finding(True, "Ingen roll kräver en tillitsnivå.")


def who_answers_is_reached() -> Finding:
    """See that the record of processing says how who answers for personal data is reached."""
    lacking = ", ".join(one.name for one in controllers() if not one.is_reached)
    if lacking:
        return Finding(
            False,
            f"Det står inte hur man når {lacking} i frågor om personuppgifter, eller"
            " dataskyddsombudet där. Skriv det under Inställningar, Organisationer och"
            " verksamheter.",
        )
    return Finding(True, "Registret enligt artikel 30 säger hur man når dem som ansvarar.")


def mode_is_for_people() -> Finding:
    """See that nobody is served with the tests' weak passwords and known key."""
    if settings.MODE == "test":
        return Finding(False, "HALSONAV_MODE är ”test”, som är för testerna. Välj production.")
    return Finding(True, f"HALSONAV_MODE är ”{settings.MODE}”.")


def data_folder_can_be_written() -> Finding:
    """See that files can be kept."""
    folder = Path(settings.DATA_DIR)
    if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK):
        return Finding(True, f"Mappen {folder} går att skriva i.")
    return Finding(False, f"Mappen {folder} saknas eller går inte att skriva i. Se HALSONAV_DATA.")


def dictionary_is_there() -> Finding:
    """See that the Swedish word list, which the finder is written with, is installed."""
    if all(SWEDISH_DICTIONARY.with_suffix(end).is_file() for end in (".aff", ".dic")):
        return Finding(True, "Den svenska ordlistan finns.")
    return Finding(False, "Den svenska ordlistan saknas. Kör `npm ci`.")


def everything_is_built() -> Finding:
    """See that style sheet, translations and word list are built from the files as they are."""
    if build.is_fresh():
        return Finding(True, "Stilmall, översättningar och ordlista är byggda.")
    stale = ", ".join(part.name for part in build.PARTS if not part.is_fresh())
    return Finding(False, f"Det här är inte byggt: {stale}. Kör `halsonav build`.")


def origin_is_encrypted() -> Finding:
    """See that people reach the site over https."""
    if settings.ORIGIN.startswith("https://"):
        return Finding(True, "Webbplatsens adress är krypterad.")
    return Finding(False, "HALSONAV_ORIGIN börjar inte med https. Inloggningar kan läsas av andra.")


def origin_is_answered() -> Finding:
    """See that the site answers to its own address."""
    host = settings.ORIGIN.partition("://")[2].partition(":")[0]
    if host in settings.ALLOWED_HOSTS:
        return Finding(True, "Webbplatsen svarar på sin egen adress.")
    return Finding(False, f"{host} saknas i HALSONAV_HOSTS, så webbplatsen svarar inte där.")


def messages_are_sent() -> Finding:
    """See that messages go to a mail server."""
    if settings.MAIL:
        return Finding(True, f"Meddelanden skickas genom {settings.MAIL['host']}.")
    return Finding(False, "Meddelanden skickas inte. Sätt HALSONAV_MAIL till er e-postserver.")


ON_THE_MACHINE: Final[tuple[Look, ...]] = (
    mode_is_for_people,
    data_folder_can_be_written,
    dictionary_is_there,
    everything_is_built,
)
WHEN_IT_IS_FOR_REAL: Final[tuple[Look, ...]] = (
    origin_is_encrypted,
    origin_is_answered,
    messages_are_sent,
)
