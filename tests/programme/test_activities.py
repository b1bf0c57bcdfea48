"""What may be said of an activity, and what is refused with a sentence."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from halsonav.people.models import Centre, JournalEntry
from halsonav.programme.actions.activities import change_activity, create_activity
from halsonav.programme.actions.themes import set_theme
from halsonav.programme.finder.labels import order_of
from halsonav.programme.models import HELD_IN, Activity, Dimension, Kind, Need, Purpose, Theme
from tests.factories.places import VenueFactory
from tests.factories.programme import ActivityFactory

pytestmark = pytest.mark.django_db
LISTS = ("purposes", "dimensions", "languages", "needs")
NO_LISTS: tuple[Any, ...] = ("move", {}, None, "", 7, [["sv"]], [None])


def refused(name: str, value: Any) -> str:
    """Return the sentence that such a change is refused with; nothing of it is kept."""
    activity = ActivityFactory.create()
    before = Activity.objects.values().get()
    with pytest.raises(ValidationError) as caught:
        change_activity(by=None, activity=activity, facts={name: value})
    assert Activity.objects.values().get() == before
    assert not JournalEntry.objects.exists()
    [sentence] = caught.value.message_dict[name]
    return str(sentence)


@pytest.mark.parametrize("name", LISTS)
def test_what_no_list_holds_is_refused_by_name(name: str) -> None:
    assert refused(name, ["klingonska"]) == "”klingonska” finns inte att välja."


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("value", NO_LISTS, ids=repr)
def test_what_is_no_list_of_words_is_refused(name: str, value: Any) -> None:
    assert refused(name, value) == "Skriv valen som en lista."


@pytest.mark.parametrize(
    ("name", "value"),
    [("purposes", "move"), ("dimensions", "social"), ("languages", "sv"), ("needs", "pram")],
)
def test_the_same_choice_twice_is_refused(name: str, value: str) -> None:
    assert refused(name, [value, value]) == "Samma val står två gånger."


def test_a_language_that_is_not_known_is_no_source() -> None:
    assert refused("source_language", "xx") == "”xx” finns inte att välja."


def test_everything_wrong_is_told_at_once() -> None:
    facts = {"purposes": ["x"], "needs": ["y"]}
    with pytest.raises(ValidationError) as caught:
        change_activity(by=None, activity=ActivityFactory.create(), facts=facts)
    assert caught.value.message_dict.keys() == facts.keys()


def test_a_new_activity_is_looked_at_in_the_same_way(centrum: Centre) -> None:
    facts = {"title": "Promenad", "kind": Kind.WALK, "needs": ["lift"]}
    with pytest.raises(ValidationError):
        create_activity(
            by=None, centre=centrum, venue=VenueFactory.create(), slug="promenad", facts=facts
        )
    assert not Activity.objects.exists()


def test_every_choice_that_there_is_can_be_made() -> None:
    facts: dict[str, Any] = {
        "purposes": Purpose.values,
        "dimensions": Dimension.values,
        "languages": sorted(HELD_IN),
        "needs": Need.values,
    }
    change_activity(by=None, activity=ActivityFactory.create(), facts=facts)
    assert Activity.objects.get().languages == sorted(HELD_IN)


def test_each_language_that_can_be_chosen_has_a_name_and_no_other_has() -> None:
    place = order_of("language")
    assert sorted(map(place, HELD_IN)) == list(range(len(HELD_IN)))
    assert place("no-such") == len(HELD_IN)


def test_a_theme_has_dimensions_that_there_are() -> None:
    with pytest.raises(ValidationError, match="finns inte att välja"):
        set_theme(by=None, slug="somn", facts={"dimensions": ["astral"]})
    assert not Theme.objects.exists()
