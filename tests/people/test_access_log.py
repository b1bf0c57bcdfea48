"""The log in words: who reads which lines, how they are searched, and that looking is a reading."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from halsonav.people import journal, journal_words
from halsonav.people.actions import close_account, give_role
from halsonav.people.models import Centre, JournalEntry, Role, User
from tests.factories.people import RoleAssignmentFactory, UserFactory, user_with
from tests.house.floors import ROOT
from tests.people.asking import NASTY, readings, refused_lines, shown_in, signed_in

pytestmark = pytest.mark.django_db
LOG = "/arbete/installningar/logg/"
OWN = "/arbete/installningar/konto/visningar/"


def read(by: User, *people: User, why: str = "people:person") -> JournalEntry:
    with transaction.atomic():
        line = journal.record_reading(
            by=by, people=list(people), fields=["display_name", "email"], why=why
        )
    assert line
    return line


def lines(client: Client, query: dict[str, str] | None = None) -> list[str]:
    answer = client.get(LOG, query or {})
    assert answer.status_code == 200
    return [f"{one.who} {one.did}: {', '.join(one.whom)}" for one in answer.context["log"].lines]


def test_a_line_says_who_saw_whom_when_and_why(
    operator: User, manager: User, coordinator: User
) -> None:
    line = read(manager, coordinator, why="help")
    page = signed_in(operator).get(LOG).text
    for words in (
        "Verksamhetschefen", "(verksamhetschef)", "öppnade skyddade uppgifter", "Samordnaren",
        "Skäl: Personen har bett mig om hjälp med kontot", "namn", "e-post",
        timezone.localtime(line.at).strftime("kl. %H.%M"),
    ):  # fmt: skip
        assert words in page


def test_a_manager_reads_lines_by_or_about_people_who_are_theirs_alone(
    manager: User, coordinator: User, outsider: User, operator: User, torvalla: Centre, host: User
) -> None:
    read(operator, coordinator)
    read(coordinator, outsider)
    read(outsider, operator)
    read(operator, outsider, host)
    RoleAssignmentFactory.create(user=host, role=Role.HOST, centre=torvalla)
    found = lines(signed_in(manager))
    assert found == [
        "Samordnaren öppnade en persons sida: ",
        "Driftansvarig öppnade en persons sida: Samordnaren",
    ]
    assert len(lines(signed_in(operator))) == 5, "and the manager's look in the log"


def test_who_is_among_many_is_found_and_the_rest_are_not_named(
    manager: User, coordinator: User, outsider: User, operator: User
) -> None:
    read(operator, outsider, coordinator, why="people:people")
    answer = signed_in(manager).get(LOG)
    assert "Samordnaren" in answer.text
    assert "Någon annanstans" not in answer.text
    assert "1 till" in answer.text


def test_a_number_within_a_number_is_somebody_else(manager: User, coordinator: User) -> None:
    other = UserFactory.create(pk=int(f"{coordinator.pk}7"))
    third = UserFactory.create(pk=int(f"9{coordinator.pk}"))
    read(UserFactory.create(), other, third)
    assert lines(signed_in(manager)) == []


def test_others_do_not_read_it(host: User, coordinator: User) -> None:
    for user in (host, coordinator):
        assert signed_in(user).get(LOG).status_code == 403
    assert Client().get(LOG).status_code == 302
    assert signed_in(user_with(Role.OPERATOR)).post(LOG).status_code == 405


def test_looking_is_one_reading_of_who_is_named(
    operator: User, manager: User, coordinator: User
) -> None:
    read(manager, coordinator)
    client = signed_in(operator)
    client.get(LOG)
    client.head(LOG)
    looked = readings(operator)
    assert [shown_in(line) for line in looked] == [{manager.pk, coordinator.pk}] * 2
    assert looked[0].why == "people:log"


def test_an_empty_page_is_no_reading(manager: User) -> None:
    assert "Inget står i loggen" in signed_in(manager).get(LOG).text
    assert not readings()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", [LOG, OWN])
def test_no_line_no_showing(path: str, operator: User, manager: User) -> None:
    read(manager, operator)
    client = signed_in(operator)
    client.raise_request_exception = False
    assert "Verksamhetschefen" in client.get(path).text, "the control"
    with refused_lines():
        answer = client.get(path)
    assert answer.status_code == 500
    assert b"Verksamhetschefen" not in answer.content


def test_it_is_searched_by_who_whom_verb_kind_and_period(
    operator: User, manager: User, coordinator: User, host: User
) -> None:
    read(manager, coordinator)
    read(coordinator, host)
    close_account(by=manager, user=host)
    client = signed_in(operator)
    assert len(lines(client, {"vem": "samordn"})) == 1
    assert len(lines(client, {"om": "Värden", "vem": "samordn"})) == 1
    assert len(lines(client, {"om": str(host.pk)})) >= 2
    assert lines(client, {"vad": "close_account"}) == [
        "Verksamhetschefen stängde ett konto: Värden"
    ]
    assert not any("stängde" in one for one in lines(client, {"slag": "reads"}))
    assert all("stängde" in one for one in lines(client, {"slag": "writes"}))
    before = (timezone.localdate() - timedelta(days=1)).isoformat()
    assert lines(client, {"fran": "2020-01-01", "till": before}) == []
    assert "Skriv dagen som" in client.get(LOG, {"fran": "igår"}).text


def test_a_protected_name_stands_nowhere_and_finds_nothing(
    operator: User, manager: User, coordinator: User
) -> None:
    coordinator.is_protected = True
    coordinator.save()
    read(manager, coordinator)
    read(coordinator, manager)
    for user in (operator, manager):
        page = signed_in(user).get(LOG).text
        assert "Samordnaren" not in page
        assert f"Skyddad person {coordinator.pk}" in page
    client = signed_in(operator)
    for words in ("Samordnaren", coordinator.email):
        assert lines(client, {"om": words}) == lines(client, {"vem": words}) == []


def test_somebody_who_is_gone_is_a_number(operator: User, coordinator: User) -> None:
    person = UserFactory.create()
    read(person, coordinator)
    number = person.pk
    person.delete()
    assert f"Borttagen person {number}" in signed_in(operator).get(LOG).text


def test_older_lines_stand_on_pages_of_fifty(operator: User, coordinator: User) -> None:
    for _ in range(60):
        read(coordinator, operator)
    client = signed_in(operator)
    first = client.get(LOG)
    assert len(first.context["log"].lines) == 50
    older = client.get(f"{LOG}{first.context['older']}")
    assert len(older.context["log"].lines) == 10
    assert "Till de nyaste" in older.text


def test_the_number_of_queries_is_the_same_however_many_lines(
    operator: User, manager: User, coordinator: User, host: User
) -> None:
    give_role(by=manager, user=host, role=Role.COACH, centre=manager.role_assignments.get().centre)
    read(manager, coordinator, host)
    for reader, path in ((operator, LOG), (manager, LOG), (coordinator, OWN)):
        client = signed_in(reader)
        client.get(path)
        few = _queries(client, path)
        for _ in range(10):
            read(manager, coordinator, host)
        assert _queries(client, path) == few


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_strange_questions_are_answered_plainly(operator: User, manager: User) -> None:
    for user in (operator, manager):
        client = signed_in(user)
        for name in ("vem", "om", "vad", "slag", "fran", "till", "fore"):
            for value in (*NASTY, "0001-01-01", "9999-12-31", "9" * 18):
                answer = client.get(LOG, {name: value[:2_000]})
                assert answer.status_code == 200
                assert "<script>alert" not in answer.text


# Who has seen one's own data --------------------------------------------------------------------


def test_one_sees_who_has_seen_ones_own_data_and_nothing_else(
    coordinator: User, manager: User, host: User, operator: User
) -> None:
    read(manager, coordinator)
    read(operator, coordinator, host, why="people:people")
    read(manager, host)
    read(coordinator, host)
    page = signed_in(coordinator).get(OWN)
    assert len(page.context["log"].lines) == 2
    assert "Verksamhetschefen" in page.text
    assert "öppnade en persons sida" in page.text
    assert "Värden" not in page.text, "who else was shown is not told"


def test_looking_at_who_looked_is_a_reading_of_them(coordinator: User, manager: User) -> None:
    read(manager, coordinator)
    client = signed_in(coordinator)
    client.get(OWN)
    client.head(OWN)
    assert [shown_in(line) for line in readings(coordinator)] == [{manager.pk}] * 2
    assert Client().get(OWN).status_code == 302
    assert client.post(OWN).status_code == 405


def test_nobody_has_looked_yet(host: User) -> None:
    assert "Ingen har sett dina uppgifter än" in signed_in(host).get(OWN).text
    assert not readings()


# What a search must not tell ------------------------------------------------------------------


def test_a_name_that_one_may_not_see_finds_no_line(
    manager: User, coordinator: User, outsider: User, operator: User
) -> None:
    User.objects.filter(pk=outsider.pk).update(display_name="Zebulon Utomstående")
    read(operator, coordinator, outsider)
    assert lines(signed_in(operator), {"om": "Zebulon"}), "who may see them finds it"
    client = signed_in(manager)
    assert lines(client, {"om": "Samordnaren"}), "they may read the line"
    for words in ("Zebulon", "Xerxes", outsider.email, str(outsider.pk)):
        assert not lines(client, {"om": words})


def test_a_protected_number_finds_no_line(
    manager: User, coordinator: User, outsider: User, operator: User
) -> None:
    User.objects.filter(pk=outsider.pk).update(is_protected=True)
    read(operator, coordinator, outsider)
    for reader in (manager, operator):
        assert not lines(signed_in(reader), {"om": str(outsider.pk)})


# The words --------------------------------------------------------------------------------------


def test_each_verb_in_the_code_has_words() -> None:
    verbs = set()
    for path in Path(ROOT / "halsonav").rglob("*.py"):
        text = "" if "demo" in path.parts else path.read_text("utf-8")
        verbs |= set(re.findall(r'verb="([\w.]+)"', text))
        if "actions" in path.parts and "programme" in path.parts:
            verbs |= set(re.findall(r'"((?:activity|occurrence)\.\w+)"', text))
    assert len(verbs) > 40
    assert verbs - set(journal_words.verbs()) == set()


def test_each_reading_in_the_code_has_words() -> None:
    why = set()
    for path in Path(ROOT / "halsonav").rglob("*.py"):
        why |= set(re.findall(r'why="(\w+:\w+)"', path.read_text("utf-8")))
    assert len(why) > 5
    assert why - set(journal_words.READINGS) == set()
