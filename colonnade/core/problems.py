"""Errors that a person can act on: where, what was met, what would be right.

Anything that reads input (data packs, IATI files, workbooks, claims) collects every problem it finds and raises
them together, so that bad input is refused whole and mended in one go.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one place in the input.

    ``row`` counts as the reader's own program counts: the header of a CSV file is row 1. ``row`` and ``column`` are
    ``None`` where the problem concerns the whole file. ``value`` is what was met, as text.
    """

    file: str
    row: int | None
    column: str | None
    value: str
    message: str
    mend: str

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", column {self.column}"
        met = f" (met: {self.value!r})" if self.value else ""
        return f"{place}: {self.message}{met}. Mend: {self.mend}"

    def as_dict(self) -> dict[str, str | int | None]:
        """The problem as plain data, for ``--json`` output."""
        return asdict(self)


class ProblemsFound(ValueError):
    """The input was refused whole. ``problems`` lists everything found, in the order of the input."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
