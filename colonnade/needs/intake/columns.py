"""What a row of a workbook of assessments and recommendations holds. Pure.

Every value is a text, the same for the same value wherever it comes from: a code, codes between semicolons, a day as
``2019-06-01``. So two hands can be compared cell by cell.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_noop

#: What stands in a cell whose value the State keeps to itself.
KEPT: Final = "<kept>"
#: Stands between the codes of a list.
AND: Final = ";"
#: Begins the name that a row of the workbook has as long as it has no reference.
NEW: Final = "new"
#: Most characters of a text.
LONGEST: Final = 20_000


class Part(StrEnum):
    """The two sheets that are taken in."""

    ASSESSMENTS = "assessments"
    NEEDS = "needs"


class Holds(StrEnum):
    """What a cell holds: what the row is called, one code or several of a list, a text, a day."""

    NAME = "name"
    CODE = "code"
    CODES = "codes"
    TEXT = "text"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``fixed``: once it is recorded it is not changed by a workbook; ``longest``: characters of a text."""

    name: str
    title: str
    holds: Holds
    required: bool = True
    fixed: bool = False
    longest: int = 1000


COLUMNS: Final[Mapping[Part, tuple[Column, ...]]] = {
    Part.ASSESSMENTS: (
        Column("key", gettext_noop("Assessment"), Holds.NAME, required=False),
        Column("country", gettext_noop("State"), Holds.CODE, fixed=True),
        Column("assessor", gettext_noop("Assessor"), Holds.CODE),
        Column("kind", gettext_noop("Kind"), Holds.CODE),
        Column("starts_on", gettext_noop("First day"), Holds.DAY),
        Column("ends_on", gettext_noop("Last day"), Holds.DAY),
        Column("mandates", gettext_noop("Resolutions that it rests on"), Holds.CODES, required=False),
        Column("level", gettext_noop("Who reads it"), Holds.CODE, fixed=True),
    ),
    Part.NEEDS: (
        Column("key", gettext_noop("Reference"), Holds.NAME, required=False),
        Column("assessment", gettext_noop("Assessment"), Holds.NAME, fixed=True),
        Column("title", gettext_noop("Title"), Holds.TEXT),
        Column("text", gettext_noop("Text"), Holds.TEXT, longest=LONGEST),
        Column("theme", gettext_noop("Thematic priority"), Holds.CODE, required=False),
        Column("pillar", gettext_noop("Pillar"), Holds.CODE, required=False),
        Column("mandates", gettext_noop("Resolutions that it follows from"), Holds.CODES, required=False),
        Column("priority", gettext_noop("Priority"), Holds.CODE),
        Column("addressee", gettext_noop("Addressed to: an office, not a person"), Holds.TEXT, required=False),
        Column("issued_on", gettext_noop("Issued on"), Holds.DAY, fixed=True),
        Column("standing", gettext_noop("Standing"), Holds.CODE),
        Column("follows", gettext_noop("Takes the place of"), Holds.NAME, required=False, fixed=True),
        Column("level", gettext_noop("Who reads it"), Holds.CODE, fixed=True),
    ),
}
SHEETS: Final[Mapping[Part, str]] = {
    Part.ASSESSMENTS: gettext_noop("Assessments"),
    Part.NEEDS: gettext_noop("Recommendations"),
}


def fields_of(part: Part) -> tuple[Column, ...]:
    """The columns that hold values; the first names the row."""
    return COLUMNS[part][1:]


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was read. ``number`` counts as the spreadsheet does; ``base`` is what stood in it when the workbook
    was taken, if it still says so."""

    part: Part
    number: int
    key: str
    values: Mapping[str, str]
    base: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """A workbook that was read: what its sender calls it, and the rows of its two sheets."""

    file: str
    assessments: tuple[Row, ...] = ()
    needs: tuple[Row, ...] = ()
