"""The outbox: what is to be sent to whom, and how it went."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from halsonav.people.encryption import EncryptedText
from halsonav.people.models import Reader, scope_of
from halsonav.people.permissions import Permission


class MessageStatus(models.TextChoices):
    """How far a message has come."""

    QUEUED = "queued", "väntar"
    SENT = "sent", "skickat"
    FAILED = "failed", "kunde inte skickas"


class MessageQuerySet(models.QuerySet["Message"]):
    """Lists of messages."""

    def visible_to(self, user: Reader) -> Self:
        """Return all for those who run the whole installation, none for others."""
        return self.all() if scope_of(user, Permission.RUN_OPERATIONS).everywhere else self.none()

    def due(self, now: datetime) -> Self:
        """Return those that wait and may be tried now."""
        return self.filter(status=MessageStatus.QUEUED, next_attempt_at__lte=now)

    def failed(self) -> Self:
        """Return those that could not be sent."""
        return self.filter(status=MessageStatus.FAILED)


class Message(models.Model):
    """A message to one recipient. Its text is encrypted, and forgotten when it is sent."""

    to = models.EmailField("till")
    subject = models.CharField("ämne", max_length=200)
    text = EncryptedText("text", blank=True)
    html = EncryptedText("text som HTML", blank=True)
    language = models.CharField("språk", max_length=8, default="sv")
    status = models.CharField(
        "läge", max_length=8, choices=MessageStatus.choices, default=MessageStatus.QUEUED
    )
    attempts = models.PositiveSmallIntegerField("försök", default=0)
    next_attempt_at = models.DateTimeField("nästa försök")
    message_id = models.CharField("Message-ID", max_length=200, unique=True)
    created_at = models.DateTimeField("köat")
    sent_at = models.DateTimeField("skickat", null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "meddelande"
        verbose_name_plural = "meddelanden"
        indexes = [models.Index(fields=("status", "next_attempt_at"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=MessageStatus.values), name="message_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status=MessageStatus.SENT, sent_at__isnull=False)
                | (~Q(status=MessageStatus.SENT) & Q(sent_at=None)),
                name="message_is_sent_when_it_has_a_time_of_sending",
            ),
            models.CheckConstraint(
                condition=~Q(status=MessageStatus.SENT) | Q(text="", html=""),
                name="message_text_is_forgotten_when_sent",
            ),
            models.CheckConstraint(
                condition=~Q(to="") & ~Q(message_id=""), name="message_has_a_recipient_and_an_id"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.get_status_display()})"
