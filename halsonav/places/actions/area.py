"""Making areas, telling how many live there, and saying who serves them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from halsonav.people import journal
from halsonav.people.models import Centre
from halsonav.places.map_svg import Ring, middle_of
from halsonav.places.models import (
    OLDEST,
    Area,
    AreaKind,
    AreaVersion,
    Population,
    ServiceArea,
)
from halsonav.places.nearness import folded_names

_BATCH = 1_000


class WrongParentError(ValidationError):
    """An area can only lie in one of a wider kind and not in itself."""


@dataclass(frozen=True)
class PeopleCount:
    """How many: ages are whole years, both included; sex is T (total), M (men) or K (women)."""

    year: int
    age_from: int
    age_to: int
    sex: str
    count: int


@transaction.atomic
def create_area(
    *,
    by: journal.Actor,
    slug: str,
    code: str,
    version: AreaVersion,
    kind: str,
    name: str,
    names: Mapping[str, str] | None = None,
    parent: Area | None = None,
    lat: float | None = None,
    lon: float | None = None,
    shape: Sequence[Ring] | None = None,
) -> Area:
    """Return a new area; without a position it gets the middle of its shape.

    `shape` is rings of (longitude, latitude). Raises `WrongParentError`, or `ValidationError`.
    """
    if shape and lat is None and lon is None:
        lat, lon = middle_of(shape)
    area = Area(
        slug=slug,
        code=code,
        version=version,
        kind=kind,
        name=name,
        names=dict(names or {}),
        folded_names=folded_names(name, dict(names or {})),
        parent=parent,
        lat=lat,
        lon=lon,
        shape=[[list(point) for point in ring] for ring in shape] if shape else None,
    )
    area.full_clean()
    _check_parent(area)
    area.save()
    journal.record(by=by, verb="create_area", about=area)
    return area


@transaction.atomic
def set_population(*, by: journal.Actor, area: Area, counts: Iterable[PeopleCount]) -> int:
    """Write an area's population, over what was written of the same; return how many rows.

    Raises `ValidationError` for ages, years or numbers that cannot be, or that come twice.
    """
    rows = [Population(area=area, **asdict(count)) for count in counts]
    for row in rows:
        row.full_clean(exclude=["area"], validate_unique=False, validate_constraints=False)
        _check_ages(row)
    _check_once(rows)
    Population.objects.bulk_create(
        rows,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["area", "year", "age_from", "age_to", "sex"],
        update_fields=["count"],
    )
    journal.record(by=by, verb="set_population", about=area, fields=["population"])
    return len(rows)


@transaction.atomic
def serve_area(*, by: journal.Actor, centre: Centre, area: Area) -> ServiceArea:
    """Say that the centre serves the area; said twice it is still said once."""
    served, new = ServiceArea.objects.get_or_create(centre=centre, area=area)
    if new:
        journal.record(by=by, verb="serve_area", about=served)
    return served


def _check_parent(area: Area) -> None:
    if area.parent and not AreaKind(area.parent.kind).is_wider_than(AreaKind(area.kind)):
        raise WrongParentError({"parent": _("Ett område kan bara ligga i ett större slag.")})


def _check_ages(row: Population) -> None:
    if not row.age_from <= row.age_to <= OLDEST:
        raise ValidationError({"age_to": _("Åldrarna står inte i ordning.")})


def _check_once(rows: list[Population]) -> None:
    if len({(row.year, row.age_from, row.age_to, row.sex) for row in rows}) < len(rows):
        raise ValidationError(_("Samma grupp står två gånger."))
