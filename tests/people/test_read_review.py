"""The monthly look: drawn at random, said by somebody else, kept for a while."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from halsonav.people import journal
from halsonav.people.actions import (
    OwnReadingError,
    ReviewedAlreadyError,
    draw_reviews,
    review_reading,
)
from halsonav.people.models import (
    AskReason,
    Centre,
    JournalEntry,
    Organisation,
    ReadReview,
    ReviewedReading,
    Role,
    User,
    Verdict,
)
from halsonav.people.privacy import register
from tests.factories.people import user_with
from tests.people.asking import NASTY, bare, readings, shown_in, signed_in

pytestmark = pytest.mark.django_db
LIST = "/arbete/installningar/granskning/"
TODAY = date(2026, 12, 1)
NOVEMBER = date(2026, 11, 1)


def read(monkeypatch: pytest.MonkeyPatch, by: User, person: User, at: datetime, times: int) -> None:
    with monkeypatch.context() as patch, transaction.atomic():
        patch.setattr("halsonav.people.journal.timezone.now", lambda: at)
        for _ in range(times):
            journal.record_reading(by=by, people=[person], fields=["email"], why="people:person")


@pytest.fixture
def november(
    manager: User, coordinator: User, outsider: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let people read in November, and some before and after."""
    for month, times in ((10, 3), (11, 30), (12, 2)):
        read(monkeypatch, coordinator, manager, datetime(2026, month, 15, 13, tzinfo=UTC), times)
    read(monkeypatch, manager, coordinator, datetime(2026, 11, 30, 22, 59, tzinfo=UTC), 1)
    read(monkeypatch, manager, coordinator, datetime(2026, 11, 30, 23, 1, tzinfo=UTC), 1)
    read(monkeypatch, outsider, coordinator, datetime(2026, 11, 2, 9, tzinfo=UTC), 4)


def test_last_months_readings_are_drawn_for_each_place_with_a_manager_and_for_all(
    november: None, centrum: Centre, coordinator: User, manager: User
) -> None:
    assert draw_reviews(today=TODAY) == 2
    here = ReadReview.objects.get(centre=centrum)
    assert here.month == NOVEMBER
    assert here.lines.count() == 20
    assert set(here.lines.values_list("reader", flat=True)) <= {coordinator.pk, manager.pk}
    whole = ReadReview.objects.get(centre=None, organisation=None)
    numbers = list(whole.lines.values_list("entry", flat=True))
    assert len(set(numbers)) == 20
    at = JournalEntry.objects.filter(number__in=numbers).values_list("at", flat=True)
    assert {(moment.astimezone(timezone.get_default_timezone()).month) for moment in at} == {11}


def test_it_is_drawn_once_however_often_the_job_runs(november: None) -> None:
    draw_reviews(today=TODAY)
    before = list(ReviewedReading.objects.values_list("entry", flat=True))
    assert draw_reviews(today=TODAY + timedelta(days=3)) == 0
    assert list(ReviewedReading.objects.values_list("entry", flat=True)) == before
    assert JournalEntry.objects.filter(verb="draw_review").count() == 2


def test_the_draw_is_by_chance(november: None, centrum: Centre) -> None:
    seen = set()
    for _ in range(6):
        draw_reviews(today=TODAY)
        lines = ReadReview.objects.get(centre=centrum).lines.order_by("entry")
        seen.add(tuple(lines.values_list("entry", flat=True)))
        ReadReview.objects.all().delete()
    assert len(seen) > 1


def test_an_organisation_with_a_manager_has_its_own_with_all_below(
    november: None, goteborg: Organisation
) -> None:
    user_with(Role.CENTRE_MANAGER, organisation=goteborg)
    draw_reviews(today=TODAY)
    assert ReadReview.objects.get(organisation=goteborg).lines.count() == 20


def test_a_month_without_readings_has_none(manager: User) -> None:
    assert draw_reviews(today=TODAY) == 0


def test_nobody_reviews_their_own_readings(november: None, manager: User, centrum: Centre) -> None:
    draw_reviews(today=TODAY)
    review = ReadReview.objects.get(centre=centrum)
    line = ReviewedReading.objects.create(review=review, entry=10**9, reader=manager.pk)
    with pytest.raises(OwnReadingError):
        review_reading(by=manager, line=line, verdict=Verdict.OK)
    line.reviewer = manager
    with pytest.raises(IntegrityError, match="nobody_reviews"), transaction.atomic():
        line.save()


def test_asking_takes_a_reason(november: None, manager: User, coordinator: User) -> None:
    draw_reviews(today=TODAY)
    line = ReviewedReading.objects.filter(reader=coordinator.pk).first()
    assert line
    with pytest.raises(ValidationError):
        review_reading(by=manager, line=line, verdict=Verdict.ASK)
    review_reading(by=manager, line=line, verdict=Verdict.ASK, reason=AskReason.TIME)
    assert JournalEntry.objects.get(verb="review_reading").why == "time"


def test_what_a_colleague_has_said_stays_as_they_said(
    november: None, manager: User, operator: User, coordinator: User
) -> None:
    draw_reviews(today=TODAY)
    line = ReviewedReading.objects.filter(reader=coordinator.pk)[0]
    held = ReviewedReading.objects.get(pk=line.pk)
    review_reading(by=manager, line=line, verdict=Verdict.ASK, reason=AskReason.TIME)
    with pytest.raises(ReviewedAlreadyError):
        review_reading(by=operator, line=held, verdict=Verdict.OK)
    line.refresh_from_db()
    assert (line.verdict, line.reason, line.reviewer) == ("ask", "time", manager)
    review_reading(by=manager, line=held, verdict=Verdict.OK)
    line.refresh_from_db()
    assert line.verdict == "ok"


# The pages ---------------------------------------------------------------------------------------


@pytest.fixture
def drawn(november: None, centrum: Centre) -> ReadReview:
    draw_reviews(today=TODAY)
    return ReadReview.objects.get(centre=centrum)


def say(line: ReviewedReading) -> str:
    return reverse("people:say_of_reading", args=[line.review_id, line.pk])


def test_what_waits_stands_on_today_until_it_is_done(drawn: ReadReview, manager: User) -> None:
    client = signed_in(manager)
    today = client.get("/arbete/").text
    assert "Visningar att granska" in today
    assert "Samordnaren" not in today
    page = client.get(reverse("people:review", args=[drawn.pk]))
    assert "Samordnaren" in page.text
    assert "visningar väntar på dig" in page.text or "visning väntar på dig" in page.text
    for line in drawn.lines.exclude(reader=manager.pk):
        answer = client.post(say(line), {"verdict": "ok"})
        assert answer.status_code == 302
    assert "Visningar att granska" not in client.get("/arbete/").text
    assert "Klar" in client.get(LIST).text


def test_a_line_is_asked_about_and_then_done(
    drawn: ReadReview, manager: User, coordinator: User
) -> None:
    client = signed_in(manager)
    line = drawn.lines.filter(reader=coordinator.pk)[0]
    answer = client.post(say(line), {"verdict": "ask"}, follow=True)
    assert "Välj varför du vill fråga om visningen." in answer.text
    answer = client.post(say(line), {"verdict": "ask", "reason": "many"}, follow=True)
    assert "Det är ovanligt många" in answer.text
    client.post(say(line), {"verdict": "ok", "reason": "many"})
    line.refresh_from_db()
    assert (line.verdict, line.reason, line.reviewer) == ("ok", "", manager)


def test_a_colleagues_verdict_is_shown_without_a_way_to_change_it(
    drawn: ReadReview, manager: User, coordinator: User, centrum: Centre
) -> None:
    line = drawn.lines.filter(reader=coordinator.pk)[0]
    review_reading(by=manager, line=line, verdict=Verdict.ASK, reason=AskReason.TIME)
    client = signed_in(user_with(Role.CENTRE_MANAGER, centre=centrum))
    assert say(line) not in client.get(reverse("people:review", args=[drawn.pk])).text
    told = client.post(say(line), {"verdict": "ok"}, follow=True).text
    assert "En kollega har redan granskat den här visningen." in told
    assert say(line) in signed_in(manager).get(reverse("people:review", args=[drawn.pk])).text


def test_ones_own_are_refused_and_shown_as_somebody_elses_to_review(
    drawn: ReadReview, manager: User, coordinator: User
) -> None:
    entry = JournalEntry.objects.filter(actor_id=manager.pk).exclude(
        number__in=drawn.lines.values("entry")
    )[0]
    line = ReviewedReading.objects.create(review=drawn, entry=entry.number, reader=manager.pk)
    client = signed_in(manager)
    page = client.get(reverse("people:review", args=[drawn.pk])).text
    assert "Du har själv sett det här." in page
    assert say(line) not in page
    assert client.post(say(line), {"verdict": "ok"}).status_code == 403


def test_the_page_is_one_reading_of_who_is_named(
    drawn: ReadReview, operator: User, manager: User, coordinator: User
) -> None:
    client = signed_in(operator)
    client.get(reverse("people:review", args=[drawn.pk]))
    client.head(reverse("people:review", args=[drawn.pk]))
    looked = readings(operator)
    assert [line.why for line in looked] == ["people:review"] * 2
    assert shown_in(looked[0]) == {manager.pk, coordinator.pk}
    client.get(LIST)
    assert len(readings(operator)) == 2


def test_the_pages_are_for_those_who_read_the_journal_there(
    drawn: ReadReview, host: User, torvalla: Centre, manager: User
) -> None:
    other = user_with(Role.CENTRE_MANAGER, centre=torvalla)
    line = drawn.lines.all()[0]
    theirs, nobodys = (reverse("people:review", args=[pk]) for pk in (drawn.pk, 10**9))
    client = signed_in(other)
    first, second = client.get(theirs), client.get(nobodys)
    assert first.status_code == second.status_code == 404
    assert bare(first, theirs) == bare(second, nobodys)
    assert client.post(say(line), {"verdict": "ok"}).status_code == 404
    for path in (LIST, theirs):
        assert signed_in(host).get(path).status_code == 403
        assert Client().get(path).status_code == 302
        assert signed_in(manager).post(path).status_code == 405
    assert signed_in(host).post(say(line)).status_code == 403
    assert signed_in(manager).get(say(line)).status_code == 405
    assert "Inget att granska" in client.get(LIST).text


def test_bad_input_changes_nothing(drawn: ReadReview, manager: User, coordinator: User) -> None:
    client = signed_in(manager)
    line = drawn.lines.filter(reader=coordinator.pk)[0]
    for value in NASTY:
        assert client.post(say(line), {"verdict": value, "reason": value}).status_code == 302
    line.refresh_from_db()
    assert line.verdict == Verdict.WAITING
    for review, one in ((2**63, 2**63), (2**63, line.pk), (drawn.pk + 1, line.pk)):
        missing = reverse("people:say_of_reading", args=[review, one])
        assert client.post(missing, {"verdict": "ok"}).status_code == 404


def test_old_reviews_are_forgotten_with_their_lines(november: None) -> None:
    draw_reviews(today=TODAY)
    rule = next(one.rule for one in register.entries() if one.model == "people.ReadReview")
    assert rule
    now = timezone.now()
    assert not rule.due(ReadReview, now)
    ReadReview.objects.update(month=timezone.localdate() - timedelta(days=732))
    assert rule.verb(None, rule.due(ReadReview, now)) == 2
    assert not ReviewedReading.objects.exists()
