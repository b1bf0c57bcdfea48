"""Centres: the units that run a programme. They know no area; `places` says who serves where."""

from typing import Self

from django.db import models
from django.db.models import Q

from halsonav.people.models.organisation import Organisation
from halsonav.people.models.reader import Reader
from halsonav.people.models.validators import by_language, language_codes, plain_values


class CentreQuerySet(models.QuerySet["Centre"]):
    """Lists of centres. They are public."""

    def visible_to(self, user: Reader) -> Self:
        """Return what the user may read: all of them."""
        return self.all()


class Centre(models.Model):
    """A unit with staff, languages, a telephone and a look of its own.

    `names`, `tagline`, `phone_hours`, `coach_title` (what its coach is called), `visit` (place,
    street and town), `talk` (the invitation to get in touch) and `about` are texts by language;
    `languages` is a list of codes; `theme` is plain values (a colour, a shape) that `design` turns
    into CSS.
    """

    slug = models.SlugField("adressnamn", max_length=80, unique=True)
    name = models.CharField("namn", max_length=200)
    names = models.JSONField(
        "namn på andra språk", default=dict, blank=True, validators=[by_language]
    )
    tagline = models.JSONField("devis", default=dict, blank=True, validators=[by_language])
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="organisation", related_name="centres"
    )
    languages = models.JSONField("språk", default=list, blank=True, validators=[language_codes])
    phone = models.CharField("telefon", max_length=30, blank=True, default="")
    phone_hours = models.JSONField(
        "telefontider", default=dict, blank=True, validators=[by_language]
    )
    email = models.EmailField("e-post", blank=True, default="")
    coach_title = models.JSONField(
        "coachens titel", default=dict, blank=True, validators=[by_language]
    )
    visit = models.JSONField("besöksadress", default=dict, blank=True, validators=[by_language])
    talk = models.JSONField("inbjudan", default=dict, blank=True, validators=[by_language])
    about = models.JSONField("om oss", default=dict, blank=True, validators=[by_language])
    theme = models.JSONField("tema", default=dict, blank=True, validators=[plain_values])

    objects = CentreQuerySet.as_manager()

    class Meta:
        verbose_name = "verksamhet"
        verbose_name_plural = "verksamheter"
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug="") & ~Q(name=""), name="centre_has_a_slug_and_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name
