"""A port: how one is said, and whether one may listen there."""

import argparse
import errno
import socket
from contextlib import closing
from typing import Final

LAST: Final = 65_535


def port(said: str) -> int:
    """Read a port; raises `argparse.ArgumentTypeError` with one sentence's end."""
    if not said.isascii() or not said.isdecimal() or not 1 <= int(said[:6]) <= LAST:
        raise argparse.ArgumentTypeError(f"ska vara ett heltal från 1 till {LAST}, men är ”{said}”")
    return int(said)


def fault(host: str, port: int) -> str:
    """Return why nobody can begin to listen there, in a sentence, or ""."""
    try:
        _listen(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return f"Port {port} är upptagen. Välj en annan med --port, eller make demo PORT=8123."
        why = error.strerror or error
        return f"Det går inte att lyssna på {host}, port {port} ({why}). Se --host och --port."
    return ""


def _listen(host: str, port: int) -> None:
    """Take the port and let go of it; a port that was left lately counts as free."""
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with closing(socket.socket(family, kind)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        probe.listen(1)
