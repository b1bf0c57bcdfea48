"""The demo's content is whole: areas with people in them, posts with somebody who holds them."""

from collections import defaultdict
from datetime import UTC, date, datetime
from itertools import product

import pytest
import time_machine

from halsonav.demo import load, reading
from halsonav.people.models import Function, FunctionHolder
from halsonav.places.models import OLDEST, Area, Population, Sex
from halsonav.programme.models import Occurrence

NOW = datetime(2026, 4, 28, 8, 0, tzinfo=UTC)
TODAY = date(2026, 4, 28)
CODES = ("1480R901", "2380R901", "2380R902", "0665R901", "0665R902")


def test_parts_of_a_population_add_up_to_their_whole() -> None:
    for counts in load.populations().values():
        wholes = [one for one in counts if (one.age_from, one.age_to) == (0, OLDEST)]
        assert {(one.year, one.sex) for one in wholes} == set(product((2023, 2024), "TMK"))
        for whole in wholes:
            parts = [one for one in counts if (one.year, one.sex) == (whole.year, whole.sex)]
            assert sum(one.count for one in parts) == 2 * whole.count
        for year in (2023, 2024):
            of_sex = {one.sex: one.count for one in wholes if one.year == year}
            assert of_sex["T"] == of_sex["M"] + of_sex["K"]


def test_every_area_below_the_regions_says_how_many_live_there() -> None:
    areas = [*reading.read("areas")["area"], *reading.read("statistical_areas")["area"]]
    expected = {
        area["slug"]
        for area in areas
        if area["kind"] in ("municipality", "neighbourhood", "regso")
        or area["version"] == "DeSO 2025"
    }
    assert expected <= load.populations().keys()


@pytest.fixture
def loaded(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load the demo without its activities, which other tests look at."""
    monkeypatch.setattr(reading, "activities", list)
    with time_machine.travel(NOW, tick=False):
        load.load()


def _people_in(area: Area) -> int:
    everybody = Population.objects.filter(year=2024, sex=Sex.TOTAL, age_from=0, age_to=OLDEST)
    return everybody.get(area=area).count


def test_statistical_areas_have_codes_that_no_real_area_has(loaded: None) -> None:
    coded = Area.objects.filter(kind__in=("regso", "deso"))
    assert set(coded.filter(kind="regso").values_list("code", flat=True)) == set(CODES)
    assert all(area.code[5:8] >= "901" and "Påhittat" in area.name for area in coded)


def test_two_deso_make_up_a_regso(loaded: None) -> None:
    below = defaultdict(list)
    for deso in Area.objects.filter(kind="deso", version__name="DeSO 2025").select_related(
        "parent"
    ):
        below[deso.parent].append(_people_in(deso))
    assert len(below) == len(CODES)
    for regso, people in below.items():
        assert regso is not None
        assert _people_in(regso) == sum(people)


def test_an_older_division_has_ended(loaded: None) -> None:
    old = Area.objects.get(version__name="DeSO 2018")
    assert old.version.valid_to == date(2024, 12, 31)


def test_posts_are_held_by_the_demos_logins_or_by_roles_in_words(loaded: None) -> None:
    held = FunctionHolder.objects.on(TODAY).select_related("function", "user")
    by_login = {one.user.email: one.function.title for one in held if one.user}
    assert by_login == {
        "chef@exempel.se": "Verksamhetschef",
        "samordnare@exempel.se": "Samordnare",
        "coach@exempel.se": "Hälsocoach",
    }
    assert Function.objects.count() == 10
    assert set(Function.objects.all()) == {one.function for one in held}
    ended = FunctionHolder.objects.exclude(pk__in=held)
    assert [one.described_as for one in ended] == ["tidigare verksamhetschef"]


def test_times_that_are_over_were_held(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """One activity is enough: with what is to come planned, as in all of them."""
    walks = [one for one in reading.activities() if one["slug"] == "mindfulnesspromenad"]
    monkeypatch.setattr(reading, "activities", lambda: walks)
    with time_machine.travel(NOW, tick=False):
        load.load()
    over = Occurrence.objects.filter(ends_at__lte=NOW)
    assert set(over.values_list("status", flat=True)) == {"held"}
    assert not Occurrence.objects.filter(ends_at__gt=NOW, status="held").exists()
