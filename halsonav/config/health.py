"""Whether this process lives, and whether it can answer people: for what watches over it.

Strangers may ask, so nothing is said of why not; `halsonav check` says it to the operator.
"""

import logging
import shutil
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

LEAST_FREE: Final = 20_000_000
"""Bytes that must be free on the disk where files and an embedded database are kept."""
log = logging.getLogger("halsonav.health")


@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """Answer that the process lives; asks nobody else, however sick they are."""
    return JsonResponse({"status": "ok"})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when people can be answered, 503 when not: the proxy sends them elsewhere."""
    wanting = [check.__name__ for check in CHECKS if not check()]
    if not wanting:
        return JsonResponse({"status": "ok"})
    log.warning("Not ready: %s", ", ".join(wanting))
    return JsonResponse({"status": "unavailable"}, status=503, headers={"Retry-After": "5"})


def the_database_answers() -> bool:
    """Ask the database for nothing."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def the_database_is_of_this_version() -> bool:
    """Compare the database's shape with the code's; once it is right it stays so."""
    try:
        return _is_migrated()
    except (DatabaseError, NotMigratedError):
        return False


class NotMigratedError(RuntimeError):
    """Changes of the database wait."""


@lru_cache(maxsize=1)
def _is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotMigratedError
    return True


def there_is_room_on_the_disk() -> bool:
    """Look at the folder that files are kept in."""
    try:
        return shutil.disk_usage(settings.DATA_DIR).free >= LEAST_FREE
    except OSError:
        return False


CHECKS: Final[tuple[Callable[[], bool], ...]] = (
    the_database_answers,
    the_database_is_of_this_version,
    there_is_room_on_the_disk,
)
