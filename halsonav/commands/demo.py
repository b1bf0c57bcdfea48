"""Shows Hälsonav with believable content on one's own machine, with nothing to set."""

import argparse
import os
import sys

from halsonav.commands import build, ports
from halsonav.commands.terminal import complain, say, with_django

HOST = "127.0.0.1"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the size, the port and whether to serve."""
    parser.add_argument("--port", type=ports.port, default=8000, help="port (%(default)s)")
    parser.add_argument(
        "--size", type=int, default=0, metavar="ANTAL", help="fyll på till så många tillfällen"
    )
    parser.add_argument("--no-server", action="store_true", help="förbered bara, starta inget")


def run(options: argparse.Namespace) -> int:
    """Prepare what is not ready, say where it is, then become the web server."""
    origin = f"http://{HOST}:{options.port}"
    fault = _real()
    os.environ.setdefault("HALSONAV_MODE", "demo")
    os.environ.setdefault("HALSONAV_ORIGIN", origin)
    fault = fault or ("" if options.no_server else ports.fault(HOST, options.port))
    if fault:
        complain(fault)
        return 1
    build.build()
    content = with_django("halsonav.commands.demo_content")
    content.prepare(options.size)
    if options.no_server:
        say("Demon är förberedd. Visa den med `halsonav demo`.")
        return 0
    say(content.welcome(origin))
    return _become_server(options.port)


def _real() -> str:
    """Return why the demo is not shown where people work for real, or "": its logins are known."""
    mode = os.environ.get("HALSONAV_MODE", "").strip()
    if not mode and os.environ.get("HALSONAV_DATABASE", "").strip():
        return (
            "HALSONAV_DATABASE är satt men inte HALSONAV_MODE. Demons inloggningar är kända av"
            " alla, så den läggs inte i en databas som kan vara en riktig installations. Prova den"
            " utan HALSONAV_DATABASE, eller sätt HALSONAV_MODE=demo om databasen är till för demon."
        )
    if mode != "production":
        return ""
    return (
        "HALSONAV_MODE är ”production”. Demons inloggningar är kända av alla, så den visas inte i"
        " en riktig installation. Prova den i en annan mapp, utan HALSONAV_MODE."
    )


def _become_server(port: int) -> int:
    """Start anew as the server, so that what preparing took of memory is given back."""
    words = ["serve", "--host", HOST, "--port", str(port), "--with-worker"]
    os.execv(sys.executable, [sys.executable, "-m", "halsonav.commands", *words])  # noqa: S606
