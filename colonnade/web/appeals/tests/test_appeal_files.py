"""Files of an appeal: they open, say what the page says to the same reader, and run nothing."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from colonnade.audit.models import Event
from colonnade.funding.models import Shown
from colonnade.web.appeals.tests.conftest import As, Call

HOME = "/money/appeals/wells/"


def words(answer: Any) -> str:
    """The words of a Word file."""
    assert answer.status_code == 200
    made = Document(BytesIO(answer.content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in made.paragraphs), *cells])


@pytest.mark.parametrize(
    ("path", "beginning"),
    [("appeal.docx", b"PK"), ("appeal.pdf", b"%PDF"), ("appeal.xlsx", b"PK"), ("project.pdf", b"%PDF")],
)
def test_every_file_opens(call: Call, signed_in: As, path: str, beginning: bytes) -> None:
    address = call.address("A funded well", path) if path.startswith("project") else HOME + path
    answer = signed_in("public").get(address)
    assert answer.status_code == 200
    assert answer.content.startswith(beginning)
    assert path.rpartition(".")[2] in answer.headers["Content-Disposition"]


def test_the_appeal_in_word_says_what_its_reader_may_read(call: Call, signed_in: As) -> None:
    call.pledge(250, Shown.NOTHING)
    public, officer = (words(signed_in(name).get(f"{HOME}appeal.docx")) for name in ("public", "officer"))
    assert "A funded well" in public
    assert "A well of the compact" not in public
    assert "$250" not in public
    assert "A well of the compact" in officer
    assert "$250" in officer
    assert "For the secretariat only" in officer
    assert "From then to now" in public


@pytest.mark.parametrize(
    ("name", "whom"),
    [("donor", "the contributor Giver QFA"), ("board", "the review board"), ("focal", "the people of DIGGERS")],
)
def test_a_file_with_more_than_the_publics_says_for_whom_it_was_made(
    call: Call, signed_in: As, name: str, whom: str
) -> None:
    call.pledge(250, Shown.NOTHING)
    for path in (f"{HOME}appeal.docx", call.address("A funded well", "project.docx")):
        said = words(signed_in(name).get(path))
        assert f"For {whom} only" in said
        assert "For the public" not in said
        assert ("$250" in said) == (name != "focal")
    for path in (HOME, call.address("A funded well")):
        assert f"Counted over what {whom} may see" in signed_in(name).get(path).content.decode()


def test_a_project_for_a_donors_desk_in_word(call: Call, signed_in: As) -> None:
    call.pledge(500, Shown.AMOUNT)
    said = words(signed_in("public").get(call.address("A funded well", "project.docx")))
    for expected in ("The drilling", "Reached", "USD 300 more reach it", "Land QFA", "Giver QFA", "$500"):
        assert expected in said, expected
    assert signed_in("public").get(call.address("A well of the compact", "project.docx")).status_code == 404


def test_the_workbook_holds_numbers_and_no_formula(call: Call, signed_in: As) -> None:
    call.add('=HYPERLINK("https://x.example")', 70)
    call.pledge(250, Shown.AMOUNT)
    book = load_workbook(BytesIO(signed_in("public").get(f"{HOME}appeal.xlsx").content))
    sheet = book["Projects"]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    cell = rows['=HYPERLINK("https://x.example")'][0]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert [one.value for one in rows["A funded well"][4:9]] == [1000, 0, 250, 750, 0]
    for dimension in ("pillar", "entity", "region", "theme"):
        of = book[f"By {dimension}"]
        assert sum(Decimal(str(row[2].value)) for row in of.iter_rows(min_row=2)) == 1070
    assert "A well of the compact" not in rows
    assert "How this is counted" in [row[0].value for row in book["About"].iter_rows()]


def test_a_file_with_more_than_what_is_public_is_noted(call: Call, signed_in: As) -> None:
    assert call.appeal.pk
    signed_in("public").get(f"{HOME}appeal.pdf")
    assert not Event.objects.filter(operation="READ", action="appeal-pdf").exists()
    signed_in("focal").get(f"{HOME}appeal.pdf")
    entry = call.entry("A well of the compact")
    noted = Event.objects.filter(operation="READ", action="appeal-pdf").values_list("table_name", "row_id")
    assert list(noted) == [("funding_appealentry", str(entry.pk))]
