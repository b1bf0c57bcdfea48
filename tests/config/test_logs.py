"""What is written to the log: no values about people, and no traces of what others did wrong."""

import logging
import logging.config
from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from halsonav.people.models import User
from tests.factories.people import UserFactory

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


def test_what_a_database_says_of_a_row_is_not_written(log: StringIO) -> None:
    try:
        try:
            raise ValueError(ROW)
        except ValueError as error:
            raise DatabaseError(ROW) from error
    except DatabaseError as error:
        logging.getLogger("halsonav").exception("Broken: %s", error)
    told = log.getvalue()
    assert told.count("violates not-null constraint") == 3
    assert "direct cause" in told
    assert "test_logs.py" in told
    assert not any(word in told for word in ("DETAIL", "asta@", "Vägen"))


@pytest.mark.parametrize(
    "more",
    [
        "CONTEXT:  COPY people_user, line 1, column email: asta@exempel.se",
        "LINE 1: INSERT INTO people_user VALUES ('asta@exempel.se')\n  ^",
        "QUERY:  SELECT 'asta@exempel.se'",
    ],
)
def test_nor_are_the_rows_and_statements_around_it(more: str, log: StringIO) -> None:
    logging.getLogger("halsonav").error("syntax error\n%s", more)
    assert log.getvalue() == "syntax error\n"


def test_a_message_without_such_lines_is_written_as_it_is(log: StringIO) -> None:
    logging.getLogger("halsonav").warning("%s of 7 lines\nand one more", 3)
    assert log.getvalue() == "3 of 7 lines\nand one more\n"


@pytest.mark.django_db
def test_a_real_refusal_of_the_database_tells_nothing_of_the_row(
    log: StringIO, coordinator: User
) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        User.objects.filter(pk=coordinator.pk).update(email=None)
    assert connection.vendor == "sqlite" or coordinator.display_name in str(refused.value)
    logging.getLogger("django.request").error("Our fault", exc_info=refused.value)
    assert "IntegrityError" in log.getvalue()
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
    assert log.getvalue().strip()
    assert "Traceback" not in log.getvalue()


@pytest.mark.django_db
def test_a_fault_of_ours_leaves_its_trace(log: StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("halsonav.website.views.start_view.centres", None)
    answer = Client(raise_request_exception=False).get("/dina-uppgifter/")
    assert answer.status_code == 500
    assert "Traceback" in log.getvalue()
