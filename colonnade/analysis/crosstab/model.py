"""What a question is made of, and what an answer is. Plain values; :mod:`.sql` turns a question into DuckDB.

A *selection* chooses records of one subject; a *question* asks for a measure of them by one or two dimensions. The
same selection makes a list, its facets, a number, and the records behind a cell, so that all of them agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

Number = int | Decimal

#: The code that stands for "not reported" in filters, rows and columns.
NOT_REPORTED: Final = "-"
#: Before a code, it takes the records that have it out.
EXCEPT: Final = "!"


class Subject(StrEnum):
    """What is counted."""

    PROJECTS = "projects"
    NEEDS = "needs"
    EVENTS = "events"


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something that records can be divided by.

    ``expression`` is DuckDB over the subject's table: a code, or for ``many`` a list of codes, in which a record
    counts once under each. ``labels`` names the dimension of the ``label`` table that holds the titles. A *bound*
    takes a date instead of codes; it filters, and divides nothing. ``titles`` gives the titles of codes that no label
    names, in order; ``none`` what it means to have no code, where that is not "not reported".
    """

    name: str
    title: str
    expression: str
    labels: str = ""
    many: bool = False
    bound: bool = False
    definition: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    none: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is asked of the records of a cell: how many they are, or the sum of an amount."""

    name: str
    title: str
    subject: Subject
    unit: str
    expression: str
    definition: str


@dataclass(frozen=True, slots=True)
class Selection:
    """Records of one subject: of an inventory (projects only), with any of the codes in every filtered dimension.

    A code is ``-`` for not reported; ``!`` before it takes out instead. ``text`` is what somebody typed in search of
    them: every word must be found.
    """

    subject: Subject = Subject.PROJECTS
    inventory: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    text: str = ""

    def where(self, dimension: str, *codes: str | None) -> "Selection":
        """The same with these codes of ``dimension``; ``None`` is not reported. Without codes, without the filter."""
        kept = {name: found for name, found in self.filters.items() if name != dimension}
        if codes:
            kept[dimension] = tuple(NOT_REPORTED if code is None else code for code in codes)
        return replace(self, filters=kept)

    def within(self, dimension: str, code: str | None) -> "Selection":
        """The records of this selection that have ``code``: what a cell counts. What is taken out stays out."""
        out = [found for found in self.filters.get(dimension, ()) if found.startswith(EXCEPT)]
        return self.where(dimension, code, *out)

    def asked_for(self, dimension: str) -> frozenset[str | None]:
        """The codes of ``dimension`` that the filter names, if it names any."""
        named = [code for code in self.filters.get(dimension, ()) if not code.startswith(EXCEPT)]
        return frozenset(None if code == NOT_REPORTED else code for code in named)

    @property
    def key(self) -> tuple[object, ...]:
        """The selection as something that can be hashed."""
        return (self.subject, self.inventory, tuple(sorted(self.filters.items())), self.text)


@dataclass(frozen=True, slots=True)
class Question:
    """A measure of a selection, by the dimension ``rows`` and, where it is given, ``columns``."""

    selection: Selection
    measure: str
    rows: str
    columns: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A cross-table. Codes are in the strategy's order, ``None`` for not reported, last.

    Where a dimension is filtered by codes, it has rows (columns) for those codes only, so that a cell is always the
    records of the selection :meth:`Selection.within` its codes.

    ``cells`` holds only cells that have records. ``total`` counts every record once, and so do ``row_totals`` over the
    columns and ``column_totals`` over the rows; where a dimension is multi-valued the cells can sum to more, and
    ``rows_sum`` says to how much. ``base`` is the number of records selected, ``unreported`` how many of them report no
    amount, so that the total leaves them out.
    """

    question: Question
    unit: str
    row_codes: tuple[str | None, ...]
    column_codes: tuple[str | None, ...]
    cells: Mapping[tuple[str | None, str | None], Number | None]
    row_totals: Mapping[str | None, Number | None]
    column_totals: Mapping[str | None, Number | None]
    total: Number | None
    base: int
    unreported: int
    rows_sum: Number | None
    sql: str


@dataclass(frozen=True, slots=True)
class Totals:
    """Measures over a selection of ``base`` records, and how many of them report nothing for each."""

    base: int
    values: Mapping[str, Number | None]
    unreported: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a dimension among the records selected by every *other* filter, each with how many there are."""

    dimension: str
    counts: tuple[tuple[str | None, int], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of records: ``rows`` of ``columns`` from ``offset`` on, of ``total``."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    total: int
    offset: int = 0
