"""Formats and safe cells: numbers as numbers, and every text as text, whatever it begins with.

A text that begins with ``=``, ``+``, ``-`` or ``@`` would run as a formula where a program guesses its kind. Here
``write_string`` stores it as a string, and the option that marks it as such keeps it one when the cell is edited.
"""

import re
from decimal import Decimal
from typing import Any, Final

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from colonnade.analysis.figures.result import Cell, Number

NUMBER_FORMATS: Final = {"count": "#,##0", "USD": "#,##0", "per cent": "0.0", "years": "0.0"}
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
#: Excel's limit for the text of one cell.
TEXT_LIMIT: Final = 32_767
#: What XML, and so a workbook, cannot hold.
_CONTROL_SIGNS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Formats:
    """The cell formats of one workbook, made once each."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **properties: Any) -> Any:
        """The format with these properties of XlsxWriter."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format({"font_name": "Arial", "font_size": 10, **properties})
        return self._made[key]

    @property
    def title(self) -> Any:
        return self.of(bold=True, font_size=14)

    def header(self, *, numeric: bool = False) -> Any:
        """The format of a column's title, over its numbers where it holds numbers."""
        side = {"align": "right"} if numeric else {}
        return self.of(bold=True, text_wrap=True, valign="bottom", bottom=1, top=1, bg_color="#f2f5f7", **side)

    @property
    def note(self) -> Any:
        return self.of(font_color="#4d565e", italic=True)

    @property
    def banner(self) -> Any:
        return self.of(bold=True, font_color="#8a4b00")

    @property
    def link(self) -> Any:
        return self.of(font_color="#0b5c94", underline=1)

    def number(self, unit: str, *, total: bool = False) -> Any:
        """The format of a number of ``unit``."""
        return self.of(num_format=NUMBER_FORMATS.get(unit, "#,##0.##"), valign="top", **_total(total))

    def text(self, text: str = "", *, total: bool = False, wrap: bool = False, numeric: bool = False) -> Any:
        """The format of a text; one that looks like a formula is marked as text for good."""
        properties: dict[str, Any] = {"text_wrap": True} if wrap else {}
        if numeric:
            properties["align"] = "right"
        if text.startswith(_RISKY):
            properties["quote_prefix"] = True
        return self.of(valign="top", **properties, **_total(total))


def _total(total: bool) -> dict[str, Any]:
    return {"bold": True, "top": 1, "bottom": 1} if total else {}


def write_text(sheet: Worksheet, row: int, column: int, text: str, form: Any) -> None:
    """Writes a text as a text."""
    sheet.write_string(row, column, _CONTROL_SIGNS.sub("", text)[:TEXT_LIMIT], form)


def write_number(sheet: Worksheet, row: int, column: int, value: Number, form: Any) -> None:
    """Writes a number. Excel keeps fifteen digits, which holds any sum of dollars here to the cent."""
    sheet.write_number(row, column, float(value), form)


def write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, formats: Formats) -> None:
    """Writes a record's cell by its kind; an empty one stays empty."""
    if cell is None:
        return
    if isinstance(cell, int | Decimal):
        form = formats.of(num_format="#,##0.00" if isinstance(cell, Decimal) else "0", valign="top")
        write_number(sheet, row, column, cell, form)
    else:
        write_text(sheet, row, column, cell, formats.text(cell))


def print_on_paper(sheet: Worksheet) -> None:
    """On paper: A4 across, as wide as one page, the head on each."""
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
