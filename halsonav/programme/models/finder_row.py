"""The finder's read model: all that the public list, search, calendar and feeds read.

A *card* is what a reader sees of an activity at a venue in a state, ready-made per language; a
*row* is a time, and points at its card group. Thus a thousand occurrences of a weekly walk share
three cards. Words are kept with what the dictionary says of them.
"""

from django.db import models


class FinderGroup(models.Model):
    """What several occurrences of an activity have in common: venue, status, facet keys."""

    activity_id = models.BigIntegerField(db_index=True)
    facets = models.JSONField(default=list, help_text="Facet keys such as area:annedal.")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)

    class Meta:
        verbose_name = "sökgrupp"
        verbose_name_plural = "sökgrupper"


class FinderCard(models.Model):
    """A group's ready-made row and JSON in a language, with marks where the time goes."""

    group = models.ForeignKey(FinderGroup, on_delete=models.CASCADE, related_name="cards")
    language = models.CharField(max_length=8)
    row = models.TextField()
    week = models.TextField()
    data = models.TextField()

    class Meta:
        verbose_name = "sökkort"
        verbose_name_plural = "sökkort"
        constraints = [
            models.UniqueConstraint(
                fields=("group", "language"), name="a_group_has_one_card_per_language"
            )
        ]


class FinderPage(models.Model):
    """An activity's own page in a language, ready-made but for its times."""

    activity_id = models.BigIntegerField()
    slug = models.CharField(max_length=80)
    language = models.CharField(max_length=8)
    parts = models.TextField(help_text="JSON: HTML and plain values by name.")

    class Meta:
        verbose_name = "söksida"
        verbose_name_plural = "söksidor"
        constraints = [
            models.UniqueConstraint(
                fields=("slug", "language"), name="an_activity_has_one_page_per_language"
            )
        ]


class FinderRow(models.Model):
    """A time that can be found; the key is the occurrence's."""

    occurrence_id = models.BigIntegerField(primary_key=True)
    activity_id = models.BigIntegerField(db_index=True)
    group_id = models.BigIntegerField()
    start = models.BigIntegerField(help_text="Minutes since 1970 UTC.")
    minutes = models.PositiveIntegerField()
    local = models.BigIntegerField(help_text="Minutes since 1970 on Sweden's clocks.")

    class Meta:
        verbose_name = "sökrad"
        verbose_name_plural = "sökrader"
        indexes = [models.Index(fields=("start",))]


class FinderText(models.Model):
    """An activity's words in a language, each with its weight."""

    activity_id = models.BigIntegerField()
    language = models.CharField(max_length=8)
    words = models.JSONField(default=dict, help_text="Weight by word.")
    editors = models.JSONField(default=dict, help_text="Weight by word that editors added.")

    class Meta:
        verbose_name = "söktext"
        verbose_name_plural = "söktexter"
        constraints = [
            models.UniqueConstraint(
                fields=("activity_id", "language"), name="an_activity_has_one_text_per_language"
            )
        ]


class FinderWord(models.Model):
    """What the dictionary said of a word, kept so that searching needs no dictionary."""

    language = models.CharField(max_length=8)
    word = models.CharField(max_length=80)
    own = models.JSONField(default=list)
    parts = models.JSONField(default=list)
    forms = models.JSONField(default=list)

    class Meta:
        verbose_name = "sökord"
        verbose_name_plural = "sökord"
        constraints = [
            models.UniqueConstraint(
                fields=("language", "word"), name="a_word_is_known_once_per_language"
            )
        ]


class FinderState(models.Model):
    """One row: the number of the latest change, and a mark that no other state has.

    The mark tells a restored or emptied database from the one that a process has read.
    """

    version = models.BigIntegerField(default=0)
    mark = models.BigIntegerField(default=0)
    written_by = models.CharField(
        max_length=16, default="", help_text="The mark of the code that wrote it all."
    )

    class Meta:
        verbose_name = "sökläge"
        verbose_name_plural = "söklägen"


class FinderChange(models.Model):
    """Which activity a change touched, so that a running process can follow; 0 is all of them."""

    version = models.BigIntegerField(db_index=True)
    activity_id = models.BigIntegerField()
    texts = models.BooleanField(default=True, help_text="Whether its words changed too.")

    class Meta:
        verbose_name = "sökändring"
        verbose_name_plural = "sökändringar"
