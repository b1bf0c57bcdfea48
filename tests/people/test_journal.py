"""The journal is written with what it tells about, cannot be changed, and shows when it was."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from halsonav.people import journal
from halsonav.people.journal import Fault, Head, NotInTransactionError, record, verify
from halsonav.people.models import ActorKind, JournalEntry, JournalHead, Organisation, Role, User
from tests.conftest import unlocked_journal
from tests.factories.people import OrganisationFactory, user_with

pytestmark = pytest.mark.django_db


@contextmanager
def undone() -> Iterator[None]:
    """Do something to the tables and take it back afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def write(number: int, by: User | None = None) -> list[JournalEntry]:
    thing = OrganisationFactory.create()
    return [
        record(by=by, verb="change", about=thing, fields=["name", "kind"]) for _ in range(number)
    ]


def test_an_entry_says_who_what_to_what_and_which_fields(coordinator: User) -> None:
    thing = OrganisationFactory.create()
    entry = record(
        by=coordinator, verb="rename", about=thing, fields={"names", "name"}, address_hash="ab"
    )
    kept = JournalEntry.objects.get(number=entry.number)
    assert (kept.actor_id, kept.actor_kind) == (coordinator.pk, ActorKind.USER)
    assert (kept.verb, kept.about_type, kept.about_id) == (
        "rename",
        "people.organisation",
        str(thing.pk),
    )
    assert (kept.fields, kept.address_hash) == (["name", "names"], "ab")
    assert str(kept) == f"1 rename people.organisation {thing.pk}"
    assert list(JournalEntry.objects.about(thing)) == [kept]


def test_a_reading_says_who_was_shown_what_and_why(
    coordinator: User, teammate: User, outsider: User
) -> None:
    alone = journal.record_reading(by=coordinator, people=[teammate], fields=["email"], why="page")
    together = journal.record_reading(
        by=coordinator, people=[teammate, outsider], fields=["display_name"], why="list"
    )
    assert alone
    assert together
    assert (alone.verb, alone.about_type, alone.about_id) == (
        "read",
        "people.user",
        str(teammate.pk),
    )
    assert (alone.why, alone.shown, alone.fields) == ("page", "", ["email"])
    assert (together.about_id, together.shown) == ("", f" {teammate.pk} {outsider.pk} ")
    assert list(JournalEntry.objects.showing(teammate).order_by("number")) == [alone, together]
    assert list(JournalEntry.objects.showing(outsider)) == [together]
    assert not JournalEntry.objects.showing(coordinator)
    assert journal.verify() is None


def test_nobody_shown_is_nothing_to_write_down(coordinator: User) -> None:
    assert journal.record_reading(by=coordinator, people=[], fields=["email"], why="list") is None
    assert not JournalEntry.objects.exists()


def test_lines_from_before_there_were_reasons_keep_their_hash() -> None:
    entry = JournalEntry(
        number=7, at=datetime(2026, 11, 20, 8, tzinfo=UTC), actor_id=3, actor_kind=ActorKind.USER,
        verb="rename", about_type="people.organisation", about_id="12", fields=["name"],
        previous_hash="ab",
    )  # fmt: skip
    before = "9f3045ad138d6a7dae4669a00ae68b495ac9db119714d9273ef4b576ccd89c48"
    assert journal._hash_of(entry) == before
    entry.why = "asked"
    assert journal._hash_of(entry) != before


def test_residents_and_the_system_leave_no_id(stranger: AnonymousUser) -> None:
    thing = OrganisationFactory.create()
    by_resident = record(by=stranger, verb="change", about=thing)
    by_system = record(by=None, verb="change", about=thing)
    assert (by_resident.actor_id, by_resident.actor_kind) == (None, ActorKind.RESIDENT)
    assert (by_system.actor_id, by_system.actor_kind) == (None, ActorKind.SYSTEM)


def test_entries_are_numbered_and_chained() -> None:
    entries = write(3)
    assert [entry.number for entry in entries] == [1, 2, 3]
    assert [entry.previous_hash for entry in entries] == ["", entries[0].hash, entries[1].hash]
    assert journal.head() == Head(3, entries[2].hash)
    assert verify() is None
    assert verify(journal.head()) is None


def test_an_empty_journal_is_whole() -> None:
    assert journal.head() == Head(0, "")
    assert verify() is None


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused() -> None:
    thing = OrganisationFactory.create()
    with pytest.raises(NotInTransactionError):
        record(by=None, verb="change", about=thing)
    assert not JournalEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_entry_goes_when_its_transaction_is_taken_back() -> None:
    with transaction.atomic():
        first = record(by=None, verb="change", about=OrganisationFactory.create())
    with undone():
        record(by=None, verb="change", about=OrganisationFactory.create())
    assert journal.head() == Head(1, first.hash)
    assert verify() is None


def _write_at_once(writers: int) -> list[type[Exception]]:
    """Let so many threads write one entry each at the same moment; return what went wrong."""
    thing, ready = OrganisationFactory.create(), Barrier(writers, timeout=20)
    wrong: list[type[Exception]] = []

    def write_one() -> None:
        try:
            with transaction.atomic():
                ready.wait()
                record(by=None, verb="change", about=thing)
        except Exception as error:
            wrong.append(type(error))
        finally:
            connection.close()

    threads = [Thread(target=write_one) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def _needs_rows_that_lock() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time: IMMEDIATE transactions wait from the start")


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_moment_wait_for_one_another() -> None:
    _needs_rows_that_lock()
    assert _write_at_once(6) == []
    assert journal.head().number == 6
    assert verify() is None


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_on_the_head_writers_collide(monkeypatch: pytest.MonkeyPatch) -> None:
    _needs_rows_that_lock()
    with transaction.atomic():
        record(by=None, verb="change", about=OrganisationFactory.create())
    all_have_read = Barrier(3, timeout=20)

    def unlocked_head() -> JournalHead:
        row = JournalHead.objects.get()
        all_have_read.wait()
        return row

    monkeypatch.setattr(journal, "_locked_head", unlocked_head)
    assert _write_at_once(3) == [IntegrityError] * 2


def _update() -> None:
    JournalEntry.objects.filter(number=1).update(verb="other")


def _delete() -> None:
    JournalEntry.objects.filter(number=1).delete()


def _truncate() -> None:
    verb = "DELETE FROM" if connection.vendor == "sqlite" else "TRUNCATE"
    with connection.cursor() as cursor:
        cursor.execute(f"{verb} people_journalentry")


@pytest.mark.parametrize("change", [_update, _delete, _truncate])
def test_the_database_refuses_to_change_or_remove_an_entry(change: Callable[[], None]) -> None:
    write(1)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change()
    assert verify() is None
    with undone(), unlocked_journal():  # the negative control: without triggers it would pass
        change()
        assert verify() is not None


def _replace_a_row() -> None:
    _replace("id", "number")


def _replace_a_number_under_a_new_id() -> None:
    _replace("id + 90", "number")


def _replace_two_rows() -> None:
    _replace("id", "number + 1")


def _replace(row: str, number: str) -> None:
    """Write over the second entry, or over its neighbour too, as SQLite's REPLACE does."""
    names = [str(field.column) for field in JournalEntry._meta.fields]
    changed = {"id": row, "number": number, "verb": "'TAMPERED'"}
    values = ", ".join(changed.get(name, f'"{name}"') for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    sql = f"REPLACE INTO people_journalentry ({quoted}) SELECT {values} FROM people_journalentry"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} WHERE number = 2")


@pytest.mark.parametrize(
    "replace_", [_replace_a_row, _replace_a_number_under_a_new_id, _replace_two_rows]
)
def test_an_entry_cannot_be_replaced(replace_: Callable[[], None]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has REPLACE")
    written = [entry.hash for entry in write(3)]
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        replace_()
    assert list(JournalEntry.objects.order_by("number").values_list("hash", flat=True)) == written
    assert not JournalEntry.objects.filter(verb="TAMPERED").exists()
    with undone(), unlocked_journal():  # the negative control
        replace_()
        assert verify() is not None


def _head_down() -> None:
    JournalHead.objects.update(number=1)


def _head_hash() -> None:
    JournalHead.objects.update(hash="0" * 64)


def _head_gone() -> None:
    JournalHead.objects.all().delete()


def _head_emptied() -> None:
    verb = "DELETE FROM" if connection.vendor == "sqlite" else "TRUNCATE"
    with connection.cursor() as cursor:
        cursor.execute(f"{verb} people_journalhead")


def _head_replaced() -> None:
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    over = "" if connection.vendor == "sqlite" else " ON CONFLICT (id) DO UPDATE SET number = 1"
    with connection.cursor() as cursor:
        cursor.execute(f"{verb} INTO people_journalhead (id, number, hash) VALUES (1, 1, ''){over}")


@pytest.mark.parametrize(
    "change", [_head_down, _head_hash, _head_gone, _head_emptied, _head_replaced]
)
def test_the_head_goes_only_onwards(change: Callable[[], None]) -> None:
    write(2)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change()
    assert verify() is None
    with undone(), unlocked_journal():  # the negative control
        change()
        assert verify() is not None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at", "2020-01-01T00:00:00Z"),
        ("actor_id", 99),
        ("verb", "other"),
        ("about_type", "people.user"),
        ("about_id", "99"),
        ("fields", ["kind"]),
        ("why", "other"),
        ("shown", " 9 "),
        ("address_hash", "ff"),
        ("previous_hash", "0" * 64),
        ("hash", "0" * 64),
    ],
)
def test_any_altered_field_shows(field: str, value: object, coordinator: User) -> None:
    write(3, coordinator)
    with unlocked_journal():
        JournalEntry.objects.filter(number=2).update(**{field: value})
    assert verify() == Fault(2, "altered")


def test_an_altered_kind_of_actor_shows() -> None:
    write(2)
    with unlocked_journal():
        JournalEntry.objects.filter(number=1).update(actor_kind=ActorKind.RESIDENT)
    assert verify() == Fault(1, "altered")


def test_a_missing_entry_shows() -> None:
    write(3)
    with unlocked_journal():
        JournalEntry.objects.filter(number=2).delete()
    assert verify() == Fault(2, "missing")


def test_a_journal_that_was_cut_off_shows() -> None:
    write(3)
    with unlocked_journal():
        JournalEntry.objects.filter(number=3).delete()
    assert verify() == Fault(3, "cut off")


def test_cutting_the_head_too_shows_against_a_head_that_was_exported() -> None:
    entries = write(3)
    exported = journal.head()
    with unlocked_journal():
        JournalEntry.objects.filter(number=3).delete()
        JournalHead.objects.update(number=2, hash=entries[1].hash)
    assert verify() is None
    assert verify(exported) == Fault(3, "cut off")


def test_a_journal_written_anew_shows_against_a_head_that_was_exported() -> None:
    write(2)
    exported = journal.head()
    with unlocked_journal():
        JournalEntry.objects.all().delete()
        JournalHead.objects.all().delete()
    write(3)
    assert verify() is None
    assert verify(exported) == Fault(2, "not the known head")
    assert verify(replace(exported, number=9)) == Fault(4, "cut off")


def test_a_changed_head_shows() -> None:
    write(2)
    with unlocked_journal():
        _head_hash()
        assert verify() == Fault(2, "not the head")
        _head_down()
        assert verify() == Fault(2, "not the head")


def test_an_entry_that_was_put_in_afterwards_shows() -> None:
    first = write(1)[0]
    JournalEntry.objects.create(
        number=2,
        at=first.at,
        actor_kind=ActorKind.SYSTEM,
        verb="change",
        about_type="people.organisation",
        about_id="1",
        previous_hash=first.hash,
        hash="0" * 64,
    )
    assert verify() == Fault(2, "altered")


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_change_of_any_text_goes_unseen(data: st.DataObject, db: None) -> None:
    printable = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
    with undone():
        thing = OrganisationFactory.create()
        for _ in range(3):
            record(by=None, verb=data.draw(printable), about=thing, fields=[data.draw(printable)])
        assert verify() is None
        number = data.draw(st.integers(1, 3))
        field = data.draw(st.sampled_from(["verb", "about_id", "address_hash"]))
        old = JournalEntry.objects.values_list(field, flat=True).get(number=number)
        new = data.draw(printable.filter(lambda text: text != old))
        with unlocked_journal():
            JournalEntry.objects.filter(number=number).update(**{field: new})
        assert verify() == Fault(number, "altered")


def test_only_who_may_read_the_journal_everywhere_sees_it(
    operator: User, manager: User, goteborg: Organisation, stranger: AnonymousUser
) -> None:
    write(2)
    assert JournalEntry.objects.visible_to(operator).count() == 2
    assert not JournalEntry.objects.visible_to(manager)
    assert not JournalEntry.objects.visible_to(user_with(Role.OPERATOR, organisation=goteborg))
    assert not JournalEntry.objects.visible_to(stranger)


def test_the_journal_holds_no_foreign_keys() -> None:
    assert not [field for field in JournalEntry._meta.get_fields() if field.is_relation]


@pytest.mark.parametrize(
    ("kind", "actor_id"), [(ActorKind.USER, None), (ActorKind.SYSTEM, 1), (ActorKind.RESIDENT, 1)]
)
def test_an_entry_has_an_actor_id_exactly_when_a_user(kind: str, actor_id: int | None) -> None:
    entry = write(1)[0]
    entry.pk, entry.number = None, 2
    entry.actor_kind, entry.actor_id = kind, actor_id
    with pytest.raises(IntegrityError, match="journal_actor"), transaction.atomic():
        entry.save(force_insert=True)


def test_numbers_start_at_one_and_there_is_one_head() -> None:
    entry = write(1)[0]
    entry.pk, entry.number = None, 0
    with pytest.raises(IntegrityError, match="journal_numbers"), transaction.atomic():
        entry.save(force_insert=True)
    with pytest.raises(IntegrityError, match="journal_has_one_head"), transaction.atomic():
        JournalHead.objects.create(pk=2)
