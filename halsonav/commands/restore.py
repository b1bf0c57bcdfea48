"""Puts a backup back, or reads one through."""

import argparse
from pathlib import Path
from typing import Any

from halsonav.commands.terminal import complain, say, with_django


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the backup, the key, and how far to go."""
    parser.add_argument("file", type=Path, metavar="FIL", help="säkerhetskopian")
    parser.add_argument(
        "--key", type=Path, metavar="FIL", required=True, help="filen med den hemliga nyckeln"
    )
    parser.add_argument("--check", action="store_true", help="läs bara igenom den, ändra inget")
    parser.add_argument("--replace", action="store_true", help="ersätt det som finns här")


def run(options: argparse.Namespace) -> int:
    """Do it and say what was put back; the exit code is 1 when it could not be, and why is said."""
    restoring = with_django("halsonav.backup.restoring")
    try:
        if options.check:
            say(
                f"Säkerhetskopian är hel: {_of(restoring.look_through(options.file, options.key))}."
            )
            return 0
        done = restoring.restore(options.file, options.key, replace=options.replace)
    except restoring.BackupError as error:
        complain(str(error))
        return 1
    say(f"Klart: {_of(done.manifest)}.")
    say(f"På nytt raderade personer och adresser: {done.erased_again}.")
    say(f"På nytt gallrat: {done.forgotten_again}.")
    say(f"Rader i journalen som är yngre än kopian och inte följde med: {done.lost}.")
    say(f"Inbjudningar som inte gäller längre: {done.withdrawn}. Bjud in på nytt.")
    say(
        f"Gå igenom det som kom tillbaka: öppna konton: {len(done.accounts_back)},"
        f" roller: {len(done.roles_back)}."
    )
    if done.accounts_back or done.roles_back:
        _say_how_to_end(done)
    say("Alla loggar in på nytt. Starta `halsonav serve` och `halsonav worker`.")
    return 0


def _say_how_to_end(done: Any) -> None:
    """Say the command that ends what had ended, by numbers alone: a terminal is read by many."""
    words = ["halsonav end-returned"]
    words += [f"--account {number}" for number in done.accounts_back]
    words += [f"--role {number}" for number in done.roles_back]
    say("Så avslutas de igen. Ta bort ur raden det som ska vara kvar:")
    say(" ".join(words))


def _of(manifest: Any) -> str:
    rows, files = sum(manifest.facts.rows.values()), len(manifest.parts) - 1
    return f"{rows} rader och {files} filer från {manifest.made_at}"
