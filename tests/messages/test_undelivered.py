"""The panel of what could not be sent: what failed and how much, but never to whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from halsonav.messages.models import Message, MessageStatus
from halsonav.messages.undelivered import panel
from halsonav.people.models import Organisation, Role, User
from tests.factories.people import user_with
from tests.people.asking import signed_in

pytestmark = pytest.mark.django_db


def failed(*, to: str = "asta@exempel.se", subject: str = "Hej", days_ago: int = 0) -> Message:
    now = timezone.now()
    return Message.objects.create(
        to=to,
        subject=subject,
        text="Text",
        status=MessageStatus.FAILED,
        message_id=f"<{Message.objects.count()}@exempel.se>",
        next_attempt_at=now,
        created_at=now - timedelta(days=days_ago),
    )


def test_what_could_not_be_sent_is_counted_by_subject_the_latest_first(
    operator: User, manager: User
) -> None:
    failed(days_ago=1)
    failed(days_ago=2)
    failed(subject="Kontot")
    waiting = failed(subject="Väntar")
    Message.objects.filter(pk=waiting.pk).update(status=MessageStatus.QUEUED)
    shown = panel(operator)
    assert shown is not None
    assert [(row.title, row.note) for row in shown.rows] == [
        ("Kontot", "1 meddelande togs inte emot."),
        ("Hej", "2 meddelanden togs inte emot."),
    ]
    assert shown.rows[0].late
    hidden = panel(manager)
    assert hidden is not None
    assert hidden.rows == []


def test_who_runs_one_organisation_sees_no_letters_of_another(
    goteborg: Organisation, outsider: User
) -> None:
    failed(to=outsider.email, subject="Brev till någon annanstans")
    local = user_with(Role.OPERATOR, organisation=goteborg)
    answer = signed_in(local).get("/arbete/")
    assert answer.status_code == 200
    assert "Brev till någon annanstans" not in answer.text


@pytest.mark.parametrize("is_protected", [False, True])
def test_nobodys_address_stands_in_the_panel(
    operator: User, outsider: User, is_protected: bool
) -> None:
    outsider.is_protected = is_protected
    outsider.save()
    failed(to=outsider.email, subject="Kontot")
    page = signed_in(operator).get("/arbete/").text
    assert "Kontot" in page
    assert outsider.email not in page
