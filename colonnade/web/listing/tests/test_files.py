"""Files of a list hold exactly what it shows, and run nothing."""

import csv
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client

from colonnade.portfolio.models import Project
from colonnade.web.listing.spreadsheet import Head, write_workbook

Reader = Callable[[str], Client]

QUERY = "?column=status&column=budget_usd&column=ends_on&sort=-title&pillar=I"


def _content(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]  # a streaming response


def _separated(client: Client, query: str = QUERY) -> list[list[str]]:
    return list(csv.reader(StringIO(_content(client, f"/projects/list.csv{query}").decode("utf-8-sig"))))


def _workbook(client: Client, query: str = QUERY, page: str = "projects") -> Any:
    return openpyxl.load_workbook(BytesIO(_content(client, f"/{page}/list.xlsx{query}")))


@pytest.fixture
def dated(house: object) -> None:  # noqa: ARG001  # the house comes first
    Project.objects.unscoped("test").filter(reference="well-07").update(ends_on=date(2020, 12, 31))


@pytest.mark.usefixtures("dated")
def test_both_files_hold_every_row_in_the_order_and_the_columns_of_the_list(reader: Reader) -> None:
    client = reader("public")
    header, *rows = _separated(client)
    assert header == ["Title", "Status", "Budget (US dollars)", "Ends"]
    assert len(rows) == 31
    assert [row[0] for row in rows] == sorted((row[0] for row in rows), reverse=True)
    sheet = _workbook(client).worksheets[0]
    listed = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert listed[0] == header
    assert [row[0] for row in listed[1:]] == [row[0].removeprefix("'") for row in rows]


@pytest.mark.usefixtures("dated")
def test_numbers_are_numbers_and_dates_are_dates(reader: Reader) -> None:
    client = reader("public")
    sheet = _workbook(client, "?q=%22well+number+07%22&column=budget_usd&column=ends_on").worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["Well number 07", 1_000_000, datetime(2020, 12, 31)]  # noqa: DTZ001  # a workbook knows no zones
    assert sheet["C2"].is_date
    assert _separated(client, "?q=%22well+number+07%22&column=budget_usd&column=ends_on")[1] == [
        "Well number 07",
        "1000000.00",
        "2020-12-31",
    ]


def test_a_printed_sheet_is_one_page_wide_with_its_head_on_each(reader: Reader) -> None:
    sheet = _workbook(reader("officer")).worksheets[0]
    paper = sheet.page_setup
    assert (paper.orientation, paper.fitToWidth, paper.fitToHeight) == ("landscape", None, 0)  # one page wide is usual
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"


def test_no_text_is_a_formula(reader: Reader) -> None:
    client = reader("public")
    sheet = _workbook(client, "").worksheets[0]
    risky = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert [cell.data_type for cell in risky] == ["s"]
    assert risky[0].quotePrefix
    assert any(row[0].startswith("'=HYPERLINK") for row in _separated(client, ""))


def test_the_workbook_says_what_it_lists(reader: Reader) -> None:
    workbook = _workbook(reader("public"), "?pillar=I&q=well")
    listed, about = workbook.worksheets
    assert (listed.freeze_panes, listed.auto_filter.ref) == ("B2", f"A1:H{listed.max_row}")
    said = [(row[0].value, row[1].value) for row in about.iter_rows()]
    assert ("Filter", "Pillar: Wells") in said
    assert ("Filter", "Search: well") in said
    told = dict(said)
    assert told["As seen by"] == "the public"
    assert told["Address"] == "http://testserver/projects/?q=well&pillar=I"
    assert told["Records"] == str(listed.max_row - 1)
    assert told["Inventory"].startswith("The wells of 2019, as of 31 August 2019")
    assert told["Notice"] == "These records are illustrative."
    assert told["Snapshot"]


@pytest.mark.parametrize(("name", "count"), [("public", 62), ("focal", 64), ("officer", 64)])
def test_a_file_holds_what_its_reader_may_see_and_is_named_for_them(name: str, count: int, reader: Reader) -> None:
    client = reader(name)
    assert len(_separated(client, "")) == count + 1
    name_of_file = client.get("/projects/list.csv")["Content-Disposition"]
    assert "projects-wells-2019-" in name_of_file


def test_a_long_list_is_written_row_by_row(tmp_path: Path) -> None:
    def rows() -> Any:
        for number in range(2_000):
            yield [f"=row {number}", number, Decimal("1.50"), None, date(2020, 1, 1)]

    heads = [Head("Title", wide=True), Head("Number", numeric=True), Head("Amount", numeric=True), Head("Nothing")]
    path = tmp_path / "list.xlsx"
    count = write_workbook(path, sheet="A list", heads=[*heads, Head("Day")], rows=rows(), about=[("List", "=about")])
    assert count == 2_000
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert [cell.value for cell in sheet[2_001]] == ["=row 1999", 1_999, 1.5, None, datetime(2020, 1, 1)]  # noqa: DTZ001  # a workbook knows no zones


def test_an_empty_list_is_a_file_with_a_header(reader: Reader) -> None:
    client = reader("public")
    assert len(_separated(client, "?country=QMB")) == 1
    assert _workbook(client, "?country=QMB").worksheets[0].max_row == 1


def test_needs_are_listed_for_whom_they_are_shared_with(reader: Reader) -> None:
    assert _workbook(reader("public"), "", "needs").worksheets[0].max_row == 1
    assert _workbook(reader("focal"), "", "needs").worksheets[0].max_row == 2
    assert _workbook(reader("officer"), "", "needs").worksheets[0].max_row == 3
