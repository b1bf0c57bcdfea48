"""Organisations: a tree from the region and the municipality down to the health-care centre."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from halsonav.people.models.reader import Reader
from halsonav.people.models.tree import TreeQuerySet
from halsonav.people.models.validators import (
    MUNICIPALITY_CODE,
    ORGANISATION_NUMBER,
    by_language,
    municipality_code,
    organisation_number,
)


class OrganisationKind(models.TextChoices):
    """What an organisation is."""

    MUNICIPALITY = "municipality", _("kommun")
    REGION = "region", _("region")
    COMMITTEE = "committee", _("nämnd")
    ADMINISTRATION = "administration", _("förvaltning")
    HEALTH_CARE_CENTRE = "health_care_centre", _("vårdcentral")
    REHAB = "rehab", _("rehabmottagning")
    DENTAL = "dental", _("tandvård")
    ASSOCIATION = "association", _("förening")
    COMPANY = "company", _("företag")
    HOUSING_COMPANY = "housing_company", _("bostadsbolag")
    FAITH_COMMUNITY = "faith_community", _("trossamfund")
    LIBRARY = "library", _("bibliotek")
    UNIVERSITY = "university", _("universitet eller högskola")
    AUTHORITY = "authority", _("myndighet")
    NETWORK = "network", _("nätverk")
    OTHER = "other", _("annan organisation")


class OrganisationQuerySet(TreeQuerySet["Organisation"]):
    """Lists of organisations. They are public."""

    def visible_to(self, user: Reader) -> Self:
        """Return what the user may read: all of them."""
        return self.all()

    def within(self, organisation: "Organisation") -> Self:
        """Return the organisation and everything below it."""
        return self.at_or_below([organisation.pk])

    def ancestors_of(self, organisation: "Organisation") -> Self:
        """Return everything above the organisation, without itself."""
        return self.at_or_above([organisation.pk]).exclude(pk=organisation.pk)


class Organisation(models.Model):
    """A municipality, region, committee, association and so on. `names` holds other languages.

    Who answers for personal data says how they and their data protection officer are reached:
    posts and their addresses, nobody's name.
    """

    slug = models.SlugField("adressnamn", max_length=80, unique=True)
    name = models.CharField("namn", max_length=200)
    names = models.JSONField(
        "namn på andra språk", default=dict, blank=True, validators=[by_language]
    )
    kind = models.CharField("slag", max_length=30, choices=OrganisationKind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="hör till",
        null=True,
        blank=True,
        related_name="children",
    )
    municipality_code = models.CharField(
        "kommunkod", max_length=4, blank=True, default="", validators=[municipality_code]
    )
    organisation_number = models.CharField(
        "organisationsnummer",
        max_length=11,
        blank=True,
        default="",
        validators=[organisation_number],
    )
    data_contact = models.CharField(
        "kontakt om personuppgifter", max_length=200, blank=True, default=""
    )
    officer_contact = models.CharField(
        "kontakt till dataskyddsombudet", max_length=200, blank=True, default=""
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug="") & ~Q(name=""), name="organisation_has_a_slug_and_a_name"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OrganisationKind.values), name="organisation_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="organisation_is_not_its_own_parent",
            ),
            models.CheckConstraint(
                condition=Q(municipality_code="") | Q(municipality_code__regex=MUNICIPALITY_CODE),
                name="organisation_municipality_code_is_four_digits",
            ),
            models.CheckConstraint(
                condition=Q(organisation_number="")
                | Q(organisation_number__regex=ORGANISATION_NUMBER),
                name="organisation_number_is_six_and_four_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def top(self) -> "Organisation":
        """Return who answers for it: the municipality or region that it belongs to."""
        found = self
        while found.parent is not None:
            found = found.parent
        return found
