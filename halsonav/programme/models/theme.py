"""Themes and target groups: what an activity is about and for whom."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halsonav.programme.models.lists import check_all_choices


class Dimension(models.TextChoices):
    """The four dimensions of health, in the order of the petals."""

    PHYSICAL = "physical", _("fysisk")
    PSYCHOLOGICAL = "psychological", _("psykisk")
    SOCIAL = "social", _("social")
    EXISTENTIAL = "existential", _("existentiell")


class Theme(models.Model):
    """A health theme, with the everyday words that people use for it."""

    slug = models.SlugField(unique=True)
    names = models.JSONField(default=dict, help_text="Name by language code.")
    leads = models.JSONField(default=dict, help_text="Two or three sentences by language code.")
    words = models.JSONField(default=dict, help_text="Lists of everyday words by language code.")
    dimensions = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "tema"
        verbose_name_plural = "teman"
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="a_theme_has_an_address"),
        ]

    def __str__(self) -> str:
        return str(self.names.get("sv", self.slug))

    def clean(self) -> None:
        """Raise `ValidationError` for dimensions that there are not."""
        check_all_choices(self, {"dimensions": Dimension.values})


class TargetGroup(models.Model):
    """A group that activities may be meant for."""

    slug = models.SlugField(unique=True)
    names = models.JSONField(default=dict, help_text="Name by language code.")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "målgrupp"
        verbose_name_plural = "målgrupper"
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="a_target_group_has_an_address"),
        ]

    def __str__(self) -> str:
        return str(self.names.get("sv", self.slug))
