"""Rows as CSV that a spreadsheet opens without running anything, streamed a row at a time."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from django.http import StreamingHttpResponse

from colonnade.core.reading import sent

BYTE_ORDER_MARK: Final = "\ufeff"
#: A text that begins with one of these is a formula to some spreadsheet.
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

Field = str | int | Decimal | date | bool | None


class _Line:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def lines(header: Sequence[str], rows: Iterable[Sequence[Field]]) -> Iterator[str]:
    """The lines of the file, the header first."""
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK + writer.writerow([harmless(name) for name in header])
    for row in rows:
        yield writer.writerow([harmless(field) for field in row])


def harmless(field: Field) -> str:
    """A field as text; a text that would be a formula gets an apostrophe before it. Numbers stay numbers."""
    if field is None:
        return ""
    if isinstance(field, str):
        return f"'{field}" if field.startswith(FORMULA_SIGNS) else field
    if isinstance(field, bool):
        return "true" if field else "false"
    if isinstance(field, Decimal):
        return f"{field:f}"
    return field.isoformat() if isinstance(field, date) else str(field)


def download(name: str, header: Sequence[str], rows: Iterable[Sequence[Field]]) -> StreamingHttpResponse:
    """The file as a response, sent as it is made: from a snapshot, or rows that were fetched already.

    ``name`` is its name without the ending.
    """
    return StreamingHttpResponse(
        sent(lines(header, rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
