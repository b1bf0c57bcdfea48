"""Who is shown which field of a person: one table, read by what builds the pages and by tests."""

from dataclasses import dataclass
from typing import Final

from halsonav.people.models import Reader, User
from halsonav.people.permissions import Permission
from halsonav.people.rules import holds_over, may_see_identity


@dataclass(frozen=True)
class Right:
    """A permission, held where one role of the person lies, or `wholly`: where all of them do."""

    permission: Permission
    wholly: bool = False


SOMEWHERE: Final = Right(Permission.MANAGE_PEOPLE)
WHOLLY: Final = Right(Permission.MANAGE_PEOPLE, wholly=True)
IDENTITY: Final = frozenset(("display_name", "email"))
"""Fields that tell who somebody is: of a protected person they take `see_protected` as well."""

FIELDS: Final[dict[str, dict[str, Right]]] = {
    "people.User": {
        "display_name": SOMEWHERE,
        "email": SOMEWHERE,
        "is_active": SOMEWHERE,
        "is_protected": SOMEWHERE,
        "role_assignments": SOMEWHERE,
        "functions_held": SOMEWHERE,
        "handovers": SOMEWHERE,
        "invitations": SOMEWHERE,
        "language": WHOLLY,
        "joined_at": WHOLLY,
        "sessions": WHOLLY,
        "second_step": WHOLLY,
    },
}


def fields_shown_to(user: Reader, person: User) -> frozenset[str]:
    """Return the names of the fields of the person that the user is shown; of oneself, all."""
    table = FIELDS["people.User"]
    if person.pk == user.pk:
        return frozenset(table)
    held = {right: _holds(user, right, person) for right in set(table.values())}
    shown = frozenset(name for name, right in table.items() if held[right])
    return shown if may_see_identity(user, person) else shown - IDENTITY


def _holds(user: Reader, right: Right, person: User) -> bool:
    if right.wholly:
        return holds_over(user, right.permission, person)
    return bool(User.objects.visible_to(user).filter(pk=person.pk).exists())
