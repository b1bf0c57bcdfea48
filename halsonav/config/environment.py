"""Reads the settings from the environment, typed, and stops loudly on a wrong one.

Each setting is declared once, in `SETTINGS`; `docs/settings.md` is checked against it.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
MODES = ("demo", "test", "production")
DEMO_SECRET = "only-for-the-demo-and-the-tests-never-for-people"  # noqa: S105


class WrongSettingError(SystemExit):
    """A setting is missing or cannot be read; the message names it and says what it should hold."""


@dataclass(frozen=True)
class Setting:
    """One variable: its name, what it should hold in words, and how it is read."""

    name: str
    holds: str
    read: Callable[[str], Any]
    default: str | None = None
    demo_default: str | None = None

    def value(self, environment: Mapping[str, str], mode: str) -> Any:
        """Return the typed value, or stop with one sentence."""
        fallback = self.default if mode == "production" else (self.demo_default or self.default)
        raw = environment.get(self.name, "").strip() or fallback
        if raw is None:
            raise WrongSettingError(f"{self.name} is missing: it should hold {self.holds}.")
        try:
            return self.read(raw)
        except ValueError:
            raise WrongSettingError(
                f"{self.name} is “{raw[:60]}”, but should hold {self.holds}."
                if "SECRET" not in self.name
                else f"{self.name} should hold {self.holds}."
            ) from None


def _mode(raw: str) -> str:
    if raw not in MODES:
        raise ValueError(raw)
    return raw


def _secret(raw: str) -> str:
    if len(raw) < 40:
        raise ValueError(raw)
    return raw


def _whole_number(raw: str) -> int:
    number = int(raw)
    if number < 1:
        raise ValueError(raw)
    return number


def _words(raw: str) -> list[str]:
    words = [word.strip() for word in raw.split(",") if word.strip()]
    if not words:
        raise ValueError(raw)
    return words


def _origin(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise ValueError(raw)
    return raw.rstrip("/")


def _folder(raw: str) -> Path:
    return Path(raw).expanduser().resolve()


def _database(raw: str) -> dict[str, Any]:
    parts = urlsplit(raw)
    if parts.scheme == "sqlite":
        return _sqlite(raw.removeprefix("sqlite:///"))
    if parts.scheme in ("postgres", "postgresql") and parts.path.strip("/"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ValueError(raw)


def _sqlite(path: str) -> dict[str, Any]:
    if not path:
        raise ValueError(path)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path if path.startswith(("/", ":")) else str(ROOT / path),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            " PRAGMA mmap_size=268435456; PRAGMA cache_size=-16000;",
        },
    }


def _mail(raw: str) -> dict[str, Any]:
    if raw == "console":
        return {}
    parts = urlsplit(raw)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError(raw)
    return {
        "host": parts.hostname,
        "port": parts.port or (465 if parts.scheme == "smtps" else 587),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "ssl": parts.scheme == "smtps",
    }


SETTINGS = (
    Setting("HALSONAV_MODE", "one of demo, test and production", _mode, "production"),
    Setting(
        "HALSONAV_SECRET_KEY",
        "at least 40 random characters that nobody else has",
        _secret,
        demo_default=DEMO_SECRET,
    ),
    Setting(
        "HALSONAV_DATABASE",
        "an address like sqlite:///var/halsonav.sqlite3"
        " or postgresql://user:password@host:5432/halsonav",
        _database,
        demo_default="sqlite:///var/demo.sqlite3",
    ),
    Setting(
        "HALSONAV_ORIGIN",
        "the site's own address, like https://halsa.exempel.se",
        _origin,
        demo_default="http://127.0.0.1:8000",
    ),
    Setting(
        "HALSONAV_HOSTS",
        "the host names that the site answers to, with commas between",
        _words,
        demo_default="127.0.0.1,localhost,[::1],testserver",
    ),
    Setting("HALSONAV_DATA", "a folder that the system may write in", _folder, str(ROOT / "var")),
    Setting(
        "HALSONAV_MAIL",
        "console, or an address like smtp://user:password@mail.exempel.se:587",
        _mail,
        demo_default="console",
    ),
    Setting(
        "HALSONAV_SENDER",
        "the e-mail address that messages come from",
        str,
        demo_default="halsonav@exempel.se",
    ),
    Setting("HALSONAV_WORKERS", "a whole number of web processes from 1", _whole_number, "2"),
)


def read(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Return every setting by its name without the prefix, in lower case.

    Raises `WrongSettingError` on the first that is missing or wrong.
    """
    mode = SETTINGS[0].value(environment, "production")
    return {
        setting.name.removeprefix("HALSONAV_").lower(): setting.value(environment, mode)
        for setting in SETTINGS
    }
