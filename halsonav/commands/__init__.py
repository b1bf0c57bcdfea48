"""The `halsonav` command: one word for each thing that one does with an installation.

A command is a module here: its docstring says what it does, `arguments(parser)` what one may say
to it, `run(options)` does it and returns the exit code. Modules are loaded when they are called
for, and Django only by those that need it, so that the command answers at once.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Final

from halsonav.commands.parsing import Parser
from halsonav.commands.terminal import complain

COMMANDS: Final[dict[str, str]] = {
    "demo": "provar Hälsonav på den här datorn, med innehåll och inloggningar",
    "serve": "startar webbservern",
    "worker": "sköter det som går i bakgrunden: meddelanden och återkommande jobb",
    "check": "säger i ord hur systemet är inställt och om något är fel",
    "migrate": "gör databasen redo för den här versionen",
    "rebuild-finder": "bygger om det som sökningen läser",
    "import-postcodes": "läser in postnummer ur en CSV-fil",
    "import-leaked-passwords": "läser in läckta lösenord, så att ingen kan välja dem",
    "verify-journal": "läser igenom journalen och säger om någon har ändrat i den",
    "backup": "gör en krypterad säkerhetskopia medan allt är i gång",
    "backup-key": "gör nyckeln som säkerhetskopior öppnas med",
    "remove-second-step": "tar bort ett andra steg som någon har tappat, när ingen kollega kan",
    "forget": "tar bort det som har sparats så länge det får, eller visar vad som skulle tas bort",
    "record-of-processing": "skriver ut registret över behandlingar av personuppgifter",
    "restore": "återställer en säkerhetskopia, eller läser igenom den",
    "end-returned": "avslutar konton och roller som en återställd säkerhetskopia gav tillbaka",
    "encrypt-anew": "krypterar om det som sparas, när nyckeln har bytts",
    "build": "bygger stilmall, typsnitt, översättningar och ordlista",
}


def main(words: Sequence[str] | None = None) -> int:
    """Run the command that is asked for and return its exit code."""
    parser = _parser()
    asked = parser.parse_args(words)
    if asked.command is None:
        parser.print_help()
        return 0
    module = import_module(f"{__name__}.{asked.command.replace('-', '_')}")
    own = Parser(prog=f"halsonav {asked.command}", description=_sentence(asked.command))
    module.arguments(own)
    return _run(module, own.parse_args(asked.rest))


def _run(module: ModuleType, options: argparse.Namespace) -> int:
    """Run a command; what an operator can mend is said in a sentence, our own faults are shown."""
    try:
        return int(module.run(options))
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return 130
    except Exception as error:
        sentence = import_module(f"{__name__}.faults").sentence(error)
        if not sentence:
            raise
        complain(sentence)
        return 1


def _parser() -> argparse.ArgumentParser:
    width = max(map(len, COMMANDS))
    listed = "\n".join(f"  {name:<{width}}  {does}" for name, does in COMMANDS.items())
    parser = Parser(
        prog="halsonav",
        description="Sköter en installation av Hälsonav.",
        epilog=f"kommandon:\n{listed}\n\nMer om ett kommando: halsonav KOMMANDO --help",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="halsonav KOMMANDO …",
    )
    parser.add_argument("command", nargs="?", choices=COMMANDS, help=argparse.SUPPRESS)
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser


def _sentence(command: str) -> str:
    does = COMMANDS[command]
    return f"{does[:1].upper()}{does[1:]}."
