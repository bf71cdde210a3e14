"""A TOML file as people mend it: its text, its tables, the line each key stands on, and the problems found so far.

A value that is missing or wrong is recorded as a problem and replaced by a harmless one, so that reading goes on and
finds the rest; nothing read this way is used once there is a problem.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from colonnade.core.problems import Problem, ProblemsFound
from colonnade.reporting.claims.dates import Span, span

_HEADER: Final = re.compile(r"\s*\[\[?([\w.-]+)\]\]?\s*(?:#.*)?$")
_AT_LINE: Final = re.compile(r"at line (\d+)")
_KEY: Final = re.compile(r"[a-z][a-z0-9_]*")
_REQUIRED: Final = object()
_LARGEST: Final = 10**18
_DECIMALS: Final = 9


@dataclass
class Source:
    """A file being read: where its tables begin, and what is wrong with it."""

    file: str
    text: str
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> "Source":
        """The file's text. Raises ``ProblemsFound`` where it cannot be read, or is not in UTF-8."""
        try:
            return cls(path.name, path.read_text(encoding="utf-8"))
        except OSError as error:
            problem = Problem(path.name, None, None, "", f"cannot be read: {error.strerror}", "check the path")
        except UnicodeDecodeError as error:
            found = repr(error.object[error.start : error.end])
            row = error.object[: error.start].count(b"\n") + 1
            problem = Problem(path.name, row, None, found, "not in UTF-8", "save the file as UTF-8")
        raise ProblemsFound([problem])

    def tables(self) -> Mapping[str, Any]:
        """The file as TOML, its numbers as decimals. Raises ``ProblemsFound`` where it is not TOML."""
        try:
            return tomllib.loads(self.text, parse_float=Decimal)
        except tomllib.TOMLDecodeError as error:
            at = _AT_LINE.search(str(error))
            row = int(at[1]) if at else None
            raise ProblemsFound([Problem(self.file, row, None, "", f"not TOML: {error}", "see toml.io")]) from error

    def array(self, tables: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
        """The tables ``[[name]]``, in order."""
        found = tables.get(name, [])
        if isinstance(found, list) and all(isinstance(table, dict) for table in found):
            return found
        self.wrong(None, name, "", "not a list of tables", f"begin each with [[{name}]]")
        return []

    def wrong(self, row: int | None, column: str | None, value: object, message: str, mend: str) -> None:
        self.problems.append(Problem(self.file, row, column, str(value), message, mend))

    def row(self, table: str, place: int, column: str | None = None) -> int | None:
        """The line on which the ``place``-th table of this name begins, or on which its ``column`` stands."""
        begins = [number for number, name in self._headers if name == table]
        if place >= len(begins):
            return None
        start = begins[place]
        if column is None:
            return start
        key = re.compile(rf"\s*{re.escape(column)}\s*[=.]")
        inside = [number for number, name in self._headers if name.startswith(f"{table}.")]
        ends = [number for number, _ in self._headers if number > start and number not in inside]
        last = min(ends, default=len(self._lines) + 1)
        return next((number for number in range(start + 1, last) if key.match(self._lines[number - 1])), start)

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def _headers(self) -> list[tuple[int, str]]:
        found = ((number, _HEADER.match(line)) for number, line in enumerate(self._lines, start=1))
        return [(number, header[1]) for number, header in found if header]


class Fields:
    """One table of a file, read key by key; :meth:`finish` names the keys that nothing asked for."""

    def __init__(self, source: Source, table: str, place: int, values: Mapping[str, Any]) -> None:
        self.source = source
        self.values = values
        self._table, self._place = table, place
        self._asked: set[str] = set()

    def __contains__(self, column: str) -> bool:
        return column in self.values

    def inside(self, values: Mapping[str, Any]) -> "Fields":
        """A table inside this one; its problems are reported on the lines of this one."""
        return Fields(self.source, self._table, self._place, values)

    def row(self, column: str | None = None) -> int:
        """The line of ``column``, or of the table's head; 1 where the file has no such table."""
        return self.source.row(self._table, self._place, column) or 1

    def wrong(self, column: str, message: str, mend: str, value: object = None) -> None:
        met = self.values.get(column, "") if value is None else value
        self.source.wrong(self.row(column), column, met, message, mend)

    def get(self, column: str, default: Any = _REQUIRED) -> Any:
        """The value of ``column``; ``None``, and a problem, where it is missing and has no default."""
        self._asked.add(column)
        if column in self.values:
            return self.values[column]
        if default is _REQUIRED:
            self.source.wrong(self.row(), column, "", "missing", f"give {column}")
            return None
        return default

    def text(self, column: str, default: Any = _REQUIRED) -> str:
        found = self.get(column, default)
        if isinstance(found, str) and (found.strip() or default == found):
            return found
        if found is not None:
            self.wrong(column, "not a text", "write it in quotation marks")
        return ""

    def key(self, column: str) -> str:
        found = self.text(column)
        if found and not _KEY.fullmatch(found):
            self.wrong(column, "not a key", "use a to z, digits and underscores")
        return found

    def choice(self, column: str, options: Sequence[str], default: Any = _REQUIRED) -> str:
        found = self.text(column, default)
        if found in options:
            return found
        if found:
            self.wrong(column, "not one of the words known here", f"use one of {', '.join(filter(None, options))}")
        return options[0]

    def number(self, column: str, default: Any = _REQUIRED) -> Decimal:
        found = self.get(column, default)
        if isinstance(found, int | Decimal) and not isinstance(found, bool) and Decimal(found).is_finite():
            number = Decimal(found)
            if abs(number) < _LARGEST and int(number.as_tuple().exponent) >= -_DECIMALS:
                return number
            self.wrong(column, "a number that no document prints", f"at most {_DECIMALS} decimals, below 10^18")
        elif found is not None:
            self.wrong(column, "not a number", "write digits, without quotation marks or a unit")
        return Decimal(0)

    def span(self, column: str, until: str = "") -> Span:
        """A date, or the span from it to the date in the column ``until``. A TOML date will do, and so will a year."""
        start = self.get(column)
        end = self.get(until, "") if until else ""
        try:
            return span(_printed(start), _printed(end))
        except ValueError as error:
            if start is not None:
                self.wrong(column, f"not a date: {error}", 'write a day, "2019-03" for a month or "2019" for a year')
            return span("2000")

    def table(self, column: str) -> Mapping[str, Any]:
        found = self.get(column, {})
        if isinstance(found, dict) and all(isinstance(value, str | int) for value in found.values()):
            return found
        self.wrong(column, "not a table of texts", "write it as { pillar = 'I', measure = 'share' }")
        return {}

    def list(self, column: str) -> Sequence[Any]:
        found = self.get(column)
        if isinstance(found, list) and found:
            return found
        if found is not None:
            self.wrong(column, "not a list", "write it as [...], with at least one item")
        return []

    def finish(self) -> None:
        """Names every key that nothing asked for: most are misspelt."""
        for unknown in sorted(self.values.keys() - self._asked):
            self.wrong(unknown, "not a key of this table", f"use one of {', '.join(sorted(self._asked))}")


def _printed(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")
