"""Who sees the outbox, and what the database refuses."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.utils import timezone

from halsonav.messages.models import Message
from halsonav.people.models import Organisation, Role, User
from tests.factories.people import user_with


@pytest.fixture
def message(db: None) -> Callable[..., Message]:
    def make(**other: Any) -> Message:
        now = timezone.now()
        facts = {
            "to": "asta@exempel.se",
            "subject": "Hej",
            "text": "Text",
            "message_id": f"<{Message.objects.count()}@exempel.se>",
            "next_attempt_at": now,
            "created_at": now,
        } | other
        return Message.objects.create(**facts)

    return make


def test_those_who_run_the_installation_see_all(
    message: Callable[..., Message], operator: User
) -> None:
    queued = message()
    assert list(Message.objects.visible_to(operator)) == [queued]


def test_others_see_nothing(
    message: Callable[..., Message], manager: User, host: User, goteborg: Organisation
) -> None:
    message()
    local = user_with(Role.OPERATOR, organisation=goteborg)
    for user in (local, manager, host, AnonymousUser()):
        assert not Message.objects.visible_to(user).exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"status": "lost"}, "message_status_is_known"),
        ({"status": "sent", "text": ""}, "message_is_sent_when_it_has_a_time_of_sending"),
        ({"sent_at": timezone.now()}, "message_is_sent_when_it_has_a_time_of_sending"),
        (
            {"status": "sent", "sent_at": timezone.now()},
            "message_text_is_forgotten_when_sent",
        ),
        ({"to": ""}, "message_has_a_recipient_and_an_id"),
        ({"message_id": ""}, "message_has_a_recipient_and_an_id"),
    ],
)
def test_the_database_refuses(
    message: Callable[..., Message], facts: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(IntegrityError, match=sentence):
        message(**facts)


def test_two_messages_never_share_an_id(message: Callable[..., Message]) -> None:
    message(message_id="<1@exempel.se>")
    with pytest.raises(IntegrityError, match="message_id"):
        message(message_id="<1@exempel.se>")
