"""Questions to a table whose rows have a `parent`, answered by the database in one query."""

from collections.abc import Iterable
from typing import Self, TypeVar

from django.db import models
from django.db.models.expressions import RawSQL

Node = TypeVar("Node", bound=models.Model, covariant=True)

_BELOW = """WITH RECURSIVE tree(id) AS (
  SELECT id FROM {table} WHERE id IN ({places})
  UNION SELECT child.id FROM {table} child JOIN tree ON child.parent_id = tree.id
) SELECT id FROM tree"""
_ABOVE = """WITH RECURSIVE tree(id, parent_id) AS (
  SELECT id, parent_id FROM {table} WHERE id IN ({places})
  UNION SELECT up.id, up.parent_id FROM {table} up JOIN tree ON up.id = tree.parent_id
) SELECT id FROM tree"""


class TreeQuerySet(models.QuerySet[Node]):
    """Rows of a tree. A circle, which the actions refuse, would not make a query endless."""

    def at_or_below(self, ids: Iterable[int]) -> Self:
        """Return the nodes with these ids and everything under them."""
        return self._walk(_BELOW, ids)

    def at_or_above(self, ids: Iterable[int]) -> Self:
        """Return the nodes with these ids and everything over them."""
        return self._walk(_ABOVE, ids)

    def _walk(self, sql: str, ids: Iterable[int]) -> Self:
        start = [int(pk) for pk in ids]
        if not start:
            return self.none()
        places = ", ".join(["%s"] * len(start))
        query = sql.format(table=self.model._meta.db_table, places=places)
        return self.filter(pk__in=RawSQL(query, start))  # noqa: S611 - only own table names go in
