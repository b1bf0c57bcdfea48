"""What is written to the log: a line of JSON each, with no value about a person in it.

A value may stand in anything that somebody else worded: an error's own words, an address, the
parts of a message. So of errors only their kind and place are written, of a request its route and
not its address, and of other people's messages only the words that stand in their code. What is
left is looked through for what looks like an e-mail address, a number or a key.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

OURS: Final = "halsonav"
_ROOT: Final = str(Path(__file__).resolve().parents[2])
_SIGNS: Final = (
    re.compile(r"[^\s\"'<>(){}|,;:=/]+@[^\s\"'<>(){}|,;:=/]+"),  # an e-mail address
    re.compile(r"\+?\d(?:[\d -]{4,}\d)"),  # a telephone or a personal number, six figures or more
    re.compile(r"(?=[\w-]*\d)(?=[\w-]*[a-zA-Z])[\w-]{20,}"),  # a token, a key, a session's id
    re.compile(r"\?\S+"),  # what stands in an address after its question mark
)
LEFT_OUT: Final = "…"
_STRUCTURE: Final = ("sqlstate", "table_name", "column_name", "constraint_name")
"""What a database says of its own shape, never of a row."""


class JsonLines(logging.Formatter):
    """Writes a record as one line: when (UTC), how bad, who says it, what, and where it broke."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; whatever stands in it, there is no line break within."""
        moment = datetime.fromtimestamp(record.created, UTC)
        line = {
            "at": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "says": _says(record),
            **_of_request(record),
        }
        if isinstance(record.exc_info, tuple) and record.exc_info[1]:
            line["faults"] = [_fault(error) for error in _behind(record.exc_info[1])]
        return json.dumps(line, ensure_ascii=True)


class NoTraceOfOthersFaults(logging.Filter):
    """Drops the trace where the answer was under 500: the request was at fault, not the code."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without a trace that helps nobody."""
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
        return True


def without_values(text: str) -> str:
    """Return the text without what looks like an address, a number or a key."""
    for sign in _SIGNS:
        text = sign.sub(LEFT_OUT, text)
    return text


def _says(record: logging.LogRecord) -> str:
    """Return the message; of others' only the words that stand in their code."""
    if hasattr(record, "status_code"):
        return f"answered {record.status_code}"
    ours = record.name == OURS or record.name.startswith(f"{OURS}.")
    if ours and record.args:
        return without_values(str(record.msg) % _named(record.args))
    return without_values(str(record.msg))


def _named(args: Any) -> Any:
    """Return a message's parts, an error by its kind alone."""
    if isinstance(args, Mapping):
        return {name: _kind_or_self(value) for name, value in args.items()}
    return tuple(_kind_or_self(value) for value in args)


def _kind_or_self(value: object) -> object:
    return type(value).__name__ if isinstance(value, BaseException) else value


def _of_request(record: logging.LogRecord) -> dict[str, Any]:
    """Return by which route and method, as whom (a number), and the fault's number if it has one.

    Never the address: it may hold what somebody searched for, or a link that opens something.
    """
    request = getattr(record, "request", None)
    if request is None:
        return {}
    match = getattr(request, "resolver_match", None)
    told = {
        "route": match.view_name if match else None,
        "method": str(getattr(request, "method", ""))[:10],
        "user": getattr(getattr(request, "_cached_user", None), "pk", None),
        "fault": getattr(request, "fault_number", None),
    }
    return {name: value for name, value in told.items() if value is not None}


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    """Yield the error, and those that led to it, ten at most."""
    for _ in range(10):
        if error is None:
            return
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _fault(error: BaseException) -> dict[str, Any]:
    """Return an error's kind and place, and what a database says of its own shape."""
    frames = traceback.extract_tb(error.__traceback__)
    kind = type(error)
    told: dict[str, Any] = {
        "kind": f"{kind.__module__}.{kind.__qualname__}",
        "at": [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames],
    }
    shape = getattr(error, "diag", error)
    structure = {name: getattr(shape, name, None) for name in _STRUCTURE}
    return told | {name: str(value) for name, value in structure.items() if value}


def _short(path: str) -> str:
    """Return a file's path from the project or the package that it belongs to."""
    return path.rpartition("site-packages/")[2].removeprefix(f"{_ROOT}/")
