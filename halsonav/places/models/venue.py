"""Venues: where things are held, how to get there and what it is like to come in."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halsonav.people.models import Organisation, Reader
from halsonav.people.models.validators import by_language
from halsonav.places.models.area import Area, position_is_on_earth


class VenueKind(models.TextChoices):
    """What a venue is."""

    LIBRARY = "library", _("bibliotek")
    HEALTH_CARE_CENTRE = "health_care_centre", _("vårdcentral")
    MEETING_PLACE = "meeting_place", _("mötesplats")
    PARK = "park", _("park eller natur")
    SPORTS = "sports", _("idrottsplats")
    YOUTH_CLINIC = "youth_clinic", _("ungdomsmottagning")
    SCHOOL = "school", _("skola")
    CHURCH = "church", _("kyrka")
    HOME_OF_ASSOCIATION = "home_of_association", _("föreningslokal")
    ONLINE = "online", _("på nätet")
    OTHER = "other", _("annan plats")


class VenueFactKind(models.TextChoices):
    """What a visitor may need to know before coming."""

    STEP_FREE = "step_free", _("inga trappsteg in")
    WHEELCHAIR = "wheelchair", _("plats för rullstol")
    ACCESSIBLE_TOILET = "accessible_toilet", _("tillgänglig toalett")
    HEARING_LOOP = "hearing_loop", _("hörslinga")
    LIFT = "lift", _("hiss")
    CHANGING_TABLE = "changing_table", _("skötbord")
    BENCHES = "benches", _("bänkar att vila på")
    QUIET_ROOM = "quiet_room", _("tyst rum")
    PRAM = "pram", _("plats för barnvagn")
    GUIDE_DOG = "guide_dog", _("ledarhund är välkommen")
    PARKING = "parking", _("parkering för rörelsehindrade")


class VenueQuerySet(models.QuerySet["Venue"]):
    """Lists of venues. They are public."""

    def visible_to(self, user: Reader) -> Self:
        """Return what the user may read: all of them."""
        return self.all()


class Venue(models.Model):
    """A place with an address and a position in degrees (WGS 84), both or neither.

    `directions` (how to find the entrance) and `transport` are texts by language.
    `folded_names` is its names in every language as the search compares them; the actions write it.
    """

    slug = models.SlugField("adressnamn", max_length=80, unique=True)
    name = models.CharField("namn", max_length=200)
    names = models.JSONField(
        "namn på andra språk", default=dict, blank=True, validators=[by_language]
    )
    folded_names = models.TextField("sökbara namn", editable=False)
    kind = models.CharField("slag", max_length=30, choices=VenueKind)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="område", related_name="venues")
    address = models.CharField("gatuadress", max_length=200, blank=True, default="")
    postcode = models.CharField("postnummer", max_length=5, blank=True, default="")
    lat = models.FloatField("latitud", null=True, blank=True)
    lon = models.FloatField("longitud", null=True, blank=True)
    directions = models.JSONField("hitta in", default=dict, blank=True, validators=[by_language])
    transport = models.JSONField("ta sig hit", default=dict, blank=True, validators=[by_language])
    owner = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name="ägare",
        null=True,
        blank=True,
        related_name="venues",
    )
    owner_hours = models.CharField("tider att låna", max_length=200, blank=True, default="")

    objects = VenueQuerySet.as_manager()

    class Meta:
        verbose_name = "lokal"
        verbose_name_plural = "lokaler"
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug="") & ~Q(name="") & ~Q(folded_names=""),
                name="venue_has_a_slug_and_names",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=VenueKind.values), name="venue_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(postcode="") | Q(postcode__regex=r"^[0-9]{5}\Z"),
                name="venue_postcode_is_five_digits",
            ),
            models.CheckConstraint(
                condition=position_is_on_earth() | Q(lat=None, lon=None),
                name="venue_position_is_on_earth_or_missing",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class VenueFactQuerySet(models.QuerySet["VenueFact"]):
    """Lists of accessibility facts. They are public."""

    def visible_to(self, user: Reader) -> Self:
        """Return what the user may read: all of them."""
        return self.all()


class VenueFact(models.Model):
    """Something that is so at the venue, with a note by language ("Hissen är smal")."""

    venue = models.ForeignKey(Venue, models.CASCADE, verbose_name="lokal", related_name="facts")
    kind = models.CharField("slag", max_length=20, choices=VenueFactKind)
    note = models.JSONField("anmärkning", default=dict, blank=True, validators=[by_language])

    objects = VenueFactQuerySet.as_manager()

    class Meta:
        verbose_name = "uppgift om tillgänglighet"
        verbose_name_plural = "uppgifter om tillgänglighet"
        constraints = [
            models.UniqueConstraint(fields=["venue", "kind"], name="venue_fact_is_told_once"),
            models.CheckConstraint(
                condition=Q(kind__in=VenueFactKind.values), name="venue_fact_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
