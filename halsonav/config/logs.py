"""What stays out of the log: values about people, and traces of what others did wrong."""

import logging
import re
import traceback
from typing import Final

_VALUES: Final = re.compile(
    r"(?:^|\n)[ |]*(?:DETAIL|CONTEXT|QUERY|LINE \d+):.*?"
    r"(?=\n\n(?:The above exception|During handling)|\Z)",
    re.DOTALL,
)
"""Lines that PostgreSQL adds to an error, to its end: whole rows and statements stand in them."""


class NoValues(logging.Filter):
    """Drops the rows and statements that a database repeats in its errors; the error itself stays.

    Also from the trace, and from the errors that led to it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without values."""
        record.msg, record.args = _VALUES.sub("", record.getMessage()), ()
        if isinstance(record.exc_info, tuple) and not record.exc_text:
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
        if record.exc_text:
            record.exc_text = _VALUES.sub("", record.exc_text)
        return True


class NoTraceOfOthersFaults(logging.Filter):
    """Drops the trace where the answer was under 500: the request was at fault, not the code."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without a trace that helps nobody."""
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
        return True
