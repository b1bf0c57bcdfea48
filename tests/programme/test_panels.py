"""What the programme puts on Today."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from halsonav.people.models import User
from halsonav.programme.models import MissedSearch
from halsonav.programme.panels import missed_searches

pytestmark = pytest.mark.django_db


def _missed(text: str, times: int, days_ago: int = 0) -> None:
    MissedSearch.objects.create(
        day=timezone.localdate() - timedelta(days=days_ago), language="sv", text=text, times=times
    )


def test_what_was_looked_for_in_vain_is_counted_in_words(coordinator: User) -> None:
    _missed("schack", 2)
    _missed("schack", 1, days_ago=3)
    _missed("någon annans namn", 1)
    _missed("någon annans namn", 1, days_ago=1)
    _missed("jonglering", 3)
    _missed("jonglering", 2, days_ago=1)
    _missed("för länge sedan", 9, days_ago=40)
    panel = missed_searches(coordinator)
    assert panel is not None
    assert [(row.when, row.title) for row in panel.rows] == [
        ("5 gånger", "jonglering"),
        ("3 gånger", "schack"),
    ]


def test_words_that_only_one_or_two_have_written_are_not_shown(coordinator: User) -> None:
    _missed("schack", 2)
    assert missed_searches(coordinator) is None


def test_a_search_leads_to_itself_whatever_its_words(coordinator: User) -> None:
    _missed("mat & fika #1", 3)
    with override("sv"):
        panel = missed_searches(coordinator)
    assert panel is not None
    assert panel.rows[0].href == "/aktiviteter/?q=mat+%26+fika+%231"


def test_others_do_not_see_what_people_looked_for(host: User) -> None:
    _missed("schack", 3)
    assert missed_searches(host) is None
