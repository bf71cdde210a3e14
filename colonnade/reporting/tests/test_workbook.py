"""The workbook, read back: sheets, numbers as numbers, texts as texts, links, names."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from colonnade.reporting.document import Document
from colonnade.reporting.tests import samples
from colonnade.reporting.workbook import render_workbook


@pytest.fixture
def document(tmp_path: Path) -> Document:
    return samples.document(tmp_path)


@pytest.fixture
def book(document: Document) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(render_workbook(document)))


def test_the_sheets_are_contents_tables_figures_and_records(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["Contents", "Table 1", "Table 2", "Figures", "Records 1", "Records 2"]
    links = [str(cell.hyperlink.location) for row in book["Contents"] for cell in row if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[1:]]


def test_numbers_are_numbers_with_their_format(book: openpyxl.Workbook) -> None:
    sheet = book["Table 1"]
    assert [cell.value for cell in sheet[5]] == [
        "Pillar", "Projects", "Share of projects (per cent)", "Year before",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[6]] == ["Springs", 104, pytest.approx(33.1210191083), 100]
    assert [cell.number_format for cell in sheet[6]][1:3] == ["#,##0", "0.0"]


def test_a_pair_without_records_is_a_zero_and_what_was_not_reported_a_dash(book: openpyxl.Workbook) -> None:
    assert [cell.value for cell in book["Table 2"][7]] == ["Office of Beta", 0, 3, 11, 14]


def test_panes_are_frozen_and_the_rows_can_be_filtered_without_the_total(book: openpyxl.Workbook) -> None:
    sheet = book["Table 1"]
    assert sheet.freeze_panes == "B6"
    assert sheet.auto_filter.ref == "A5:D8"
    assert sheet["A9"].value == "Total"


def test_the_figures_sheet_defines_every_figure(book: openpyxl.Workbook, document: Document) -> None:
    sheet = book["Figures"]
    assert [cell.value for cell in sheet["A"]][5:] == [figure.key for figure in document.figures]
    row = {str(head.value): cell.value for head, cell in zip(sheet[5], sheet[7], strict=True)}
    assert row["Key"] == "budget_total"
    assert row["Value"] == 522300000
    assert row["Qualifier"] == "at least"
    assert row["Source"] == "WP/2026/3 para. 4"
    assert str(row["Query"]).startswith("SELECT")


def test_names_lead_to_tables_and_single_values(book: openpyxl.Workbook) -> None:
    assert book.defined_names["figure_projects"].attr_text == "'Figures'!$D$6"
    assert book.defined_names["table_1_projects_by_pillar"].attr_text == "'Table 1'!$A$5:$D$9"


def test_a_text_that_looks_like_a_formula_stays_a_text(book: openpyxl.Workbook) -> None:
    cell = book["Records 1"]["C6"]
    assert cell.value == "=cmd()"
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert not [c for sheet in book for row in sheet for c in row if c.data_type == "f"]


def test_records_say_how_many_there_are(book: openpyxl.Workbook) -> None:
    assert book["Records 1"]["A1"].value == "Records (2 / 314)"
    assert book["Records 1"]["A2"].value == "Projects in the portfolio"


def test_every_sheet_says_whose_records_these_are(book: openpyxl.Workbook, document: Document) -> None:
    assert {sheet["A3"].value for sheet in book} == {document.banner}
