"""What is written to the log: no values about people, and no traces of what others did wrong."""

import json
import logging
import logging.config
import re
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from halsonav.config.logs import LEFT_OUT
from halsonav.people.models import User
from tests.factories.people import UserFactory

STOCKHOLM = ZoneInfo("Europe/Stockholm")
ROW = (
    'null value in column "name" violates not-null constraint\n'
    "DETAIL:  Failing row contains (7, asta@exempel.se,\n\nAsta på Vägen 3, null)."
)


@pytest.fixture
def log() -> Iterator[StringIO]:
    """Give the log as it is written, through the handler and filters that are set."""
    written = StringIO()
    config = settings.LOGGING | {
        "handlers": {"stderr": settings.LOGGING["handlers"]["stderr"] | {"stream": written}}
    }
    before = logging.root.handlers[:], logging.root.level
    logging.config.dictConfig(config)
    yield written
    logging.root.handlers, logging.root.level = before


def lines(log: StringIO) -> list[dict[str, Any]]:
    """Return what was written, a record for each line."""
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_line_says_when_how_bad_who_and_what(log: StringIO) -> None:
    with time_machine.travel(datetime(2027, 3, 28, 3, 30, tzinfo=STOCKHOLM), tick=False):
        logging.getLogger("halsonav.jobs").warning("%s of 7 lines\nand one more", 3)
    assert lines(log) == [
        {
            "at": "2027-03-28T01:30:00.000+00:00",
            "level": "WARNING",
            "from": "halsonav.jobs",
            "says": "3 of 7 lines\nand one more",
        }
    ]


def test_an_error_is_told_by_kind_and_place_never_in_its_words(log: StringIO) -> None:
    try:
        try:
            raise ValueError(ROW)
        except ValueError as error:
            raise DatabaseError(ROW) from error
    except DatabaseError as error:
        logging.getLogger("halsonav").exception("Broken: %s", error)
    (line,) = lines(log)
    assert line["says"] == "Broken: DatabaseError"
    assert [fault["kind"] for fault in line["faults"]] == [
        "django.db.utils.DatabaseError",
        "builtins.ValueError",
    ]
    assert line["faults"][0]["at"][0].startswith("tests/config/test_logs.py:")
    assert not any(word in log.getvalue() for word in ("DETAIL", "asta", "Vägen", "V\\u00e4gen"))


def test_an_error_during_another_is_told_with_it_but_not_when_it_was_put_aside(
    log: StringIO,
) -> None:
    for aside in (False, True):
        try:
            try:
                raise ValueError(ROW)
            except ValueError as first:
                if aside:
                    raise KeyError(ROW) from None
                raise KeyError(ROW) from first
        except KeyError:
            logging.getLogger("halsonav").exception("Broken")
    assert [len(line["faults"]) for line in lines(log)] == [2, 1]


@pytest.mark.parametrize(
    "words",
    [
        "asta.b@exempel.se asked",
        "call +46 70 123 45 67",
        "born 19790101-1234",
        "GET /konto/?token=3-cz1abc-123",
        "key 4f0b9d3a77e2c51a9e0d4f0b9d3a77e2",
        "mail to <asta@exempel.se>: refused",
    ],
)
def test_what_looks_like_somebody_is_left_out_of_our_own_words_too(
    words: str, log: StringIO
) -> None:
    logging.getLogger("halsonav").error("Said: %s", words)
    logging.getLogger("anybody").error(words)
    secrets = re.findall(r"\S*(?:asta|70 123|1979|token|4f0b)\S*", words)
    assert secrets
    for line in lines(log):
        assert LEFT_OUT in line["says"]
        assert not any(secret in line["says"] for secret in secrets)


def test_of_others_messages_only_the_words_in_their_code_are_written(log: StringIO) -> None:
    logging.getLogger("library").error("Bad value for %s", "Asta Bengtsson")
    assert [line["says"] for line in lines(log)] == ["Bad value for %s"]


@pytest.mark.parametrize("words", ["a\r\nb", "\x1b[31mred", "\u2028"])
def test_nobody_writes_a_line_of_their_own(words: str, log: StringIO) -> None:
    logging.getLogger("halsonav").error("Agent: %s", words)
    assert log.getvalue().count("\n") == 1
    assert "\x1b" not in log.getvalue()
    assert "\r" not in log.getvalue()


@pytest.mark.django_db
def test_a_real_refusal_of_the_database_tells_its_shape_and_nothing_of_the_row(
    log: StringIO, coordinator: User
) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        User.objects.filter(pk=coordinator.pk).update(email=None)
    assert connection.vendor == "sqlite" or coordinator.display_name in str(refused.value)
    logging.getLogger("django.request").error("Our fault", exc_info=refused.value)
    (line,) = lines(log)
    assert line["faults"][0]["kind"] == "django.db.utils.IntegrityError"
    if connection.vendor == "postgresql":
        assert line["faults"][1]["column_name"] == "email"
    assert coordinator.display_name not in log.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("status", [400, 403])
def test_an_answer_that_is_no_fault_of_ours_leaves_no_trace(status: int, log: StringIO) -> None:
    client = Client(raise_request_exception=False)
    if status == 400:
        answer = client.get("/", headers={"host": "annan.exempel.se"})
    else:
        client.force_login(UserFactory.create())
        answer = client.get("/arbete/")
    assert answer.status_code == status
    (line,) = lines(log)
    assert "faults" not in line
    if status == 403:
        assert (line["says"], line["route"], line["method"]) == (
            "answered 403", "desk:today", "GET",
        )  # fmt: skip
        assert line["user"] == User.objects.get().pk


@pytest.mark.django_db
def test_a_fault_of_ours_leaves_its_place_and_a_number_that_staff_are_told(
    log: StringIO, monkeypatch: pytest.MonkeyPatch, coordinator: User
) -> None:
    monkeypatch.setattr("halsonav.desk.views.panels", None)
    client = Client(raise_request_exception=False)
    client.force_login(coordinator)
    answer = client.get("/arbete/?q=hemligt")
    (line,) = lines(log)
    assert answer.status_code == 500
    assert line["route"] == "desk:today"
    assert any("halsonav/desk/views.py" in place for place in line["faults"][0]["at"])
    assert f"<code>{line['fault']}</code>" in answer.text
    assert "hemligt" not in log.getvalue()


@pytest.mark.django_db
def test_a_stranger_is_told_nothing_of_what_broke(
    log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("halsonav.website.views.start_view.centres", None)
    answer = Client(raise_request_exception=False).get("/dina-uppgifter/")
    (line,) = lines(log)
    assert answer.status_code == 500
    assert line["fault"] not in answer.text
    assert not any(word in answer.text for word in ("Traceback", "TypeError", "views.py"))
