"""Lays a document out in sheets: contents, a sheet for each table, the figures, and their records."""

from collections.abc import Mapping
from io import BytesIO
from typing import Final

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from colonnade.analysis.figures.display import display
from colonnade.analysis.figures.result import FigureResult, TableValue
from colonnade.reporting.annex import tables_of
from colonnade.reporting.document import Document, Records, TableBlock
from colonnade.reporting.tables import NO_BREAK
from colonnade.reporting.wording import Wording, wording
from colonnade.reporting.workbook.cells import Formats, write_cell, write_number, write_text

FIGURES_SHEET: Final = "Figures"
CONTENTS_SHEET: Final = "Contents"
_HEADER_ROW: Final = 4
_WIDEST: Final = 60


def render_workbook(document: Document) -> bytes:
    """The report as the bytes of an ``.xlsx`` file."""
    written = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(written, options) as workbook:
        workbook.set_properties(
            {
                "title": document.title,
                "subject": document.subtitle,
                "author": "Colonnade",
                "comments": document.banner,
                "keywords": " ".join(filter(None, (document.symbol, document.name, document.audience))),
            }
        )
        _Book(document, workbook).write()
    return written.getvalue()


class _Book:
    def __init__(self, document: Document, workbook: xlsxwriter.Workbook) -> None:
        self.document, self.workbook = document, workbook
        self.words: Wording = wording(document.language)
        self.formats = Formats(workbook)
        self.record_sheets = _record_sheets(document.records)

    def write(self) -> None:
        contents = self.workbook.add_worksheet(CONTENTS_SHEET)
        names = [(f"Table {table.number}", table.caption) for table in self.document.tables]
        for table in self.document.tables:
            self._table(table)
        self._figures()
        for name, (keys, records) in self.record_sheets.items():
            titles = [figure.title for figure in self.document.figures if figure.key in keys]
            names.append((name, "; ".join(titles)))
            self._records(name, titles, records)
        names.insert(len(self.document.tables), (FIGURES_SHEET, self.words.definitions))
        self._contents(contents, names)

    def _head(self, sheet: Worksheet, title: str, note: str) -> None:
        """The first rows of every sheet: what it shows, what to mind, whose records these are."""
        write_text(sheet, 0, 0, title, self.formats.title)
        write_text(sheet, 1, 0, note, self.formats.note)
        write_text(sheet, 2, 0, self.document.banner, self.formats.banner)
        sheet.set_landscape()
        sheet.set_paper(1)  # letter
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&R&P/&N")

    def _contents(self, sheet: Worksheet, names: list[tuple[str, str]]) -> None:
        document, words = self.document, self.words
        self._head(sheet, document.title, document.subtitle)
        standing = f"{words.as_of} {document.as_of}. {words.audience} {document.audience}. {document.symbol}"
        write_text(sheet, 3, 0, standing, self.formats.text())
        write_text(sheet, 4, 0, f"{words.snapshot} {document.snapshot}", self.formats.note)
        for row, (name, shows) in enumerate(names, start=6):
            sheet.write_url(row, 0, f"internal:'{name}'!A1", self.formats.link, name)
            write_text(sheet, row, 1, shows, self.formats.text(shows, wrap=True))
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 110)

    def _table(self, table: TableBlock) -> None:
        name = f"Table {table.number}"
        sheet = self.workbook.add_worksheet(name)
        self._head(sheet, f"{self.words.table_label(table.number)}. {table.caption}", table.note)
        for column, title in enumerate(table.header):
            words = title.replace(NO_BREAK, " ")
            write_text(sheet, _HEADER_ROW, column, words, self.formats.header(numeric=table.numeric[column]))
        body = len(table.rows) - table.total_rows
        for place, cells in enumerate(table.rows):
            row, total = _HEADER_ROW + 1 + place, place >= body
            for column, cell in enumerate(cells):
                if cell.value is not None:
                    form = self.formats.number(cell.unit, total=total)
                    write_number(sheet, row, column, cell.value, form)
                else:
                    numeric = table.numeric[column]
                    form = self.formats.text(cell.text, total=total, wrap=not numeric, numeric=numeric)
                    write_text(sheet, row, column, cell.text, form)
        last_column, last_row = len(table.header) - 1, _HEADER_ROW + len(table.rows)
        if body:
            sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + body, last_column)
        sheet.freeze_panes(_HEADER_ROW + 1, 1)
        sheet.repeat_rows(_HEADER_ROW)
        for column, title in enumerate(table.header):
            longest = max([len(cells[column].text) for cells in table.rows], default=0)
            wide = min(max(longest, len(title) // 2, 9) + 3, _WIDEST)
            sheet.set_column(column, column, wide)
        area = f"='{name}'!{xlsxwriter.utility.xl_range_abs(_HEADER_ROW, 0, last_row, last_column)}"
        self.workbook.define_name(f"table_{table.number}_{_safe(table.figure)}", area)

    def _figures(self) -> None:
        words, sheet = self.words, self.workbook.add_worksheet(FIGURES_SHEET)
        self._head(sheet, words.definitions, words.definitions_intro)
        header = [
            ("Key", 30), (words.version, 8), ("Title", 38), (words.value, 18), (words.unit, 10), (words.of, 28),
            ("Qualifier", 10), (words.source, 32), (words.records, 10), (words.definition, 60), (words.note, 40),
            ("Records sheet", 14), (words.query, 60),
        ]  # fmt: skip
        for column, (title, wide) in enumerate(header):
            write_text(sheet, _HEADER_ROW, column, title, self.formats.header())
            sheet.set_column(column, column, wide)
        for row, figure in enumerate(self.document.figures, start=_HEADER_ROW + 1):
            self._figure(sheet, row, figure)
        last = _HEADER_ROW + len(self.document.figures)
        sheet.autofilter(_HEADER_ROW, 0, last, len(header) - 1)
        sheet.freeze_panes(_HEADER_ROW + 1, 1)
        sheet.repeat_rows(_HEADER_ROW)

    def _figure(self, sheet: Worksheet, row: int, figure: FigureResult) -> None:
        texts = {
            0: figure.key, 2: figure.title, 4: figure.unit, 5: figure.of, 6: figure.qualifier, 7: figure.source,
            9: figure.definition, 10: figure.note, 12: figure.sql,
        }  # fmt: skip
        for column, text in texts.items():
            write_text(sheet, row, column, text, self.formats.text(text, wrap=column in {2, 5, 7, 9, 10}))
        write_number(sheet, row, 1, figure.version, self.formats.number("count"))
        write_number(sheet, row, 8, figure.row_count, self.formats.number("count"))
        if isinstance(figure.value, TableValue):
            tables = tables_of(figure, self.document)
            if tables:
                name = f"Table {tables[0].number}"
                sheet.write_url(row, 3, f"internal:'{name}'!A1", self.formats.link, name)
        elif figure.value is None:
            write_text(sheet, row, 3, display(None, figure.unit), self.formats.text())
        else:
            write_number(sheet, row, 3, figure.value, self.formats.number(figure.unit))
            area = f"='{FIGURES_SHEET}'!{xlsxwriter.utility.xl_rowcol_to_cell(row, 3, row_abs=True, col_abs=True)}"
            self.workbook.define_name(f"figure_{_safe(figure.key)}", area)
        for name, (keys, _) in self.record_sheets.items():
            if figure.key in keys:
                sheet.write_url(row, 11, f"internal:'{name}'!A1", self.formats.link, name)

    def _records(self, name: str, titles: list[str], records: Records) -> None:
        sheet = self.workbook.add_worksheet(name)
        shown = f"{len(records.rows):,} / {records.total:,}"
        self._head(sheet, f"{self.words.records} ({shown})", "; ".join(titles))
        for column, title in enumerate(records.header):
            write_text(sheet, _HEADER_ROW, column, title, self.formats.header())
            longest = max((len(str(row[column])) for row in records.rows[:200] if row[column] is not None), default=0)
            sheet.set_column(column, column, min(max(longest, len(title)) + 3, _WIDEST))
        for row, cells in enumerate(records.rows, start=_HEADER_ROW + 1):
            for column, cell in enumerate(cells):
                write_cell(sheet, row, column, cell, self.formats)
        sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + max(len(records.rows), 1), len(records.header) - 1)
        sheet.freeze_panes(_HEADER_ROW + 1, 0)
        sheet.repeat_rows(_HEADER_ROW)


def _record_sheets(records: Mapping[str, Records]) -> dict[str, tuple[list[str], Records]]:
    """Sheet name -> the figures it serves and their records: figures that count the same records share a sheet."""
    shared: list[tuple[list[str], Records]] = []
    for key, own in records.items():
        for keys, met in shared:
            if met == own:
                keys.append(key)
                break
        else:
            shared.append(([key], own))
    return {f"Records {place}": pair for place, pair in enumerate(shared, start=1)}


def _safe(key: str) -> str:
    """A key as part of a defined name."""
    return "".join(sign if sign.isalnum() or sign == "_" else "_" for sign in key)
