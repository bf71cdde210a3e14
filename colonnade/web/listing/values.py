"""Values of a list as the page shows them, and as files keep them: titles instead of codes, amounts unrounded."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from colonnade.analysis.figures.display import grouped, rounded
from colonnade.web.listing.asked import Asked
from colonnade.web.listing.model import Kind, ListColumn, ListOf
from colonnade.web.shared.days import short_day
from colonnade.web.shared.numbers import CellView
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.record_addresses import record_address
from colonnade.web.shared.selections import title_of

#: Between several values of one record.
BETWEEN = "; "
#: Where nothing was reported.
NOTHING = "–"

Field = str | int | Decimal | date | None


class Reads:
    """How the rows of a list read. The titles of codes are looked up once each: fifty rows share few of them."""

    def __init__(self, of: ListOf, reading: Reading, columns: Iterable[ListColumn]) -> None:
        self._of = of
        self._reading = reading
        self._columns = tuple(columns)
        self._titles: dict[tuple[str, str], str] = {}

    def cells(self, identifier: str, row: Iterable[object]) -> tuple[CellView, ...]:
        """A row of the page. The title leads to the record."""
        return tuple(self._cell(column, value, identifier) for column, value in zip(self._columns, row, strict=True))

    def fields(self, row: Iterable[object]) -> list[Field]:
        """A row of a file: texts as on the page; numbers, amounts and dates as they were reported."""
        return [self._field(column, value) for column, value in zip(self._columns, row, strict=True)]

    def _cell(self, column: ListColumn, value: object, identifier: str) -> CellView:
        if column.kind is Kind.RECORD:
            return CellView(str(value or identifier), record_address(self._of.record, identifier), header=True)
        field = self._field(column, value)
        if field is None or field == "":
            return CellView(NOTHING, numeric=column.kind.numeric)
        if isinstance(field, date):
            return CellView(short_day(field))
        if isinstance(field, int | Decimal):
            cents = 0 if rounded(field, 2) == rounded(field, 0) else 2
            return CellView(grouped(field, cents), numeric=True)
        return CellView(field)

    def _field(self, column: ListColumn, value: object) -> Field:
        if value is None:
            return None
        if column.kind is Kind.CODE:
            codes = value if isinstance(value, list | tuple) else [value]
            return BETWEEN.join(self._title(column.name, str(code)) for code in codes) or None
        if isinstance(value, int | Decimal | date):
            return value
        return str(value)

    def _title(self, dimension: str, code: str) -> str:
        key = (dimension, code)
        if key not in self._titles:
            self._titles[key] = title_of(self._reading, self._of.subject, dimension, code)
        return self._titles[key]


def reads_of(asked: Asked) -> Reads:
    """How the rows of the list asked for read."""
    return Reads(asked.of, asked.reading, asked.columns)


def said_as_not_reported() -> str:
    """What an empty cell means, in words."""
    return _("An empty cell was not reported.")
