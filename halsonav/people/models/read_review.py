"""Readings that were drawn at random, to be looked at by who answers for the place."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from halsonav.people.models.centre import Centre
from halsonav.people.models.organisation import Organisation
from halsonav.people.models.reader import Reader
from halsonav.people.models.user import User, scope_of
from halsonav.people.permissions import Permission


class Verdict(models.TextChoices):
    """What somebody said of a reading."""

    WAITING = "", _("inte granskad")
    OK = "ok", _("hör till arbetet")
    ASK = "ask", _("att fråga om")


class AskReason(models.TextChoices):
    """Why a reading is asked about."""

    UNCLEAR = "unclear", _("Jag förstår inte varför")
    NOT_THEIRS = "not_theirs", _("Det hör inte till läsarens arbete")
    TIME = "time", _("Tiden är ovanlig")
    MANY = "many", _("Det är ovanligt många")


class ReadReviewQuerySet(models.QuerySet["ReadReview"]):
    """Lists of reviews."""

    def visible_to(self, user: Reader) -> Self:
        """Return those of places where the user may read the journal."""
        scope = scope_of(user, Permission.READ_JOURNAL)
        return self.filter(scope.holds(centre="centre", organisation="organisation"))

    def waiting_for(self, user: Reader) -> Self:
        """Return those with a line that this user may and has yet to look at."""
        lines = ReviewedReading.objects.filter(verdict=Verdict.WAITING).exclude(
            reader__in=[user.pk]
        )
        return self.visible_to(user).filter(pk__in=lines.values("review"))


class ReadReview(models.Model):
    """Some of a month's readings at a place; without a place, of the whole installation's."""

    month = models.DateField("månad")
    centre = models.ForeignKey(
        Centre,
        models.CASCADE,
        verbose_name="verksamhet",
        null=True,
        blank=True,
        related_name="read_reviews",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        verbose_name="organisation",
        null=True,
        blank=True,
        related_name="read_reviews",
    )
    drawn_at = models.DateTimeField("lottad")

    objects = ReadReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "granskning av visningar"
        verbose_name_plural = "granskningar av visningar"
        constraints = [
            models.CheckConstraint(
                condition=Q(centre=None) | Q(organisation=None),
                name="read_review_is_not_both_of_a_centre_and_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["month", "centre"], name="read_review_of_a_centre_is_drawn_once"
            ),
            models.UniqueConstraint(
                fields=["month", "organisation"], name="read_review_of_organisation_is_drawn_once"
            ),
            models.UniqueConstraint(
                fields=["month"],
                condition=Q(centre=None, organisation=None),
                name="read_review_of_everything_is_drawn_once",
            ),
        ]

    @property
    def place(self) -> Centre | Organisation | None:
        """Return the place; None is the whole installation."""
        return self.centre or self.organisation


class ReviewedReadingQuerySet(models.QuerySet["ReviewedReading"]):
    """Lists of drawn readings."""

    def visible_to(self, user: Reader) -> Self:
        """Return those of the reviews that the user may see."""
        return self.filter(review__in=ReadReview.objects.visible_to(user).values("pk"))


class ReviewedReading(models.Model):
    """A line of the journal that was drawn, who read then, and what was said of it by whom.

    `entry` is the line's number and `reader` the reader's id; neither is a foreign key, as in the
    journal itself.
    """

    review = models.ForeignKey(
        ReadReview, models.CASCADE, verbose_name="granskning", related_name="lines"
    )
    entry = models.PositiveBigIntegerField("journalpostens nummer")
    reader = models.BigIntegerField("läsare")
    verdict = models.CharField(
        "omdöme", max_length=10, choices=Verdict, blank=True, default=Verdict.WAITING
    )
    reason = models.CharField("skäl", max_length=20, choices=AskReason, blank=True, default="")
    reviewer = models.ForeignKey(
        User,
        models.SET_NULL,
        verbose_name="granskad av",
        null=True,
        blank=True,
        related_name="readings_reviewed",
    )
    reviewed_at = models.DateTimeField("granskad", null=True, blank=True)

    objects = ReviewedReadingQuerySet.as_manager()

    class Meta:
        verbose_name = "granskad visning"
        verbose_name_plural = "granskade visningar"
        constraints = [
            models.UniqueConstraint(
                fields=["review", "entry"], name="reviewed_reading_is_drawn_once"
            ),
            models.CheckConstraint(
                condition=~Q(reviewer=F("reader")), name="nobody_reviews_their_own_reading"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="reviewed_reading_verdict_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(verdict=Verdict.ASK) & ~Q(reason=""))
                | (~Q(verdict=Verdict.ASK) & Q(reason="")),
                name="reviewed_reading_is_asked_about_for_a_reason",
            ),
        ]
