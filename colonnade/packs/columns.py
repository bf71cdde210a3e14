"""What a column of a data pack may hold, and how a table is derived from the dataclass of its rows.

A file of a pack is declared once, as a frozen dataclass of :mod:`colonnade.packs.rows`: the type hint gives the kind of
value and whether the cell may be empty (``int | None``), the :class:`Cell` beside it gives the meaning, the key and the
references. Everything else, the reader, the checks and the tables of ``strategies/README.md``, is derived from that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Final, get_args, get_origin, get_type_hints

#: The largest whole number that the registry keeps.
MOST: Final = 2_147_483_647


class Kind(StrEnum):
    """The kinds of value, each with the words that tell an author what to write."""

    TEXT = "text"
    CODE = "code"
    REFERENCE = "code of another row"
    REFERENCES = "codes of other rows, separated by ;"
    TEXTS = "texts, separated by ;"
    INTEGER = "whole number"
    AMOUNT = "amount, with a point, two decimals at most, without separators"
    PERCENT = "per cent, from 0 to 100"
    YEAR = "year, four digits"
    DATE = "date, as 2019-05-16"
    PARTIAL_DATE = "date, month or year, as 2019-05-16, 2019-05 or 2019"
    BOOLEAN = "yes or no"
    CHOICE = "one of a list"
    COLOUR = "colour, as #1F6FB2"
    CURRENCY = "currency, ISO 4217, as USD"
    LINK = "address that begins with https://"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a type hint cannot say about a column.

    ``key``: the code that other files refer to. ``unique``: no two rows may hold the same value. ``repeats``: a key
    that several rows share (a marker with several levels). ``refers_to``: the table whose keys the cell names.
    ``kind``: stated where the type hint leaves a choice (a year is an ``int``). ``least`` and ``most``: the numbers
    allowed. ``longest``: the characters that the registry has room for. ``pattern`` and ``example``: what a code must
    look like, where not any code will do.
    """

    meaning: str
    key: bool = False
    unique: bool = False
    repeats: bool = False
    refers_to: str = ""
    kind: Kind | None = None
    least: int = 0
    most: int = MOST
    longest: int | None = None
    pattern: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a pack file, ready to be checked."""

    name: str
    kind: Kind
    meaning: str
    required: bool
    key: bool
    unique: bool
    refers_to: str
    choices: tuple[str, ...]
    enum: type[StrEnum] | None
    least: int
    most: int
    longest: int | None
    pattern: str
    example: str

    @property
    def holds(self) -> str:
        """What to write into the column, in words."""
        if self.kind is Kind.CHOICE:
            return "one of: " + ", ".join(self.choices)
        if self.refers_to:
            return f"{self.kind} ({self.refers_to}.csv)"
        if self.example:
            return f"{self.kind}, as {self.example}"
        return str(self.kind)


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file of a pack: its row type, its columns, and the rules that concern several cells."""

    name: str
    row_type: type
    columns: tuple[Column, ...]
    meaning: str
    unique_together: tuple[tuple[str, ...], ...]
    in_order: tuple[tuple[str, str], ...]
    required: bool

    @property
    def file(self) -> str:
        """The file's name inside the pack."""
        return f"{self.name}.csv"

    @property
    def key(self) -> Column | None:
        """The column whose values other files may name."""
        return next((column for column in self.columns if column.key), None)

    def column(self, name: str) -> Column:
        """The column called ``name``."""
        return next(column for column in self.columns if column.name == name)


#: Codes that stand in addresses.
SLUG: Final = "[a-z0-9]+(-[a-z0-9]+)*"
#: The room that the registry has for a code, where a column does not say otherwise.
LONGEST_CODE: Final = 60
_PLAIN: Final[dict[object, Kind]] = {
    str: Kind.TEXT,
    int: Kind.INTEGER,
    Decimal: Kind.AMOUNT,
    date: Kind.DATE,
    bool: Kind.BOOLEAN,
}


@cache
def columns_of(row_type: type) -> tuple[Column, ...]:
    """The columns of ``row_type``, its own first and the inherited ones (source, note) last."""
    hints = get_type_hints(row_type, include_extras=True)
    inherited = [f.name for base in row_type.__mro__[1:-1] for f in fields(base)]
    own = [f.name for f in fields(row_type) if f.name not in inherited]
    return tuple(_column(name, hints[name]) for name in [*own, *dict.fromkeys(inherited)])


def _column(name: str, hint: object) -> Column:
    if get_origin(hint) is not Annotated:
        raise TypeError(f"column {name}: write Annotated[type, Cell(meaning)]")
    value_type, cell = get_args(hint)
    if not isinstance(cell, Cell):
        raise TypeError(f"column {name}: the annotation is {cell!r}, not a Cell")
    required = True
    if isinstance(value_type, UnionType):
        required = False
        (value_type,) = (part for part in get_args(value_type) if part is not NoneType)
    is_list = get_origin(value_type) is tuple
    if is_list:
        required = False
        value_type = get_args(value_type)[0]
    enum = value_type if isinstance(value_type, type) and issubclass(value_type, StrEnum) else None
    return Column(
        name=name,
        kind=cell.kind or _kind(value_type, cell, is_list=is_list),
        meaning=cell.meaning,
        required=required,
        key=cell.key,
        unique=cell.unique or (cell.key and not cell.repeats),
        refers_to=cell.refers_to,
        choices=_choices(enum),
        enum=enum,
        least=cell.least,
        most=cell.most,
        longest=cell.longest or (LONGEST_CODE if cell.key else None),
        pattern=cell.pattern,
        example=cell.example,
    )


def _kind(value_type: object, cell: Cell, *, is_list: bool) -> Kind:
    if is_list:
        return Kind.REFERENCES if cell.refers_to else Kind.TEXTS
    if cell.refers_to:
        return Kind.REFERENCE
    if cell.key and value_type is str:
        return Kind.CODE
    if isinstance(value_type, type) and issubclass(value_type, Enum):
        return Kind.CHOICE
    return _PLAIN[value_type]


def _choices(enum: type[StrEnum] | None) -> tuple[str, ...]:
    return tuple(member.value for member in enum) if enum else ()


def table(
    name: str,
    row_type: type,
    *,
    unique_together: Sequence[tuple[str, ...]] = (),
    in_order: Sequence[tuple[str, str]] = (),
    required: bool = False,
) -> Table:
    """The table of the file ``name``.csv, whose rows are ``row_type``.

    ``unique_together``: groups of columns that no two rows may share. ``in_order``: pairs of columns of which the
    second must not come before the first. ``required``: the file must be there and hold at least one row.
    """
    meaning = (row_type.__doc__ or "").strip().split("\n\n")[0].replace("\n    ", " ")
    return Table(name, row_type, columns_of(row_type), meaning, tuple(unique_together), tuple(in_order), required)
