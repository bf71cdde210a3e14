"""A released total as it is published: a number, or a table with margins, in which some cells are suppressed.

Pure. :class:`ReleasedValues` is written to JSON with every digit, and read back alike.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from colonnade.analysis.disclosure.tables import ALL, Key
from colonnade.analysis.figures.result import Number

#: The code of what was not reported.
NOT_REPORTED: Final = "-"


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column: its code, and how that read when it was released."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Divided:
    """What rows or columns are by: a dimension, its title, and its codes in order. Empty where there is none."""

    dimension: str = ""
    title: str = ""
    lines: tuple[Line, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(line.code for line in self.lines)


@dataclass(frozen=True, slots=True)
class ReleasedValues:
    """``cells`` by row and column (``*`` is the margin); ``None`` is suppressed. ``unit`` is ``count`` or ``USD``."""

    unit: str
    rows: Divided
    columns: Divided
    cells: Mapping[Key, Number | None] = field(default_factory=dict)

    @property
    def total(self) -> Number | None:
        """The sum over everything; ``None`` where it is suppressed."""
        return self.cells.get((ALL, ALL))

    @property
    def is_table(self) -> bool:
        return bool(self.rows.lines)

    @property
    def suppressed(self) -> int:
        """How many cells are suppressed, margins included."""
        return sum(value is None for value in self.cells.values())

    def row(self, code: str | None) -> Number | None:
        """The margin of a row. Raises ``KeyError`` where there is no such row."""
        return self.cells[NOT_REPORTED if code is None else code, ALL]

    def as_json(self) -> dict[str, Any]:
        """As plain data; numbers are texts, so that no digit is lost."""
        return {
            "unit": self.unit,
            "rows": _divided_as_json(self.rows),
            "columns": _divided_as_json(self.columns),
            "cells": [
                {"row": row, "column": column, "value": None if value is None else str(value)}
                for (row, column), value in self.cells.items()
            ],
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "ReleasedValues":
        """What :meth:`as_json` wrote. Raises ``KeyError`` or ``ValueError`` for anything else."""
        return cls(
            str(content["unit"]),
            _divided_from_json(content["rows"]),
            _divided_from_json(content["columns"]),
            {(str(each["row"]), str(each["column"])): _number(each["value"]) for each in content["cells"]},
        )

    @property
    def digest(self) -> str:
        """A SHA-256 over the values: an approval names the numbers that were looked at."""
        return hashlib.sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()


def _divided_as_json(divided: Divided) -> dict[str, Any]:
    lines = [{"code": line.code, "title": line.title} for line in divided.lines]
    return {"dimension": divided.dimension, "title": divided.title, "lines": lines}


def _divided_from_json(content: Mapping[str, Any]) -> Divided:
    lines = tuple(Line(str(line["code"]), str(line["title"])) for line in content["lines"])
    return Divided(str(content["dimension"]), str(content["title"]), lines)


def _number(text: str | None) -> Number | None:
    if text is None:
        return None
    return Decimal(text) if "." in text else int(text)
