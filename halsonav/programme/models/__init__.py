"""The facts of the programme."""

from halsonav.programme.models.activity import (
    TEXT_FIELDS,
    Activity,
    ActivityState,
    Kind,
    Level,
    Need,
    Purpose,
    RegistrationRule,
)
from halsonav.programme.models.activity_text import ActivityText, digest_of
from halsonav.programme.models.finder_row import (
    FinderCard,
    FinderChange,
    FinderGroup,
    FinderPage,
    FinderRow,
    FinderState,
    FinderText,
    FinderWord,
)
from halsonav.programme.models.lists import HELD_IN
from halsonav.programme.models.missed_search import MissedSearch
from halsonav.programme.models.occurrence import (
    FEW_PLACES,
    NEXT,
    Occurrence,
    OccurrenceQuerySet,
    OccurrenceStatus,
    Reason,
)
from halsonav.programme.models.schedule import Schedule
from halsonav.programme.models.theme import Dimension, TargetGroup, Theme

__all__ = [
    "FEW_PLACES",
    "HELD_IN",
    "NEXT",
    "TEXT_FIELDS",
    "Activity",
    "ActivityState",
    "ActivityText",
    "Dimension",
    "FinderCard",
    "FinderChange",
    "FinderGroup",
    "FinderPage",
    "FinderRow",
    "FinderState",
    "FinderText",
    "FinderWord",
    "Kind",
    "Level",
    "MissedSearch",
    "Need",
    "Occurrence",
    "OccurrenceQuerySet",
    "OccurrenceStatus",
    "Purpose",
    "Reason",
    "RegistrationRule",
    "Schedule",
    "TargetGroup",
    "Theme",
    "digest_of",
]
