"""A sheet of a workbook that is a list: a head that stays, rows below it, filters."""

from collections.abc import Collection, Sequence
from typing import Final

import xlsxwriter

from colonnade.analysis.figures.result import Cell
from colonnade.reporting.workbook.cells import Formats, print_on_paper, write_cell, write_text

WIDE: Final = 60
USUAL: Final = 18
#: A sheet's name is no longer.
_NAME: Final = 31


def write_sheet(
    workbook: xlsxwriter.Workbook,
    formats: Formats,
    name: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    wide: Collection[int],
    numbers: Collection[str],
) -> None:
    """Add the sheet ``name``. ``wide`` are the places of columns of long texts, ``numbers`` the heads over numbers."""
    sheet = workbook.add_worksheet(name[:_NAME])
    sheet.freeze_panes(1, 1)
    print_on_paper(sheet)
    for place, head in enumerate(heads):
        sheet.set_column(place, place, WIDE if place in wide else USUAL)
        write_text(sheet, 0, place, head, formats.header(numeric=head in numbers))
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if cell != "":
                write_cell(sheet, number, place, cell, formats)
    sheet.autofilter(0, 0, max(1, len(rows)), len(heads) - 1)
