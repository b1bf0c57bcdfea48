"""Encrypts what is kept anew, with the secret that holds now, when the secret was changed."""

from collections.abc import Iterator
from typing import Any, Final

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models, transaction

from halsonav.people import journal
from halsonav.people.encryption import EncryptedText
from halsonav.people.models import JournalHead

SECRETS: Final = ("secret", "seed")
"""Where allauth keeps what it encrypts, in an app's and in the spare codes' data."""


@transaction.atomic
def encrypt_anew(*, by: journal.Actor) -> int:
    """Encrypt everything anew; return how many rows there were.

    Raises `InvalidToken`, and changes nothing, when something was encrypted with a secret that
    stands neither as the present nor among the earlier ones.
    """
    many = sum(_texts(model, names) for model, names in encrypted_fields()) + _second_steps()
    head, _made = JournalHead.objects.get_or_create(pk=1)
    journal.record(by=by, verb="encrypt_anew", about=head)
    return many


def encrypted_fields() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Yield each model that has encrypted texts, with their names."""
    for model in apps.get_models():
        names = [one.name for one in model._meta.concrete_fields if isinstance(one, EncryptedText)]
        if names:
            yield model, names


def _texts(model: type[models.Model], names: list[str]) -> int:
    filled = models.Q(*(~models.Q(**{name: ""}) for name in names), _connector=models.Q.OR)
    rows = list(model._base_manager.select_for_update().filter(filled).only(*names))
    for row in rows:
        row.save(update_fields=names)
    return len(rows)


def _second_steps() -> int:
    rows = list(Authenticator.objects.select_for_update().exclude(type="webauthn"))
    for row in rows:
        row.data = {name: _anew(name, value) for name, value in row.data.items()}
        row.save(update_fields=["data"])
    return len(rows)


def _anew(name: str, value: Any) -> Any:
    adapter = get_adapter()
    return adapter.encrypt(adapter.decrypt(value)) if name in SECRETS else value
