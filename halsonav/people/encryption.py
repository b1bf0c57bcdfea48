"""What is kept so that who reads the database, or a copy of it, cannot read it.

Keys are made from the installation's secret, one for each purpose; what an earlier secret encrypted
can be opened as long as that stands among the earlier ones.
"""

import base64
import hashlib
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


def box(purpose: str) -> MultiFernet:
    """Return what encrypts for a purpose with the secret, and opens with earlier ones too."""
    return _box(purpose, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=32)
def _box(purpose: str, *secrets: str) -> MultiFernet:
    named = (f"{purpose} {one}".encode() for one in secrets)
    keys = (base64.urlsafe_b64encode(hashlib.sha256(name).digest()) for name in named)
    return MultiFernet([Fernet(key) for key in keys])


class EncryptedText(models.TextField[str, str]):
    """Text that stands encrypted in the database; an empty text stays empty, and can be asked for.

    Reading raises `InvalidToken` for what the installation's secrets did not encrypt, so that
    nobody is ever shown or sent what cannot be opened.
    """

    def get_prep_value(self, value: Any) -> Any:
        """Return what the database keeps."""
        text = super().get_prep_value(value)
        return self._box.encrypt(text.encode()).decode() if text else text

    def from_db_value(self, value: str | None, *about: Any) -> str | None:
        """Return the text."""
        return self._box.decrypt(value.encode()).decode() if value else value

    @property
    def _box(self) -> MultiFernet:
        return box(f"{self.model._meta.label_lower}.{self.name}")
