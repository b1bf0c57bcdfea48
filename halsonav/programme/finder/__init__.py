"""The finder: finds times and activities, fast, in the reader's words. This is its door.

Read: `read_query` (address → what is looked for), `find` (→ a page with counts), `label`.
Write: `write_activity`, `remove_activity`, `themes_changed`, `names_changed`, `rebuild`; called by
actions.
`is_outdated` tells whether other code than this wrote what is there.
"""

from halsonav.programme.finder.activity_page import ActivityPage, Time, read_activity
from halsonav.programme.finder.following import OutdatedError, forget, serve
from halsonav.programme.finder.query import FinderQuery, read_query
from halsonav.programme.finder.reading import Alternative, Finder, Hit, Page, finder_state
from halsonav.programme.finder.vocabulary import ALL_HELPS, Helps
from halsonav.programme.finder.writing import (
    names_changed,
    rebuild,
    remove_activity,
    themes_changed,
    write_activity,
)
from halsonav.programme.finder.written_by import is_outdated

__all__ = [
    "ALL_HELPS",
    "ActivityPage",
    "Alternative",
    "Finder",
    "FinderQuery",
    "Helps",
    "Hit",
    "OutdatedError",
    "Page",
    "Time",
    "finder_state",
    "forget",
    "is_outdated",
    "names_changed",
    "read_activity",
    "read_query",
    "rebuild",
    "remove_activity",
    "serve",
    "themes_changed",
    "write_activity",
]
