"""The facts of the room: organisations, centres, functions, users, roles and the journal."""

from halsonav.people.models.attempt import Attempt
from halsonav.people.models.centre import Centre
from halsonav.people.models.data_request import DataRequest, new_token
from halsonav.people.models.factor_reset import RESET_LASTS, FactorReset, ResetOutcome
from halsonav.people.models.forgetting import (
    ClockReading,
    Doubt,
    ForgettingRun,
    ForgettingState,
    Hold,
)
from halsonav.people.models.function import Function, FunctionHolder
from halsonav.people.models.group_mapping import GroupMapping
from halsonav.people.models.handover import HandedRole, Handover
from halsonav.people.models.invitation import Invitation, hash_of_token
from halsonav.people.models.journal import READ, ActorKind, JournalEntry, JournalHead
from halsonav.people.models.organisation import Organisation, OrganisationKind
from halsonav.people.models.read_review import AskReason, ReadReview, ReviewedReading, Verdict
from halsonav.people.models.reader import Reader
from halsonav.people.models.role import RoleAssignment, identity_open_to, wholly_within
from halsonav.people.models.role_policy import Assurance, RolePolicy
from halsonav.people.models.session import Session
from halsonav.people.models.tombstone import Tombstone, TombstoneKind
from halsonav.people.models.tree import TreeQuerySet
from halsonav.people.models.user import NOWHERE, Scope, User, scope_of
from halsonav.people.permissions import Permission, Role

__all__ = [
    "NOWHERE",
    "READ",
    "RESET_LASTS",
    "ActorKind",
    "AskReason",
    "Assurance",
    "Attempt",
    "Centre",
    "ClockReading",
    "DataRequest",
    "Doubt",
    "FactorReset",
    "ForgettingRun",
    "ForgettingState",
    "Function",
    "FunctionHolder",
    "GroupMapping",
    "HandedRole",
    "Handover",
    "Hold",
    "Invitation",
    "JournalEntry",
    "JournalHead",
    "Organisation",
    "OrganisationKind",
    "Permission",
    "ReadReview",
    "Reader",
    "ResetOutcome",
    "ReviewedReading",
    "Role",
    "RoleAssignment",
    "RolePolicy",
    "Scope",
    "Session",
    "Tombstone",
    "TombstoneKind",
    "TreeQuerySet",
    "User",
    "Verdict",
    "hash_of_token",
    "identity_open_to",
    "new_token",
    "scope_of",
    "wholly_within",
]
