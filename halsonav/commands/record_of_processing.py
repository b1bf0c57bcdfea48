"""Prints the record of processing (GDPR, article 30) as Markdown."""

import argparse

from halsonav.commands.terminal import say, with_django


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(options: argparse.Namespace) -> int:
    """Print it, made from the register as it is."""
    processing = with_django("halsonav.people.privacy.processing")
    say("# Behandlingar av personuppgifter")
    for controller in processing.controllers():
        say(f"\nAnsvarig: {controller.name}.")
        say(f"Kontakt: {controller.contact or 'saknas'}")
        say(f"Dataskyddsombud: {controller.officer or 'saknas'}")
    for one in processing.processings():
        say(f"\n## {one.what[:1].upper()}{one.what[1:]}\n")
        say(f"- Vem det gäller: {one.who}")
        say(f"- Uppgifter: {', '.join(one.fields)}")
        say(f"- Ändamål: {one.purpose}")
        say(f"- Rättslig grund: {one.ground}")
        say(f"- Vem som ser det: {one.seen_by}")
        say(f"- Vem som får det: {one.recipients}")
        say(f"- Utanför EU och EES: {one.transfers}")
        say(f"- Så skyddas det: {one.measures}")
        say(f"- Hur länge: {one.until}")
        say(f"- Gallringsregel: {one.rule}")
    return 0
