"""Says how the installation is set, in words, and everything that is wrong or unsafe."""

import argparse
import os

from halsonav.commands.terminal import complain, say, with_django
from halsonav.config import environment

HINT = "Vill du bara prova? Kör `make demo`, eller sätt HALSONAV_MODE=demo."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""


def run(options: argparse.Namespace) -> int:
    """Tell; the exit code is 1 when something is wrong."""
    wrong = environment.faults()
    if wrong:
        for sentence in wrong:
            complain(f"✗ {sentence}")
        if not os.environ.get("HALSONAV_MODE"):
            complain(HINT)
        return 1
    for line in _settings():
        say(line)
    say()
    inspection = with_django("halsonav.commands.inspection")
    findings = inspection.inspect()
    for finding in findings:
        (say if finding.good else complain)(f"{'✓' if finding.good else '✗'} {finding.words}")
    return 0 if all(finding.good for finding in findings) else 1


def _settings() -> list[str]:
    return [f"{setting.name}: {_shown(setting)}" for setting in environment.SETTINGS]


def _shown(setting: environment.Setting) -> str:
    value = os.environ.get(setting.name, "").strip()
    if value:
        return "satt, visas inte" if setting.secret else value
    mode = environment.mode_of()
    default = setting.fallback(mode)
    return "demons egen" if setting.secret and default else f"{default} (inget sagt)"
