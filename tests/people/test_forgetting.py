"""What goes at night, what waits for a person, and what is never touched."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import settings as slow
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from halsonav.commands import main
from halsonav.messages.models import Message
from halsonav.people.actions import (
    ClockInDoubtError,
    NotWaitingError,
    SamePersonError,
    close_account,
    forget_what_is_due,
    say_no,
    say_yes,
    trust_clock,
)
from halsonav.people.models import (
    ClockReading,
    ForgettingRun,
    ForgettingState,
    JournalEntry,
    Role,
    User,
)
from halsonav.people.pages import waiting_panel
from halsonav.people.privacy import register
from halsonav.people.privacy.forgetting import is_sudden, preview
from tests.factories.people import UserFactory, user_with

pytestmark = pytest.mark.django_db
PAGE = "/arbete/installningar/gallring/"
MESSAGES = "outbox.message_done"
NUMBERS = count()
ACCOUNTS = "people.closed_account"


def sent(many: int, days: int) -> None:
    """Put messages in the outbox that went so many days ago."""
    at = timezone.now() - timedelta(days=days)
    Message.objects.bulk_create(
        Message(
            to=f"nagon{number}@exempel.se",
            subject="Hemligt",
            status="sent",
            message_id=f"<{next(NUMBERS)}@exempel.se>",
            next_attempt_at=at,
            created_at=at,
            sent_at=at,
        )
        for number in range(many)
    )


def closed(days: int) -> User:
    """Return somebody whose account was closed so many days ago."""
    user = UserFactory.create()
    close_account(by=None, user=user)
    User.objects.filter(pk=user.pk).update(closed_at=timezone.now() - timedelta(days=days))
    return user


@pytest.fixture
def other_operator(db: None) -> User:
    return user_with(Role.OPERATOR, name="En till")


def test_what_is_old_goes_and_what_is_not_stays() -> None:
    sent(3, days=32)
    sent(2, days=29)
    [run] = forget_what_is_due()
    assert (run.rule, run.counted, run.total, run.state) == (MESSAGES, 3, 5, "done")
    assert Message.objects.count() == 2
    entry = JournalEntry.objects.get(verb="forget")
    assert (entry.about_id, entry.why) == (str(run.pk), MESSAGES)
    assert forget_what_is_due() == []


def test_nothing_of_what_was_forgotten_is_written_down() -> None:
    sent(3, days=32)
    forget_what_is_due()
    kept = str(list(ForgettingRun.objects.values())) + str(list(JournalEntry.objects.values()))
    assert "nagon" not in kept
    assert "Hemligt" not in kept


@pytest.mark.parametrize(
    ("counted", "total", "usually", "sudden"),
    [
        (20, 20, 0, False),
        (21, 21, 0, True),
        (21, 100, 0, False),
        (200, 1000, 0, False),
        (201, 1000, 0, True),
        (201, 1000, 100, False),
        (301, 1000, 100, True),
        (90, 100, 90, False),
        (10_000, 100_000, 9_000, False),
    ],
)
def test_what_is_more_than_usual_is_sudden(
    counted: int, total: int, usually: int, sudden: bool
) -> None:
    assert is_sudden(counted, total, usually) is sudden


def test_a_sudden_mass_waits_until_somebody_has_looked(operator: User) -> None:
    sent(60, days=32)
    [run] = forget_what_is_due()
    assert (run.state, run.hold, run.needs) == ("waiting", "sudden", 1)
    assert Message.objects.count() == 60
    assert forget_what_is_due() == [], "it waits already"
    assert say_yes(by=operator, run=run).state == ForgettingState.DONE
    assert Message.objects.count() == 0
    assert set(JournalEntry.objects.values_list("verb", flat=True)) >= {"say_yes", "forget"}


def test_a_no_keeps_everything_and_a_new_proposal_comes(operator: User) -> None:
    sent(60, days=32)
    [run] = forget_what_is_due()
    assert say_no(by=operator, run=run).state == ForgettingState.REFUSED
    assert Message.objects.count() == 60
    with pytest.raises(NotWaitingError):
        say_yes(by=operator, run=run)
    [again] = forget_what_is_due()
    assert again.state == "waiting"


def test_a_yes_is_to_the_rows_that_were_counted_and_no_others(operator: User) -> None:
    sent(60, days=32)
    [run] = forget_what_is_due()
    Message.objects.order_by("pk")[:1].get().delete()
    with pytest.raises(NotWaitingError):
        say_yes(by=operator, run=run)
    assert Message.objects.count() == 59
    [fresh] = forget_what_is_due()
    assert fresh.counted == 59
    run.refresh_from_db()
    assert run.state == ForgettingState.LAPSED


def test_a_closed_account_needs_two_people_and_a_year(operator: User, other_operator: User) -> None:
    young, old = closed(days=360), closed(days=370)
    [run] = forget_what_is_due()
    assert (run.rule, run.counted, run.hold, run.needs) == (ACCOUNTS, 1, "second", 2)
    assert say_yes(by=operator, run=run).state == ForgettingState.WAITING
    with pytest.raises(SamePersonError):
        say_yes(by=operator, run=run)
    assert User.objects.filter(pk=old.pk).exists()
    assert say_yes(by=other_operator, run=run).state == ForgettingState.DONE
    assert not User.objects.filter(pk=old.pk).exists()
    assert User.objects.filter(pk=young.pk).exists()


def test_the_database_refuses_one_person_who_agrees_twice(operator: User) -> None:
    closed(days=370)
    [run] = forget_what_is_due()
    row = ForgettingRun.objects.filter(pk=run.pk)
    for agreed in (
        {"asked_by": operator.pk, "approved_by": operator.pk},
        {"approved_by": operator.pk},
        {},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(state="done", **agreed)


def test_by_a_clock_in_doubt_nothing_goes_until_a_person_trusts_it(operator: User) -> None:
    sent(3, days=32)
    ClockReading.objects.create(pk=1, at=timezone.now() - timedelta(days=400), boot="x", seconds=5)
    [run] = forget_what_is_due()
    assert (run.state, run.hold) == ("waiting", "clock")
    with pytest.raises(ClockInDoubtError):
        say_yes(by=operator, run=run)
    assert Message.objects.count() == 3
    trust_clock(by=operator)
    [done] = forget_what_is_due()
    assert done.state == "done"
    run.refresh_from_db()
    assert run.state == ForgettingState.LAPSED


def test_no_rule_is_left_out_when_the_clock_is_in_doubt() -> None:
    """Negative control: were the doubt not asked, all of it would go."""
    sent(3, days=32)
    assert [one.hold for one in preview(doubt="jumped")] == ["clock"]
    assert [one.hold for one in preview()] == [""]


class Forgetting(RuleBasedStateMachine):
    """Days pass, messages are sent, clocks jump, people answer: nothing goes too early."""

    def __init__(self) -> None:
        super().__init__()
        for model in (Message, ForgettingRun, ClockReading, User):
            model._default_manager.all().delete()
        self.people = [user_with(Role.OPERATOR, name=name) for name in ("Ett", "Två")]
        self.known: dict[int, int] = {}
        self.allowed: set[int] = set()

    @rule(many=st.integers(1, 40), days=st.integers(0, 40))
    def send(self, many: int, days: int) -> None:
        before = set(self.known)
        sent(many, days)
        self.known |= dict.fromkeys(self._there() - before, days)

    @rule()
    def night(self) -> None:
        forget_what_is_due()

    @rule(who=st.integers(0, 1), yes=st.booleans())
    def answer(self, who: int, yes: bool) -> None:
        for run in ForgettingRun.objects.waiting():
            try:
                (say_yes if yes else say_no)(by=self.people[who], run=run)
            except (SamePersonError, NotWaitingError, ClockInDoubtError):
                continue

    @rule(hours=st.integers(-9600, 9600))
    def jump(self, hours: int) -> None:
        ClockReading.objects.filter(pk=1).update(at=timezone.now() - timedelta(hours=hours))

    @rule()
    def trust(self) -> None:
        trust_clock(by=self.people[0])

    def _there(self) -> set[int]:
        return set(Message.objects.values_list("pk", flat=True))

    @invariant()
    def nothing_young_has_gone(self) -> None:
        gone = set(self.known) - self._there()
        assert all(self.known[pk] > 30 for pk in gone)

    @invariant()
    def what_is_done_was_agreed_to(self) -> None:
        for run in ForgettingRun.objects.filter(state=ForgettingState.DONE):
            assert not run.needs or run.approved_by
            assert run.needs < 2 or run.asked_by not in (None, run.approved_by)


class AnyOrder(TestCase):
    def test_whatever_happens_nothing_goes_too_early(self) -> None:
        slowly = slow(max_examples=15, stateful_step_count=12, deadline=None)
        run_state_machine_as_test(Forgetting, settings=slowly)


# The page, the panel and the command -------------------------------------------------------------


def test_the_page_shows_what_goes_what_waits_and_what_went(
    operator: User, other_operator: User, client: Client
) -> None:
    sent(3, days=32)
    forget_what_is_due()
    sent(2, days=33)
    closed(days=370)
    forget_what_is_due()
    sent(1, days=40)
    client.force_login(operator)
    page = client.get(PAGE).text
    assert "Konton: 1" in page
    assert "två personer ska säga ja" in page
    assert "Meddelanden: 1" in page
    assert "Meddelanden: 3" in page
    assert "nagon" not in page
    run = ForgettingRun.objects.waiting().get()
    after = client.post(f"{PAGE}{run.pk}/", {"answer": "yes"}, follow=True).text
    assert "Nu behöver en annan person också säga ja." in after
    assert "Ja, ta bort" not in after
    client.force_login(other_operator)
    after = client.post(f"{PAGE}{run.pk}/", {"answer": "yes"}, follow=True).text
    assert "Det är gallrat." in after


def test_the_clock_can_be_trusted_on_the_page(operator: User, client: Client) -> None:
    ClockReading.objects.create(pk=1, at=timezone.now(), doubt="jumped")
    client.force_login(operator)
    assert "Klockan har hoppat." in client.get(PAGE).text
    client.post(f"{PAGE}klockan/")
    assert ClockReading.objects.get().doubt == ""
    assert "Klockan har hoppat." not in client.get(PAGE).text


def test_the_page_is_for_who_runs_the_installation_alone(
    manager: User, operator: User, client: Client
) -> None:
    client.force_login(manager)
    for path in (PAGE, f"{PAGE}1/", f"{PAGE}klockan/"):
        sends = client.get if path == PAGE else client.post
        assert sends(path).status_code == 403
    client.force_login(operator)
    assert client.post(f"{PAGE}999/", {"answer": "yes"}).status_code == 404
    assert client.post(PAGE).status_code == 405
    assert client.get(f"{PAGE}klockan/").status_code == 405


def test_today_tells_what_waits_to_who_runs_the_installation(operator: User, manager: User) -> None:
    ClockReading.objects.create(pk=1, at=timezone.now() - timedelta(days=9), doubt="silence")
    closed(days=370)
    forget_what_is_due()
    panel = waiting_panel.panel(operator)
    assert panel
    assert [str(row.title) for row in panel.rows] == [
        "Systemet har varit tyst i mer än ett dygn.",
        "1 sak väntar på ett ja",
    ]
    assert waiting_panel.panel(manager) is None


def test_the_command_shows_without_touching_and_then_does(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sent(3, days=32)
    assert main(["forget", "--preview"]) == 0
    assert "meddelanden: 3 av 3" in capsys.readouterr().out
    assert Message.objects.count() == 3
    assert main(["forget"]) == 0
    assert "meddelanden: 3 borttagna" in capsys.readouterr().out
    assert Message.objects.count() == 0
    assert main(["forget", "--preview"]) == 0
    assert "Inget är gammalt nog." in capsys.readouterr().out


def test_a_new_rule_is_followed_without_more_ado(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        replace(one, rule=replace(one.rule, second_person=True))
        if one.rule and one.rule.name == MESSAGES
        else one
        for one in register.entries()
    ]
    monkeypatch.setattr(register, "_entries", found)
    sent(1, days=32)
    [run] = forget_what_is_due()
    assert (run.hold, run.needs) == ("second", 2)
