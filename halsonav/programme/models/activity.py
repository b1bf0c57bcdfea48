"""An activity: what is offered, with its texts in the source language."""

from decimal import Decimal
from typing import Any, Self, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from halsonav.people.models import Centre, Organisation, Reader, User, scope_of
from halsonav.people.permissions import Permission
from halsonav.places.models import Venue
from halsonav.programme.models.lists import HELD_IN, check_all_choices
from halsonav.programme.models.theme import Dimension, TargetGroup, Theme


class Kind(models.TextChoices):
    """What sort of activity it is."""

    DROP_IN = "drop_in", _("drop in")
    WALK = "walk", _("promenad")
    COURSE = "course", _("kurs")
    LECTURE = "lecture", _("föreläsning")
    COUNSELLING = "counselling", _("rådgivning")
    CONVERSATION_GROUP = "conversation_group", _("samtalsgrupp")
    EXERCISE = "exercise", _("träning")
    OTHER = "other", _("annat")


class Purpose(models.TextChoices):
    """What a person wants to do: the first open word of the search sentence."""

    MOVE = "move", _("röra på mig")
    MEET = "meet", _("träffa andra")
    LEARN = "learn", _("lära mig något")
    UNWIND = "unwind", _("slappna av")
    TALK = "talk", _("prata med någon")
    CREATE = "create", _("skapa något")


class Level(models.TextChoices):
    """How demanding it is."""

    EASY = "easy", _("lätt nivå")
    MEDIUM = "medium", _("medelnivå")
    HARD = "hard", _("hög nivå")


class RegistrationRule(models.TextChoices):
    """Whether one has to say that one comes."""

    NONE = "none", _("ingen anmälan")
    OPTIONAL = "optional", _("anmäl dig om du vill")
    REQUIRED = "required", _("anmäl dig")


class Need(models.TextChoices):
    """What the activity itself offers so that it works for more people."""

    SIGN_INTERPRETED = "sign_interpreted", _("teckentolkas")
    CAPTIONED = "captioned", _("textas")
    FILMED = "filmed", _("filmas")
    PRAM = "pram", _("barnvagn")
    QUIET = "quiet_room", _("lugnt rum")


class ActivityState(models.TextChoices):
    """Whether the public sees it."""

    DRAFT = "draft", _("utkast")
    PUBLISHED = "published", _("publicerad")
    WITHDRAWN = "withdrawn", _("tillbakadragen")


def _seen_by(user: Reader, activity: str = "") -> Q:
    """Return the condition for what is published, or of the centres where the user edits.

    `activity` is the way to the activity from what is filtered, with "__" after it.
    """
    scope = scope_of(user, Permission.EDIT_ACTIVITY)
    if scope.everywhere:
        return Q()
    published = Q((f"{activity}state", ActivityState.PUBLISHED))
    return published | scope.holds(centre=f"{activity}centre")


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Lists of activities."""

    def visible_to(self, user: Reader) -> "ActivityQuerySet":
        """Return what is published, and all of the centres where the user edits."""
        return self.filter(_seen_by(user))

    def published(self) -> "ActivityQuerySet":
        """Return what the public sees."""
        return self.filter(state=ActivityState.PUBLISHED)


Part = TypeVar("Part", bound=models.Model)


class PartQuerySet(models.QuerySet[Part]):
    """Lists of what belongs to an activity and is seen with it."""

    def visible_to(self, user: Reader) -> Self:
        """Return those of published activities, and all of the centres where the user edits."""
        return self.filter(_seen_by(user, "activity__"))


class Activity(models.Model):
    """Something free that a resident can come to; it has a schedule and occurrences."""

    slug = models.SlugField(unique=True, max_length=80)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="activities")
    state = models.CharField(
        max_length=12, choices=ActivityState.choices, default=ActivityState.DRAFT
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    purposes = models.JSONField(default=list, blank=True)
    dimensions = models.JSONField(default=list, blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="activities")
    groups = models.ManyToManyField(TargetGroup, blank=True, related_name="activities")
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    level = models.CharField(max_length=8, choices=Level.choices, default=Level.EASY)
    languages = models.JSONField(
        default=list, blank=True, help_text="Codes of the languages it is held in."
    )
    registration = models.CharField(
        max_length=8, choices=RegistrationRule.choices, default=RegistrationRule.NONE
    )
    capacity = models.PositiveIntegerField(null=True, blank=True)
    cost = models.DecimalField(
        max_digits=8, decimal_places=0, default=Decimal(0), help_text="Whole kronor; 0 is free."
    )
    needs = models.JSONField(default=list, blank=True)
    outdoors = models.BooleanField(default=False)
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="activities")
    organisers = models.ManyToManyField(Organisation, blank=True, related_name="activities")
    leaders = models.ManyToManyField(User, blank=True, related_name="led_activities")
    confirmed_by = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_on = models.DateField(null=True, blank=True)

    source_language = models.CharField(max_length=8, default="sv")
    title = models.CharField(max_length=140)
    summary = models.TextField(blank=True)
    description = models.TextField(blank=True)
    condition = models.CharField(max_length=80, blank=True)
    meeting_point = models.CharField(max_length=200, blank=True)
    steps = models.JSONField(default=list, blank=True)
    know = models.JSONField(default=list, blank=True, help_text="[{icon, claim, sentence}, …]")
    who = models.TextField(blank=True)
    search_words = models.JSONField(default=list, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "aktivitet"
        verbose_name_plural = "aktiviteter"
        constraints = [
            models.CheckConstraint(
                condition=~Q(title__regex=r"^\s*$"), name="an_activity_has_its_source_title"
            ),
            models.CheckConstraint(
                condition=~Q(source_language=""), name="an_activity_has_a_source_language"
            ),
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
                name="an_activity_has_a_plain_address",
            ),
            models.CheckConstraint(
                condition=Q(age_from__isnull=True)
                | Q(age_to__isnull=True)
                | Q(age_to__gte=F("age_from")),
                name="the_oldest_age_is_not_below_the_youngest",
            ),
            models.CheckConstraint(condition=Q(cost__gte=0), name="a_cost_is_never_negative"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1),
                name="a_capacity_has_room_for_someone",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ActivityState.values), name="an_activity_has_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="an_activity_has_a_known_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Raise `ValidationError` for choices that no list holds."""
        known = {
            "purposes": Purpose.values,
            "dimensions": Dimension.values,
            "languages": HELD_IN,
            "needs": Need.values,
        }
        check_all_choices(self, known)
        if self.source_language not in HELD_IN:
            params = {"value": self.source_language}
            said = ValidationError(_("”%(value)s” finns inte att välja."), params=params)
            raise ValidationError({"source_language": said})

    @property
    def is_public(self) -> bool:
        """Whether everyone may see it."""
        return self.state == ActivityState.PUBLISHED

    def source_texts(self) -> dict[str, Any]:
        """Return the texts in the source language by field name."""
        return {name: getattr(self, name) for name in TEXT_FIELDS}


TEXT_FIELDS = (
    "title",
    "summary",
    "description",
    "condition",
    "meeting_point",
    "steps",
    "know",
    "who",
    "search_words",
)
