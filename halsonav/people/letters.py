"""Letters to people about their accounts: short, in their own language, by the outbox."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override


def send_letter(name: str, *, to: str, language: str, **words: Any) -> None:
    """Send the letter `name` in the transaction that is open; what is rolled back is never sent.

    Its subject and its text are `people/letters/<name>_subject.txt` and `<name>.txt`.
    """
    with override(language):
        subject = render_to_string(f"people/letters/{name}_subject.txt", words)
        text = render_to_string(f"people/letters/{name}.txt", words)
        send_mail(" ".join(subject.split()), text.strip() + "\n", None, [to])


def own_address(view: str, language: str, **parts: str) -> str:
    """Return a link to our own address in a language, whatever host was asked."""
    with override(language):
        return f"{settings.ORIGIN}{reverse(view, kwargs=parts)}"
