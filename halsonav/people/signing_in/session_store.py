"""Where sessions are kept: our table, with the user, the times and the device beside the data.

Django's own store, but for the key and the data: the table holds the key's SHA-256, and the data
encrypted, so that nobody who reads the table, or a copy of it, can take over a sign-in or what
links from letters were opened in it.
"""

import hashlib
from datetime import UTC, datetime
from typing import Any, Final

from cryptography.fernet import InvalidToken
from django.contrib.auth import SESSION_KEY as USER_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from halsonav.people.encryption import box
from halsonav.people.models import Session

STARTED: Final = "_started"
SEEN: Final = "_seen"
DEVICE: Final = "_device"
"""Where the data holds when it began, when it was last used (seconds since 1970), and on what."""

_PURPOSE: Final = "halsonav.people.session"


def hash_of(key: str) -> str:
    """Return what the table holds in the key's place."""
    return hashlib.sha256(key.encode()).hexdigest()


class SessionStore(DatabaseStore):
    """Sessions by the hash of their key."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Return our table."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        row = Session.objects.filter(
            session_key=hash_of(self.session_key or ""), expire_date__gt=timezone.now()
        ).first()
        if row is None:
            self._session_key = None
        return row

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Return the data as the table holds it."""
        plain: str = super().encode(session_dict)
        return box(_PURPOSE).encrypt(plain.encode()).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Return the data; nothing when the installation's secrets do not open it."""
        sealed = session_data.encode() if isinstance(session_data, str) else session_data
        try:
            plain = box(_PURPOSE).decrypt(sealed).decode()
        except InvalidToken:
            return {}
        held: dict[str, Any] = super().decode(plain)
        return held

    def exists(self, session_key: str) -> bool:
        """Say whether there is a session with the key."""
        found: bool = Session.objects.filter(session_key=hash_of(session_key)).exists()
        return found

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row for what the session holds now."""
        return Session(
            session_key=hash_of(self._get_or_create_session_key()),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            user_id=data.get(USER_KEY),
            started_at=_moment(data.get(STARTED)),
            seen_at=_moment(data.get(SEEN)),
            device=data.get(DEVICE, ""),
        )

    def delete(self, session_key: str | None = None) -> None:
        """Take the session away, the one in hand unless told otherwise."""
        key = session_key or self.session_key
        if key:
            Session.objects.filter(session_key=hash_of(key)).delete()


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
