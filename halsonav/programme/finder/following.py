"""Which columns a process uses: it follows the database, and nobody waits for it while serving.

A command asks the database before each search and reads at once what has changed. A process that
serves (`serve`) has read everything before its first request, asks at most five times a second, and
reads what has changed in a thread of its own; until that is done, requests are answered from the
columns as they were. A page is made from one state of the columns alone, so its counts and lists
agree whichever it is.
"""

import logging
import time
from collections.abc import Sequence
from threading import Lock, Thread
from typing import Final

from django.db import DatabaseError, connection

from halsonav.lib.words import known_words
from halsonav.programme.finder.index import Columns, read_columns, state_version

ASK_AGAIN_SECONDS: Final = 0.2
log = logging.getLogger(__name__)


class OutdatedError(Exception):
    """What the columns point at is no longer in the database: they are older than it."""


class _Follower:
    """The process's columns, and how it keeps up."""

    def __init__(self) -> None:
        self._columns: Columns | None = None
        self._languages: Sequence[str] | None = None
        self._asked = 0.0
        self._reading = Lock()
        self._behind = Lock()

    def columns(self) -> Columns:
        known = self._columns
        if known is None or self._languages is None:
            return self.caught_up()
        if time.monotonic() - self._asked > ASK_AGAIN_SECONDS:
            self._asked = time.monotonic()
            if known.version != state_version() and self._behind.acquire(blocking=False):
                Thread(target=self._read_behind, daemon=True).start()
        return known

    def caught_up(self) -> Columns:
        known = self._columns
        if known is not None and known.version == state_version():
            return known
        with self._reading:
            known = self._columns
            if known is None or known.version != state_version():
                known = self._columns = self._read(known)
                self._asked = time.monotonic()
            return known

    def _read(self, known: Columns | None) -> Columns:
        """Read the columns; those who serve read the words as well before anybody needs them."""
        made = read_columns(known)
        for language in self._languages or ():
            made.vocabulary(language)
        return made

    def _read_behind(self) -> None:
        try:
            self.caught_up()
        except DatabaseError as error:
            log.warning("Changes could not be read, and are asked for again: %s", error)
        finally:
            connection.close()
            self._behind.release()

    def serve(self, languages: Sequence[str]) -> None:
        self._languages = languages
        try:
            self.caught_up()
        except DatabaseError as error:
            log.warning("Nothing could be read before the first request: %s", error)
        finally:
            connection.close()


_follower = _Follower()


def columns() -> Columns:
    """Return the columns to answer from (at most one small query when nothing has changed)."""
    return _follower.columns()


def caught_up() -> Columns:
    """Return the columns as the database stands now, however long that takes."""
    return _follower.caught_up()


def serve(languages: Sequence[str]) -> None:
    """Read everything that searches in these languages need, and follow changes from behind.

    For a process that serves, before its first request. Without a database it warns and goes on.
    """
    known_words()
    _follower.serve(languages)


def forget() -> None:
    """Drop what is kept in memory, and serve no more (tests)."""
    global _follower
    _follower = _Follower()
