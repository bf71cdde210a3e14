"""A list as an Excel workbook: the rows as shown, and a second sheet that says what they are.

Rows are written to disk as they come, so that memory does not grow with the list.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from colonnade.reporting.workbook.cells import Formats, print_on_paper, write_number, write_text
from colonnade.web.listing.values import Field

#: What a sheet of Excel holds, less the header.
MOST_ROWS: Final = 1_048_575
#: Widths of columns, in characters.
_WIDE, _USUAL, _NARROW = 60, 24, 14


@dataclass(frozen=True, slots=True)
class Head:
    """A column of the sheet."""

    title: str
    wide: bool = False
    numeric: bool = False


def write_workbook(
    path: Path,
    *,
    sheet: str,
    heads: Sequence[Head],
    rows: Iterable[Sequence[Field]],
    about: Sequence[tuple[str, str]],
) -> int:
    """Write the list to ``path``, and return how many rows there were. ``about`` are titles with what they say."""
    workbook = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False})
    formats = Formats(workbook)
    listed = workbook.add_worksheet(sheet[:31])
    count = _write_rows(listed, heads, rows, formats)
    _write_about(workbook.add_worksheet(_("About")[:31]), about, formats)
    workbook.close()
    return count


def _write_rows(sheet: Worksheet, heads: Sequence[Head], rows: Iterable[Sequence[Field]], formats: Formats) -> int:
    sheet.freeze_panes(1, 1)
    print_on_paper(sheet)
    for place, head in enumerate(heads):
        sheet.set_column(place, place, _WIDE if head.wide else _NARROW if head.numeric else _USUAL)
        write_text(sheet, 0, place, head.title, formats.header(numeric=head.numeric))
    count = 0
    for count, row in enumerate(rows, start=1):  # the last is how many there were
        for place, field in enumerate(row):
            _write_field(sheet, count, place, field, formats)
    sheet.autofilter(0, 0, count, len(heads) - 1)
    return count


def _write_field(sheet: Worksheet, row: int, place: int, field: Field, formats: Formats) -> None:
    if field is None or field == "":
        return
    if isinstance(field, date):
        sheet.write_datetime(row, place, field, formats.of(num_format="yyyy-mm-dd", valign="top", align="left"))
    elif isinstance(field, int | Decimal):
        form = formats.of(num_format="#,##0.00" if isinstance(field, Decimal) else "0", valign="top")
        write_number(sheet, row, place, field, form)
    else:
        write_text(sheet, row, place, field, formats.text(field))


def _write_about(sheet: Worksheet, about: Sequence[tuple[str, str]], formats: Formats) -> None:
    sheet.set_column(0, 0, _USUAL)
    sheet.set_column(1, 1, 2 * _WIDE)
    for row, (title, said) in enumerate(about):
        write_text(sheet, row, 0, title, formats.text(title, total=False))
        write_text(sheet, row, 1, said, formats.title if row == 0 else formats.text(said, wrap=True))
