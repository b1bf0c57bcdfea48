"""Every model either is for all to see, or is lists that begin with who looks."""

from typing import Final

import pytest
from django.apps import apps
from django.db import models

FOR_ALL: Final = {
    "places.AreaVersion": "official statistics' areas, published by the municipality",
    "programme.Theme": "the lists of words that the public site is sorted by",
    "programme.TargetGroup": "the lists of words that the public site is sorted by",
    "programme.FinderGroup": "made from what is published alone",
    "programme.FinderCard": "made from what is published alone",
    "programme.FinderPage": "made from what is published alone",
    "programme.FinderRow": "made from what is published alone",
    "programme.FinderText": "made from what is published alone",
    "programme.FinderWord": "made from what is published alone",
    "programme.FinderState": "how far the finder has come",
    "programme.FinderChange": "which activities the finder has left to read: their numbers",
}
"""Models that are shown to anybody, and why they may be."""
OF_THE_MACHINE: Final = {
    "jobs.ScheduledRun": "when a job ran last; no person, no page",
    "jobs.FailedJob": "under the people's floor; Today shows their names to who runs the system",
    "people.ClockReading": "what the clock said; no person, no page",
    "people.JournalHead": "the chain's last hash; exported, never listed",
}
"""Models that no page lists, and what they hold."""
OURS: Final = [model for model in apps.get_models() if model.__module__.startswith("halsonav.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_model_is_seen_by_all_by_nobody_or_by_who_may(model: type[models.Model]) -> None:
    asks = hasattr(model._default_manager, "visible_to")
    named = model._meta.label in FOR_ALL | OF_THE_MACHINE
    assert asks != named, "give it visible_to, or say here why it needs none"


def test_nothing_is_named_that_is_gone() -> None:
    assert set(FOR_ALL | OF_THE_MACHINE) <= {model._meta.label for model in OURS}
