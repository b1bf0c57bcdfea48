"""Each stored field about a person says what for, by which right, who sees it and until when."""

import pytest
from django.apps import apps
from django.db.models import DateField, Model
from django.utils import timezone
from django.utils.functional import Promise

from halsonav.people.models import User
from halsonav.people.privacy import register
from halsonav.people.privacy.register import Entry, Who

MODELS = [model for model in apps.get_models() if not model._meta.proxy]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_stored_field_is_declared_or_tells_nothing_of_anybody(model: type[Model]) -> None:
    assert register.undeclared(model) == set()


@pytest.mark.parametrize("entry", register.entries(), ids=lambda one: one.model)
def test_an_entry_names_fields_that_there_are_and_says_everything(entry: Entry) -> None:
    stored = {field.name for field in entry.model_class._meta.get_fields()}
    assert set(entry.fields) <= stored
    assert isinstance(entry.called, Promise), "it is translated"
    for said in (entry.purpose, entry.ground, entry.seen_by, entry.until):
        assert isinstance(said, Promise), "it is translated"
        assert str(said).endswith((".", "!"))
    if entry.person and entry.person != "actor_id":
        entry.model_class._default_manager.filter(**{entry.person: 0}).query.sql_with_params()


def test_a_field_that_nobody_has_thought_of_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = [one for one in register.entries() if "email" not in one.fields]
    monkeypatch.setattr(register, "_entries", kept)
    assert "email" in register.undeclared(User)


def test_a_new_field_in_a_model_that_tells_nothing_is_not_excused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only where the whole model was said to tell nothing; field by field the rest is asked for."""
    monkeypatch.setitem(register._nothing, "people.user", frozenset({"language"}))
    monkeypatch.setattr(register, "_entries", [])
    assert register.undeclared(User) == {
        "password", "last_login", "email", "display_name", "is_active", "is_protected",
        "joined_at", "closed_at",
    }  # fmt: skip


def test_staff_residents_and_contacts_are_told_apart() -> None:
    assert {entry.who for entry in register.entries()} == set(Who)


@pytest.mark.parametrize(
    "entry", register.entries(), ids=lambda one: f"{one.model}-{one.fields[0]}"
)
def test_an_entry_tells_the_machine_when_it_goes_or_why_not(entry: Entry) -> None:
    """Words alone delete nothing: a rule, something it goes with, or a reason."""
    said = [bool(entry.rule), bool(entry.goes_with), bool(entry.no_rule)]
    assert sum(said) == 1, "one of the three"
    if entry.rule:
        field = entry.model_class._meta.get_field(entry.rule.since)
        assert isinstance(field, DateField), "a rule counts from a time"
        entry.rule.due(entry.model_class, timezone.now()).query.sql_with_params()
        assert str(entry.rule.reference).endswith(".")
    if entry.goes_with:
        assert entry.person, "what goes with an account says whose it is"
        assert any(one.model == entry.goes_with and one.rule for one in register.entries())


@pytest.mark.parametrize(
    "entry", [one for one in register.entries() if one.person], ids=lambda one: one.model
)
def test_the_person_of_an_entry_is_a_user(entry: Entry) -> None:
    """A lookup that leads to something else would show or erase what is another's."""
    at: type[Model] | None = entry.model_class
    for name in entry.person.split("__"):
        assert at is not None
        field = at._meta.pk if name == "pk" else at._meta.get_field(name)
        at = at if name == "pk" else field.related_model
    assert at is User or (entry.ids_only and at is None)


def test_each_rule_has_a_name_of_its_own() -> None:
    names = [one.rule.name for one in register.entries() if one.rule]
    assert len(names) == len(set(names))


def test_an_entry_with_words_alone_is_found() -> None:
    """Negative control: this is what the test above must not let through."""
    one = Entry("people.User", ("email",), Who.STAFF, "", "", "", "Tills vidare.", person="pk")
    with pytest.raises(AssertionError):
        test_an_entry_tells_the_machine_when_it_goes_or_why_not(one)
