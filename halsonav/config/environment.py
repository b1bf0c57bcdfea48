"""Reads the settings from the environment, typed, and stops loudly on a wrong one.

Each setting is declared once, in `SETTINGS`; `docs/settings.md` is checked against it.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
MODES = ("demo", "test", "production")
DEMO_SECRET = "only-for-the-demo-and-the-tests-never-for-people"  # noqa: S105


class WrongSettingError(SystemExit):
    """A setting is missing or cannot be read; the message names it and says what it should hold."""


@dataclass(frozen=True)
class Setting:
    """One variable: its name, what it should hold in words, and how it is read.

    `secret` says that its value holds a password or a key and is never shown.
    """

    name: str
    holds: str
    read: Callable[[str], Any]
    default: str | None = None
    demo_default: str | None = None
    secret: bool = False

    @property
    def key(self) -> str:
        """Return the name without the prefix, in lower case."""
        return self.name.removeprefix("HALSONAV_").lower()

    def fallback(self, mode: str) -> str | None:
        """Return what holds in the mode when nothing is said; None: something must be said."""
        return self.default if mode == "production" else (self.demo_default or self.default)

    def value(self, environment: Mapping[str, str], mode: str) -> Any:
        """Return the typed value, or stop with one sentence."""
        raw = environment.get(self.name, "").strip() or self.fallback(mode)
        if raw is None:
            raise WrongSettingError(f"{self.name} saknas. Den ska innehålla {self.holds}.")
        try:
            return self.read(raw)
        except ValueError:
            shown = "" if self.secret else f"är ”{raw[:60]}”, men "
            raise WrongSettingError(f"{self.name} {shown}ska innehålla {self.holds}.") from None


def _mode(raw: str) -> str:
    if raw not in MODES:
        raise ValueError(raw)
    return raw


def _secret(raw: str) -> str:
    if len(raw) < 40 or len(set(raw)) < 12:
        raise ValueError(raw)
    return raw


def _earlier_secrets(raw: str) -> list[str]:
    return [_secret(word.strip()) for word in raw.split(",") if word.strip()]


def _whole_number(raw: str) -> int:
    number = int(raw)
    if number < 1:
        raise ValueError(raw)
    return number


def _number_from_nothing(raw: str) -> int:
    return 0 if raw == "0" else _whole_number(raw)


def _words(raw: str) -> list[str]:
    words = [word.strip() for word in raw.split(",") if word.strip()]
    if not words:
        raise ValueError(raw)
    return words


def _hosts(raw: str) -> list[str]:
    hosts = _words(raw)
    if any("*" in host or host.startswith(".") for host in hosts):
        raise ValueError(raw)
    return hosts


def _origin(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise ValueError(raw)
    return raw.rstrip("/")


def _issuer(raw: str) -> str:
    """Return the issuer to the letter: what it signs must name it just so."""
    parts = urlsplit(raw)
    if raw and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query):
        raise ValueError(raw)
    return raw


def _address(raw: str) -> str:
    name, _, domain = raw.rpartition("@")
    if not name or "." not in domain or any(sign.isspace() for sign in raw):
        raise ValueError(raw)
    return raw


def _recipient(raw: str) -> str:
    if raw and not re.fullmatch(r"age1[02-9ac-hj-np-z]{58}", raw):
        raise ValueError(raw)
    return raw


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
            "OPTIONS": _encryption(parts.query),
        }
    raise ValueError(raw)


def _encryption(query: str) -> dict[str, str]:
    """Return how the way to PostgreSQL is guarded, the only thing that may stand after "?"."""
    options = dict(parse_qsl(query, keep_blank_values=True))
    if set(options) - {"sslmode", "sslrootcert"}:
        raise ValueError(query)
    return options


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
    Setting("HALSONAV_MODE", "demo, test eller production", _mode, "production"),
    Setting(
        "HALSONAV_SECRET_KEY",
        "minst 40 slumpade tecken, minst 12 olika, som ingen annan har",
        _secret,
        demo_default=DEMO_SECRET,
        secret=True,
    ),
    Setting(
        "HALSONAV_EARLIER_SECRET_KEYS",
        "de nycklar som gällde förut, med komma emellan, den senaste först",
        _earlier_secrets,
        "",
        secret=True,
    ),
    Setting(
        "HALSONAV_DATABASE",
        "en adress som sqlite:///var/halsonav.sqlite3"
        " eller postgresql://namn:hemligt@dator:5432/halsonav",
        _database,
        demo_default="sqlite:///var/demo.sqlite3",
        secret=True,
    ),
    Setting(
        "HALSONAV_ORIGIN",
        "webbplatsens egen adress, som https://halsa.exempel.se",
        _origin,
        demo_default="http://127.0.0.1:8000",
    ),
    Setting(
        "HALSONAV_HOSTS",
        "de värdnamn som webbplatsen svarar på, med komma emellan, utan * och utan punkt först,"
        " så att ingen kan få in sin egen adress i länkar i brev",
        _hosts,
        demo_default="127.0.0.1,localhost,[::1],testserver",
    ),
    Setting("HALSONAV_DATA", "en mapp som systemet får skriva i", _folder, str(ROOT / "var")),
    Setting(
        "HALSONAV_MAIL",
        "console, eller en adress som smtp://namn:hemligt@post.exempel.se:587",
        _mail,
        demo_default="console",
        secret=True,
    ),
    Setting(
        "HALSONAV_SENDER",
        "den e-postadress som meddelanden kommer från",
        _address,
        demo_default="halsonav@exempel.se",
    ),
    Setting(
        "HALSONAV_PROXIES",
        "antalet egna mellanservrar framför Hälsonav, ett heltal från 0",
        _number_from_nothing,
        "0",
    ),
    Setting(
        "HALSONAV_BACKUP_RECIPIENT",
        "den öppna nyckel som säkerhetskopior krypteras till, age1 och 58 tecken till",
        _recipient,
        "",
    ),
    Setting(
        "HALSONAV_OIDC",
        "utfärdarens adress hos organisationens inloggning, som https://inloggning.exempel.se",
        _issuer,
        "",
    ),
    Setting("HALSONAV_OIDC_CLIENT", "det klient-id som utfärdaren har gett Hälsonav", str, ""),
    Setting("HALSONAV_OIDC_SECRET", "den hemlighet som hör till klient-id", str, "", secret=True),
    Setting("HALSONAV_OIDC_NAME", "vad organisationen heter på knappen", str, ""),
    Setting("HALSONAV_OIDC_GROUPS", "namnet på det anspråk som räknar upp grupper", str, "groups"),
    Setting("HALSONAV_WORKERS", "antalet webbprocesser, ett heltal från 1", _whole_number, "2"),
)


_WITH_OIDC = ("HALSONAV_OIDC_CLIENT", "HALSONAV_OIDC_SECRET", "HALSONAV_OIDC_NAME")


def read(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Return every setting by its name without the prefix, in lower case.

    Raises `WrongSettingError` on the first that is missing or wrong.
    """
    mode = mode_of(environment)
    values = {setting.key: setting.value(environment, mode) for setting in SETTINGS}
    if mode == "production" and values["secret_key"] == DEMO_SECRET:
        raise WrongSettingError(
            "HALSONAV_SECRET_KEY är demons. Den ska innehålla en nyckel som ingen annan har."
        )
    values["oidc"] = _identity_provider(values, mode)
    if mode == "demo" and not environment.get("HALSONAV_DATABASE", "").strip():
        values["database"] = _sqlite(str(values["data"] / "demo.sqlite3"))
    return values


def _identity_provider(values: Mapping[str, Any], mode: str) -> dict[str, str]:
    """Return what is needed to talk with the organisation's sign-in; nothing without one."""
    issuer = values["oidc"]
    if not issuer:
        return {}
    if mode == "production" and not issuer.startswith("https://"):
        raise WrongSettingError("HALSONAV_OIDC ska börja med https://.")
    for setting in SETTINGS:
        if setting.name in _WITH_OIDC and not values[setting.key]:
            raise WrongSettingError(f"{setting.name} saknas. Den ska innehålla {setting.holds}.")
    rest = {name: values[f"oidc_{name}"] for name in ("client", "secret", "name", "groups")}
    return {"issuer": issuer, **rest}


def identity_provider_app(oidc: Mapping[str, str]) -> dict[str, Any]:
    """Return the identity provider as allauth's settings hold it."""
    return {
        "provider_id": oidc["issuer"],
        "name": oidc["name"],
        "client_id": oidc["client"],
        "secret": oidc["secret"],
        "settings": {"server_url": oidc["issuer"]},
    }


def mode_of(environment: Mapping[str, str] = os.environ) -> str:
    """Return the mode; production when nothing is said."""
    return str(SETTINGS[0].value(environment, "production"))


def faults(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Return a sentence for every setting that is missing or wrong, not only the first."""
    try:
        mode = mode_of(environment)
    except WrongSettingError as error:
        return [str(error)]
    found = []
    for setting in SETTINGS:
        try:
            setting.value(environment, mode)
        except WrongSettingError as error:
            found.append(str(error))
    return found or _last_fault(environment)


def _last_fault(environment: Mapping[str, str]) -> list[str]:
    try:
        read(environment)
    except WrongSettingError as error:
        return [str(error)]
    return []


def origins_of(*addresses: str) -> list[str]:
    """Return the origins of addresses, without the empty ones: https://id.exempel.se."""
    parts = [urlsplit(address) for address in addresses if address]
    return [f"{part.scheme}://{part.netloc}" for part in parts]
