"""The record of processing, the privacy page and the extract are made from the same register."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext_lazy

from halsonav.commands import main
from halsonav.people.actions import change_organisation
from halsonav.people.models import Centre, User
from halsonav.people.privacy import register
from halsonav.people.privacy.processing import WHO_WORDS, controllers, groups, processings
from halsonav.people.privacy.register import Entry, Who
from tests.factories.people import CentreFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
PAGE = "/arbete/installningar/behandlingar/"
PUBLIC = "/dina-uppgifter/"


@pytest.fixture(autouse=True)
def swedish_afterwards() -> Iterator[None]:
    """Let no language that an address spoke stay for the next test."""
    yield
    translation.activate("sv")


@pytest.fixture
def new_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put something in the register that nobody has told of anywhere."""
    word = gettext_lazy("Ett kanarieändamål som ingen har skrivit.")
    made = Entry(
        model="people.User",
        fields=("language",),
        who=Who.STAFF,
        called="kanariefåglar",
        purpose=word,
        ground=word,
        seen_by=word,
        until=word,
        person="pk",
        goes_with="people.User",
    )
    monkeypatch.setattr(register, "_entries", [*register._entries, made])


def test_a_new_entry_shows_in_all_that_is_made_from_the_register(
    new_entry: None, manager: User, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    client.force_login(manager)
    record = client.get(PAGE).text
    assert "Kanariefåglar" in record
    assert "Ett kanarieändamål som ingen har skrivit." in record
    assert "Kanariefåglar" in client.get("/arbete/installningar/uppgifter/").text
    assert "Kanariefåglar" in client.get(PUBLIC).text
    assert main(["record-of-processing"]) == 0
    assert "## Kanariefåglar" in capsys.readouterr().out


def test_without_it_nothing_of_it_shows(client: Client) -> None:
    assert "Kanariefåglar" not in client.get(PUBLIC).text


def test_the_record_says_of_everything_who_why_how_long_and_by_which_rule() -> None:
    for one in processings():
        for said in (one.purpose, one.ground, one.seen_by, one.until, one.rule):
            assert said.endswith("."), one
        assert one.fields


def test_rules_are_told_in_words() -> None:
    rules = {one.what: one.rule for one in processings()}
    assert "30 dagar" in rules["meddelanden"]
    assert "Två personer ska säga ja." in str([one.rule for one in processings()])
    assert rules["roller"] == "Tas bort tillsammans med: konton."
    assert rules["överlämnade roller"] == "Tas bort tillsammans med: överlämningar."


def test_each_kind_of_people_has_its_part_and_nothing_is_said_twice() -> None:
    for group in groups():
        told = [one.what for one in group.things]
        assert told
        assert len(told) == len(set(told))


def test_who_answers_for_it_is_named(centrum: Centre, manager: User, client: Client) -> None:
    client.force_login(manager)
    assert "Ansvarig: Göteborgs Stad" in client.get(PAGE).text


def test_who_answers_is_the_municipality_and_not_a_part_of_it(centrum: Centre) -> None:
    committee = OrganisationFactory.create(name="Nämnden", parent=centrum.organisation)
    CentreFactory.create(organisation=OrganisationFactory.create(name="Enheten", parent=committee))
    assert [one.name for one in controllers()] == ["Göteborgs Stad"]


def test_how_who_answers_is_reached_is_told_and_asked_for(
    centrum: Centre, manager: User, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    client.force_login(manager)
    asked = "Skriv hur man når er och dataskyddsombudet"
    assert asked in client.get(PAGE).text
    change_organisation(
        by=None,
        organisation=centrum.organisation.top,
        parent=None,
        data_contact="data@kommun.exempel.se",
        officer_contact="ombud@kommun.exempel.se",
    )
    page = client.get(PAGE).text
    assert main(["record-of-processing"]) == 0
    for told in (page, capsys.readouterr().out):
        assert "data@kommun.exempel.se" in told
        assert "ombud@kommun.exempel.se" in told
    assert asked not in page


@pytest.mark.parametrize("entry", register.entries(), ids=lambda one: one.model)
def test_each_part_of_the_article_is_there_for_each_entry(entry: Entry, client: Client) -> None:
    """Article 30.1 b to g; a, the controller, is for all of them and has a test of its own."""
    [told] = [
        one
        for one in processings()
        if (one.what, one.who) == (str(entry.called), str(WHO_WORDS[entry.who]))
    ]
    parts = {
        "b": told.purpose,
        "c": f"{told.who}: {', '.join(told.fields)}.",
        "d": told.recipients,
        "e": told.transfers,
        "f": f"{told.until} {told.rule}",
        "g": told.measures,
    }
    for letter, said in parts.items():
        assert len(said) > 10, letter
        assert said.endswith("."), letter


def test_the_record_is_for_managers_and_who_runs_the_installation(
    coordinator: User, operator: User, client: Client
) -> None:
    assert client.get(PAGE).status_code == 302
    client.force_login(coordinator)
    assert client.get(PAGE).status_code == 403
    client.force_login(operator)
    assert client.get(PAGE).status_code == 200
    assert client.post(PAGE).status_code == 405


@pytest.mark.parametrize(
    ("path", "says"),
    [("/en/your-data/", "You who visit the website"), ("/ar/your-data/", "أنت يا زائر الموقع")],
)
def test_the_public_page_speaks_each_language(path: str, says: str, client: Client) -> None:
    assert says in client.get(path).text
