"""The journal's rows: what happened, in a chain that shows any change. Written by `people.journal`.

There are no foreign keys and no values about people, so that deletion is never in its way.
"""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat, StrIndex

from halsonav.people.models.reader import Reader
from halsonav.people.models.role import wholly_within
from halsonav.people.models.user import User, scope_of
from halsonav.people.permissions import Permission

HASH_LENGTH = 64
READ = "read"
"""The verb of a line that tells of people's data being shown."""


class ActorKind(models.TextChoices):
    """What did it: a signed-in user, a resident without an account, or the system itself."""

    USER = "user", "användare"
    RESIDENT = "resident", "invånare"
    SYSTEM = "system", "systemet"


class JournalEntryQuerySet(models.QuerySet["JournalEntry"]):
    """Lists of journal entries."""

    def visible_to(self, user: Reader) -> Self:
        """Return the lines by or about people whose every role lies where the user may read.

        Who may read everywhere is given all, what the system and residents did too.
        """
        scope = scope_of(user, Permission.READ_JOURNAL)
        if scope.everywhere:
            return self.all()
        if not scope:
            return self.none()
        theirs = wholly_within(scope)
        marked = Concat(Value(" "), Cast("pk", models.CharField()), Value(" "))
        among = theirs.alias(at=StrIndex(OuterRef("shown"), marked)).filter(at__gt=0)
        alone = theirs.annotate(text=Cast("pk", models.CharField())).values("text")
        about = Q(about_type=User._meta.label_lower, about_id__in=alone)
        return self.filter(Q(actor_id__in=theirs.values("pk")) | about | Exists(among))

    def about(self, thing: models.Model) -> Self:
        """Return what happened to one thing."""
        return self.filter(about_type=thing._meta.label_lower, about_id=str(thing.pk))

    def readings(self) -> Self:
        """Return the lines that tell of people's data being shown."""
        return self.filter(verb=READ)

    def showing(self, person: models.Model) -> Self:
        """Return each time that somebody's data was shown, alone or among others."""
        alone = Q(about_id=str(person.pk)) | Q(shown__contains=f" {person.pk} ")
        return self.readings().filter(alone, about_type=person._meta.label_lower)


class JournalEntry(models.Model):
    """One thing that happened. `fields` names what was changed or shown, never with which values.

    Of a reading, `shown` holds the ids of those who were shown together (" 4 17 "), and `why` the
    page or the reason, as a code.
    """

    number = models.PositiveBigIntegerField("nummer", unique=True)
    at = models.DateTimeField("när")
    actor_id = models.BigIntegerField("vem", null=True)
    actor_kind = models.CharField("slag av aktör", max_length=10, choices=ActorKind)
    verb = models.CharField("vad", max_length=60)
    about_type = models.CharField("slag av sak", max_length=60)
    about_id = models.CharField("sakens id", max_length=60)
    fields = models.JSONField("fält", default=list)
    why = models.CharField("varför", max_length=60, blank=True, default="")
    shown = models.TextField("visade", blank=True, default="")
    address_hash = models.CharField("avsändaradressens hash", max_length=64, blank=True, default="")
    previous_hash = models.CharField("föregående hash", max_length=HASH_LENGTH, blank=True)
    hash = models.CharField("hash", max_length=HASH_LENGTH)

    objects = JournalEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "journalpost"
        verbose_name_plural = "journalposter"
        indexes = [
            models.Index(fields=["about_type", "about_id"], name="journal_by_thing"),
            models.Index(fields=["verb", "at"], name="journal_by_verb_and_time"),
            models.Index(fields=["at"], name="journal_by_time"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="journal_numbers_start_at_one"),
            models.CheckConstraint(
                condition=Q(actor_kind=ActorKind.USER, actor_id__isnull=False)
                | (~Q(actor_kind=ActorKind.USER) & Q(actor_id=None)),
                name="journal_actor_has_an_id_exactly_when_a_user",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.about_type} {self.about_id}"


class JournalHead(models.Model):
    """The end of the chain: the one row that is locked while an entry is written."""

    number = models.PositiveBigIntegerField("nummer", default=0)
    hash = models.CharField("hash", max_length=HASH_LENGTH, blank=True, default="")

    class Meta:
        verbose_name = "journalens slut"
        verbose_name_plural = "journalens slut"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="journal_has_one_head"),
        ]
