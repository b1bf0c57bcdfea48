"""Encrypts what is kept anew, after the installation's secret was changed."""

import argparse

from cryptography.fernet import InvalidToken

from halsonav.commands.terminal import complain, say, with_django


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(options: argparse.Namespace) -> int:
    """Say how many rows there were; 1 when something cannot be opened, and nothing is changed."""
    rotation = with_django("halsonav.people.rotation")
    try:
        many = rotation.encrypt_anew(by=None)
    except InvalidToken:
        complain(
            "Något är krypterat med en nyckel som varken står i HALSONAV_SECRET_KEY eller i"
            " HALSONAV_EARLIER_SECRET_KEYS. Inget är ändrat."
        )
        return 1
    say(f"Krypterade om {many} rader. HALSONAV_EARLIER_SECRET_KEYS behövs inte längre.")
    return 0
