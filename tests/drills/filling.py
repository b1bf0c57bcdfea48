"""A disk that fills: running processes can write nothing more to any file, until there is room.

The kernel says no to every write to a file (RLIMIT_FSIZE), as it does on a full disk, and to these
processes alone: the machine's own disk keeps its room, and no rights are needed. What is open stays
open and can be read.
"""

import resource
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from subprocess import Popen
from typing import Any, Final

CAN_FILL: Final = hasattr(resource, "prlimit")
"""Whether this system lets one process set another's limits: Linux does."""


def fill(process: "Popen[Any]", *, room: int = 0) -> None:
    """Let a process and all that it started write no file past `room` bytes."""
    _limit(process, room)


def make_room(process: "Popen[Any]") -> None:
    """Let them write again."""
    _limit(process, resource.RLIM_INFINITY)


def _limit(process: "Popen[Any]", most: int) -> None:
    for pid in _group(process.pid):
        with suppress(ProcessLookupError):
            _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, hard))


def _group(leader: int) -> Iterator[int]:
    """Return the processes of a group; it stands third after the name, which has the brackets."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(state[2]) == leader:
                yield int(folder.name)
