"""Whatever somebody at the database does to the journal, however many times, is found."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from halsonav.people import journal
from halsonav.people.journal import Head, record, record_reading, verify
from halsonav.people.models import ActorKind, JournalEntry, JournalHead, User
from tests.conftest import unlocked_journal
from tests.factories.people import OrganisationFactory
from tests.people.test_journal import undone

pytestmark = pytest.mark.django_db
LINES: Final = 7
TEXTS: Final = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
PLACES: Final = st.integers(1, LINES)
CONTENT: Final = (
    "verb",
    "about_type",
    "about_id",
    "address_hash",
    "why",
    "shown",
    "previous_hash",
    "hash",
)


def _line(number: int) -> Any:
    return JournalEntry.objects.filter(number=number)


def alter(draw: Callable[..., Any]) -> None:
    """Write another text into a column of a line."""
    _line(draw(PLACES)).update(**{draw(st.sampled_from(CONTENT)): draw(TEXTS)})


def alter_fields(draw: Callable[..., Any]) -> None:
    """Say that other fields were shown or changed."""
    _line(draw(PLACES)).update(fields=draw(st.lists(TEXTS, max_size=3)))


def alter_time(draw: Callable[..., Any]) -> None:
    """Move a line in time, by a millionth of a second or by days."""
    moved = timedelta(microseconds=draw(st.integers(-(10**11), 10**11)))
    for line in _line(draw(PLACES)):
        _line(line.number).update(at=line.at + moved)


def alter_actor(draw: Callable[..., Any]) -> None:
    """Say that somebody else did it."""
    who = draw(st.one_of(st.none(), st.integers(1, 2**40)))
    kind = ActorKind.USER if who else draw(st.sampled_from([ActorKind.SYSTEM, ActorKind.RESIDENT]))
    _line(draw(PLACES)).update(actor_id=who, actor_kind=kind)


def delete(draw: Callable[..., Any]) -> None:
    """Take a line away."""
    _line(draw(PLACES)).delete()


def delete_and_close_up(draw: Callable[..., Any]) -> None:
    """Take a line away and number those after it one lower."""
    at = draw(PLACES)
    _line(at).delete()
    for number in range(at + 1, LINES + 3):
        _line(number).update(number=number - 1)


def insert(draw: Callable[..., Any]) -> None:
    """Put a copy of a line in at another place; those from there on move on."""
    for line in _line(draw(PLACES)):
        place = draw(PLACES)
        for number in range(LINES + 3, place - 1, -1):
            _line(number).update(number=number + 1)
        line.pk, line.number = None, place
        line.save(force_insert=True)


def append(draw: Callable[..., Any]) -> None:
    """Put a line at the end that is chained as it should be, and leave the head."""
    for last in JournalEntry.objects.order_by("-number")[:1]:
        previous = last.hash
        last.pk, last.number, last.verb = None, last.number + 1, draw(TEXTS)
        last.previous_hash, last.hash = previous, ""
        last.hash = journal._hash_of(last)
        last.save(force_insert=True)


def swap(draw: Callable[..., Any]) -> None:
    """Let two lines change places."""
    one, other = draw(PLACES), draw(PLACES)
    for a, b in ((one, 10**6), (other, one), (10**6, other)):
        _line(a).update(number=b)


def cut_start(draw: Callable[..., Any]) -> None:
    """Take the first lines away."""
    JournalEntry.objects.filter(number__lt=draw(PLACES)).delete()


def cut_end(draw: Callable[..., Any]) -> None:
    """Take the last lines away, and let the head say that they never were."""
    JournalEntry.objects.filter(number__gt=draw(PLACES)).delete()
    _head_to_the_last()


def write_anew(draw: Callable[..., Any]) -> None:
    """Change a line and reckon every hash from there on anew, the head's too."""
    at = draw(PLACES)
    _line(at).update(verb=draw(TEXTS))
    last = _line(at - 1).values_list("hash", flat=True).first() or ""
    for line in JournalEntry.objects.filter(number__gte=at).order_by("number"):
        line.previous_hash = last
        line.hash = last = journal._hash_of(line)
        line.save(update_fields=["previous_hash", "hash"])
    _head_to_the_last()


def move_head(draw: Callable[..., Any]) -> None:
    """Let the head say something else."""
    JournalHead.objects.update(number=draw(st.integers(0, LINES + 2)))


def take_head(draw: Callable[..., Any]) -> None:
    """Take the head away."""
    JournalHead.objects.all().delete()


def _head_to_the_last() -> None:
    last = JournalEntry.objects.order_by("number").last()
    at = {"number": last.number, "hash": last.hash} if last else {"number": 0, "hash": ""}
    JournalHead.objects.update(**at)


WAYS: Final = (
    alter,
    alter_fields,
    alter_time,
    alter_actor,
    delete,
    delete_and_close_up,
    insert,
    append,
    swap,
    cut_start,
    cut_end,
    write_anew,
    move_head,
    take_head,
)


def a_journal(people: list[User]) -> tuple[Head, Head]:
    """Write a few lines of each kind; return the heads as exported half-way and at the end."""
    thing = OrganisationFactory.create()
    for number in range(1, LINES + 1):
        if number % 3:
            record(by=people[0], verb="change", about=thing, fields=["name"], address_hash="ab")
        else:
            record_reading(by=people[0], people=people, fields=["email"], why="list")
        if number == LINES // 2:
            half = journal.head()
    return half, journal.head()


def as_it_stands() -> list[Any]:
    """Return all that the tables say, but for the rows' own keys."""
    names = [field.name for field in JournalEntry._meta.fields if field.name != "id"]
    lines = [
        tuple(line[name] if name != "fields" else tuple(line[name]) for name in names)
        for line in JournalEntry.objects.order_by("number").values(*names)
    ]
    return [*lines, journal.head()]


def is_found(data: st.DataObject, ways: list[Callable[..., None]], people: list[User]) -> bool:
    """Tamper in these ways; return whether anything changed, which then was found."""
    with undone():
        exported = a_journal(people)
        before = as_it_stands()
        assert verify(*exported) is None
        with unlocked_journal():
            for way in ways:
                with suppress(IntegrityError), transaction.atomic():
                    way(data.draw)
        changed = as_it_stands() != before
        assert (verify(*exported) is not None) == changed
    return changed


def told(most: int) -> settings:
    return settings(
        max_examples=most,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )


@told(100)
@given(data=st.data(), ways=st.lists(st.sampled_from(WAYS), min_size=2, max_size=4))
def test_whatever_was_tampered_with_is_found_and_nothing_else(
    data: st.DataObject, ways: list[Callable[..., None]], manager: User, teammate: User
) -> None:
    is_found(data, ways, [manager, teammate])


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_each_way_changes_and_is_found(
    way: Callable[..., None], manager: User, teammate: User
) -> None:
    changed = []

    @told(10)
    @given(data=st.data())
    def tampered(data: st.DataObject) -> None:
        changed.append(is_found(data, [way], [manager, teammate]))

    tampered()
    assert any(changed)


@pytest.mark.parametrize("column", [*CONTENT, "fields", "at", "actor_id", "actor_kind", "number"])
@pytest.mark.parametrize("place", range(1, LINES + 1))
def test_each_column_of_each_line_is_held_by_the_chain(
    column: str, place: int, manager: User, teammate: User
) -> None:
    exported = a_journal([manager, teammate])
    others = {
        "fields": ["annat"],
        "at": timezone.now() + timedelta(seconds=1),
        "actor_id": 10**6,
        "number": 10**6,
    }
    changed = {column: others.get(column, "annat")}
    if column == "actor_kind":
        changed = {"actor_kind": ActorKind.SYSTEM, "actor_id": None}
    with unlocked_journal():
        assert _line(place).update(**changed)
    assert verify(*exported) is not None
