"""Areas: a tree for each version of a division, from the nation down to RegSO and DeSO."""

from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from halsonav.people.models import Reader, TreeQuerySet
from halsonav.people.models.validators import by_language


class AreaKind(models.TextChoices):
    """What an area is, from the widest to the narrowest."""

    NATION = "nation", _("land")
    REGION = "region", _("region")
    COUNTY_PART = "county_part", _("länsdel")
    MUNICIPALITY = "municipality", _("kommun")
    CITY_DISTRICT = "city_district", _("stadsområde")
    NEIGHBOURHOOD = "neighbourhood", _("delområde")
    REGSO = "regso", _("RegSO")
    DESO = "deso", _("DeSO")

    def is_wider_than(self, other: "AreaKind") -> bool:
        """Say whether an area of this kind may hold one of the other."""
        order = list(AreaKind)
        return order.index(self) < order.index(other)


_OWN_CODE = r"^[0-9]{4}-[a-z0-9-]+\Z"
CODE_PATTERNS: dict[str, str] = {
    AreaKind.NATION: r"^00\Z",
    AreaKind.REGION: r"^[0-9]{2}\Z",
    AreaKind.COUNTY_PART: _OWN_CODE,
    AreaKind.MUNICIPALITY: r"^[0-9]{4}\Z",
    AreaKind.CITY_DISTRICT: _OWN_CODE,
    AreaKind.NEIGHBOURHOOD: _OWN_CODE,
    AreaKind.REGSO: r"^[0-9]{4}R[0-9]{3}\Z",
    AreaKind.DESO: r"^[0-9]{4}[ABC][0-9]{4}\Z",
}


def code_of_kind(kind: str, code: str) -> None:
    """Raise `ValidationError` unless the code is written as codes of the kind are."""
    message = _("Koden ser inte ut som koder för ett sådant område gör.")
    pattern = CODE_PATTERNS.get(kind)
    if pattern is None:
        raise ValidationError({"kind": _("Områdets slag är okänt.")})
    try:
        RegexValidator(pattern, message)(code)
    except ValidationError as error:
        raise ValidationError({"code": error}) from error


def shape(value: object) -> None:
    """Raise `ValidationError` unless the value is rings of [longitude, latitude] pairs.

    A ring has at least three points. More rings are islands or holes.
    """
    if not isinstance(value, list) or not value or not all(map(_is_ring, value)):
        raise ValidationError(_("Formen är en lista med ringar av [longitud, latitud]."))


def _is_ring(ring: object) -> bool:
    return isinstance(ring, list) and len(ring) >= 3 and all(map(_is_point, ring))


def _is_point(point: object) -> bool:
    return (
        isinstance(point, list | tuple)
        and len(point) == 2
        and all(isinstance(part, int | float) for part in point)
        and abs(point[0]) <= 180
        and abs(point[1]) <= 90
    )


def position_is_on_earth() -> Q:
    """Return the condition that a row has both latitude and longitude, within their ranges."""
    return Q(
        lat__isnull=False,
        lon__isnull=False,
        lat__range=(-90, 90),
        lon__range=(-180, 180),
    )


def _code_fits_kind() -> Q:
    fits = Q()
    for kind, pattern in CODE_PATTERNS.items():
        fits |= Q(kind=str(kind), code__regex=pattern)
    return fits


class AreaVersion(models.Model):
    """One edition of a division, like "Kommuner 2025" or "DeSO 2018", valid through a day."""

    name = models.CharField("namn", max_length=80, unique=True)
    valid_from = models.DateField("gäller från och med")
    valid_to = models.DateField("gäller till och med", null=True, blank=True)

    objects = models.Manager["AreaVersion"]()

    class Meta:
        verbose_name = "områdesindelning"
        verbose_name_plural = "områdesindelningar"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="area_version_has_a_name"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="area_version_does_not_end_before_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AreaQuerySet(TreeQuerySet["Area"]):
    """Lists of areas. They are public."""

    def visible_to(self, user: Reader) -> Self:
        """Return what the user may read: all of them."""
        return self.all()

    def within(self, area: "Area") -> Self:
        """Return the area and everything below it."""
        return self.at_or_below([area.pk])

    def ancestors_of(self, area: "Area") -> Self:
        """Return everything above the area, without itself."""
        return self.at_or_above([area.pk]).exclude(pk=area.pk)


class Area(models.Model):
    """A node of the tree. `shape` is rings of [longitude, latitude] in degrees (WGS 84).

    `folded_names` is its names in every language as the search compares them:
    "|goteborg|gothenburg|". The actions write it.
    """

    slug = models.SlugField("adressnamn", max_length=80, unique=True)
    code = models.CharField("kod", max_length=40)
    version = models.ForeignKey(
        AreaVersion, models.PROTECT, verbose_name="områdesindelning", related_name="areas"
    )
    kind = models.CharField("slag", max_length=20, choices=AreaKind)
    name = models.CharField("namn", max_length=120)
    names = models.JSONField(
        "namn på andra språk", default=dict, blank=True, validators=[by_language]
    )
    folded_names = models.TextField("sökbara namn", editable=False)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="ligger i",
        null=True,
        blank=True,
        related_name="children",
    )
    lat = models.FloatField("latitud", null=True, blank=True)
    lon = models.FloatField("longitud", null=True, blank=True)
    shape = models.JSONField("form", null=True, blank=True, validators=[shape])

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = "område"
        verbose_name_plural = "områden"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code"], name="area_code_is_once_in_a_version"
            ),
            models.CheckConstraint(
                condition=~Q(slug="") & ~Q(name="") & ~Q(folded_names=""),
                name="area_has_a_slug_and_names",
            ),
            models.CheckConstraint(
                condition=_code_fits_kind(), name="area_code_is_written_as_its_kind_demands"
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="area_is_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=position_is_on_earth() | Q(lat=None, lon=None),
                name="area_position_is_on_earth_or_missing",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raise `ValidationError` when the code does not fit the kind."""
        code_of_kind(self.kind, self.code)
