"""What the log says, and what it never does: no name, address, search term, title of a record, or anything typed.

A line names the time, the logger, the pattern of the page (``/projects/<slug:public_id>/``), the status, and the type
of an error with where it arose. It never holds the message of an exception (a database's quotes the row), the values
of a message's arguments, or an address as it was asked for. Messages of ours are constant texts.
"""

import logging
import re
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final

#: Messages of these loggers are constant texts of this project.
OURS: Final = "colonnade"
#: How many places of a traceback are named, the innermost last.
FRAMES: Final = 12
#: An access: when, method, pattern of the page, status, bytes, milliseconds. No visitor, no parameters.
ACCESS_LINE: Final = "%(t)s %(m)s %({colonnade.route}e)s %(s)s %(B)s %(M)sms"

_PLACEHOLDER: Final = re.compile(r"%(?:\(\w+\))?[-#0 +]*[\d.*]*[a-zA-Z]")
_ROOT: Final = Path(__file__).resolve().parents[2]


class DiscreetFormatter(logging.Formatter):
    """Formats a record without anything that a reader typed or a row holds."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        parts = [self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ"), record.levelname, record.name, *_about(record)]
        error = record.exc_info[1] if record.exc_info else None
        return "\n  ".join([" ".join(parts), *_errors(error)])


def _about(record: logging.LogRecord) -> Iterator[str]:
    request = getattr(record, "request", None)
    if request is not None:
        match = getattr(request, "resolver_match", None)
        yield str(getattr(request, "method", "-"))
        yield f"/{match.route}" if match else "-"
    status = getattr(record, "status_code", None)
    if status is not None:
        yield str(status)
    if record.args or record.name.split(".")[0] == OURS:
        if any(letter.isalpha() for letter in _PLACEHOLDER.sub("", str(record.msg))):
            yield str(record.msg)  # with %s where the values would stand
    else:  # the text may have been put together before, of anything
        yield f"{record.module}:{record.lineno}"


def _errors(error: BaseException | None) -> Iterator[str]:
    """The types of an error and of those it arose from, each with its places in the code."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield f"{type(error).__module__}.{type(error).__qualname__}"
        yield from _places(error.__traceback__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _places(trace: TracebackType | None) -> Iterator[str]:
    for frame in traceback.extract_tb(trace)[-FRAMES:]:
        path = Path(frame.filename)
        name = path.relative_to(_ROOT) if path.is_relative_to(_ROOT) else Path(*path.parts[-3:])
        yield f"  {name}:{frame.lineno} {frame.name}"
