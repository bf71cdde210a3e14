"""The whole table as CSV and as a workbook: every row and column, numbers as numbers, codes beside their titles."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colonnade.analysis.crosstab.sql import dimension_of
from colonnade.reporting.workbook.cells import Formats, print_on_paper
from colonnade.web.explore.asked import Asked
from colonnade.web.explore.page import definition_in_words, title_in_words
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.selections import base_of, title_of
from colonnade.web.shared.separated import Field, download

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_of(reading: Reading, asked: Asked) -> HttpResponseBase:
    """The table as CSV."""
    rows = list(_rows(reading, asked))
    return download(_stem(asked), [str(title) for title in rows[0]], rows[1:])


def workbook_of(request: ViewerRequest, reading: Reading, asked: Asked) -> HttpResponse:
    """The table as a workbook, with a second sheet that says what it is, of what, as of when and for whom."""
    target = BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats = Formats(workbook)
    sheet = workbook.add_worksheet(_("Table")[:31])
    rows = list(_rows(reading, asked))
    for column, title in enumerate(rows[0]):
        sheet.write_string(0, column, str(title), formats.header(numeric=column > 1))
    for line, row in enumerate(rows[1:], start=1):
        last = line == len(rows) - 1
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(line, column, value, formats.of(bold=last))
            elif value is not None:
                sheet.write_number(line, column, float(str(value)), formats.number(asked.answer.unit, total=last))
    sheet.freeze_panes(1, 2)
    print_on_paper(sheet)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 44)
    sheet.set_column(2, max(2, len(rows[0]) - 1), 15)
    _about(workbook, formats, request, reading, asked)
    workbook.close()
    response = HttpResponse(target.getvalue(), content_type=WORKBOOK_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{_stem(asked)}.xlsx"'
    return response


def _about(workbook: Any, formats: Formats, request: ViewerRequest, reading: Reading, asked: Asked) -> None:
    sheet = workbook.add_worksheet(_("About")[:31])
    selection = asked.question.selection
    inventory = reading.inventories.get(selection.inventory)
    lines = [
        (_("Table"), title_in_words(asked)),
        (_("Inventory"), inventory.title if inventory else ""),
        *(
            (
                _(dimension_of(asked.subject, name).title),
                ", ".join(title_of(reading, asked.subject, name, c) for c in codes),
            )
            for name, codes in selection.filters.items()
        ),
        (_("Words"), selection.text),
        (_("How this is counted"), definition_in_words(asked)),
        (_("Base"), base_of(asked.answer)),
        (_("As of"), date_format(reading.created_at, "j F Y, H:i") + " UTC"),
        (_("As seen by"), reading.reader.label),
        (_("Snapshot"), reading.snapshot_id),
        (_("Address"), request.build_absolute_uri(request.get_full_path().replace("/table.xlsx", "/"))),
        (_("Query"), asked.answer.sql),
    ]
    wrapped = formats.of(text_wrap=True, valign="top")
    for line, (title, text) in enumerate((title, text) for title, text in lines if text):
        sheet.write_string(line, 0, title, formats.of(bold=True, valign="top"))
        sheet.write_string(line, 1, text, wrapped)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)


def _rows(reading: Reading, asked: Asked) -> Iterator[list[Field]]:
    """The head, the rows in the order of the page, the totals."""
    answer, subject = asked.answer, asked.subject
    rows = dimension_of(subject, asked.question.rows)
    columns = [title_of(reading, subject, asked.question.columns, code) for code in answer.column_codes]
    yield [_("Code"), _(rows.title), *columns, _("Total") if columns else _(asked.measure.title)]
    for code in asked.rows:
        cells = [answer.cells.get((code, column)) for column in answer.column_codes]
        yield [code or "", title_of(reading, subject, rows.name, code), *cells, answer.row_totals.get(code)]
    totals = [answer.column_totals.get(column) for column in answer.column_codes]
    yield ["", _("Total"), *totals, answer.total]


def _stem(asked: Asked) -> str:
    question = asked.question
    return "-".join(part for part in (question.measure, question.rows, question.columns) if part).replace("_", "-")
