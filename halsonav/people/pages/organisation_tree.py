"""Organisations as a tree with their centres, as those who look after some of it are shown it."""

from dataclasses import dataclass, field

from halsonav.people.models import Centre, Organisation, User, scope_of
from halsonav.people.permissions import Permission
from halsonav.people.rules import centres_where


@dataclass(frozen=True)
class Branch:
    """An organisation at its depth; `slug` is empty where one may only see that it is there."""

    slug: str
    name: str
    kind: str
    depth: int
    centres: list[Centre] = field(default_factory=list)
    below: list["Branch"] = field(default_factory=list)


def tree_for(user: User) -> list[Branch]:
    """Return the tree of what the user looks after, with what stands above it."""
    scope = scope_of(user, Permission.MANAGE_ORGANISATIONS)
    centres = list(centres_where(user, Permission.MANAGE_ORGANISATIONS).order_by("name", "pk"))
    if scope.everywhere:
        shown = Organisation.objects.all()
    else:
        mine = scope.organisations | {centre.organisation_id for centre in centres}
        shown = Organisation.objects.at_or_above(mine)
    rows = list(shown.order_by("name", "pk"))
    return _Tree(
        rows, centres, {row.pk for row in rows if scope.covers(organisation=row.pk)}
    ).made()


class _Tree:
    """Puts rows under one another, without asking the database again."""

    def __init__(self, rows: list[Organisation], centres: list[Centre], own: set[int]) -> None:
        known = {row.pk for row in rows}
        self.own = own
        self.below: dict[int | None, list[Organisation]] = {}
        self.centres: dict[int, list[Centre]] = {}
        for row in rows:
            parent = row.parent_id if row.parent_id in known else None
            self.below.setdefault(parent, []).append(row)
        for centre in centres:
            self.centres.setdefault(centre.organisation_id, []).append(centre)

    def made(self, parent: int | None = None, depth: int = 0) -> list[Branch]:
        return [
            Branch(
                slug=row.slug if row.pk in self.own else "",
                name=row.name,
                kind=str(row.get_kind_display()),
                depth=depth,
                centres=self.centres.get(row.pk, []),
                below=self.made(row.pk, depth + 1),
            )
            for row in self.below.get(parent, [])
        ]
