"""Somebody without an account asks what is stored of their e-mail address."""

import secrets
from datetime import datetime, timedelta
from typing import Final, Self

from django.db import models
from django.db.models import Q

from halsonav.people.models.invitation import hash_of_token
from halsonav.people.models.reader import Reader

LINK_LASTS: Final = timedelta(hours=24)
"""How long the letter's link opens what is stored; the letter says so in words."""
ERASING_LASTS: Final = timedelta(hours=1)
"""How long the page that was opened may be used to erase it."""


class DataRequestQuerySet(models.QuerySet["DataRequest"]):
    """Lists of requests."""

    def visible_to(self, user: Reader) -> Self:
        """Return nothing: whoever asked comes with a link, nobody else sees that they did."""
        return self.none()

    def unanswered(self) -> Self:
        """Return those that no letter has been written to yet."""
        return self.filter(sent_at=None)

    def to_open(self, token: str, now: datetime) -> Self:
        """Return the one that the link in a letter opens, which it does once."""
        waiting = self.filter(opened_at=None, sent_at__gt=now - LINK_LASTS)
        return waiting.filter(token_hash=hash_of_token(token)) if token else self.none()

    def to_erase(self, token: str, now: datetime) -> Self:
        """Return the one whose page may erase what it shows."""
        opened = self.filter(opened_at__gt=now - ERASING_LASTS)
        return opened.filter(erase_hash=hash_of_token(token)) if token else self.none()


class DataRequest(models.Model):
    """One question, from the form to the page that the letter opens. Links are kept as hashes."""

    address = models.EmailField("adress")
    language = models.CharField("språk", max_length=3, default="sv")
    asked_at = models.DateTimeField("frågat")
    sent_at = models.DateTimeField("skickat", null=True)
    opened_at = models.DateTimeField("öppnat", null=True)
    token_hash = models.CharField("brevets länk", max_length=64, blank=True, default="")
    erase_hash = models.CharField("raderingens länk", max_length=64, blank=True, default="")

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "fråga om sparade uppgifter"
        verbose_name_plural = "frågor om sparade uppgifter"
        constraints = [
            models.CheckConstraint(condition=~Q(address=""), name="data_request_has_an_address"),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(sent_at__isnull=False),
                name="data_request_is_opened_after_it_was_answered",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | ~Q(token_hash=""),
                name="data_request_that_was_answered_has_a_link",
            ),
        ]


def new_token() -> str:
    """Return a token for a link."""
    return secrets.token_urlsafe(32)
