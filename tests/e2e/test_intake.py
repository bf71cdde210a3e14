"""An assessor takes the workbook, fills it in, looks at what it would change and takes it in; then has a classification
proposed in the form for one of them. As narrow as a telephone."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NARROW, Site, Visitor
from tests.e2e.soundness import assert_accessible, assert_narrow
from tests.e2e.steps import press, send

pytestmark = pytest.mark.browser

ASSESSOR = "Assessor of"
TITLE = "Laboratories that examine evidence"


def taken(page: Page, folder: Path) -> Path:
    """The workbook, as the page gives it."""
    with page.expect_download() as coming:
        page.get_by_role("button", name="Take the workbook").click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def fill_in(path: Path) -> str:
    """Record a visit and what it recommends, and give another title to what stands; the reference of that."""
    book = openpyxl.load_workbook(path)
    visits, needs = book["Assessments"], book["Recommendations"]
    state = str(visits.cell(2, 2).value)
    new = {"Assessment": "new 1", "State": state, "Assessor": str(visits.cell(2, 3).value), "Kind": "Visit",
           "First day": "2024-03-04", "Last day": "2024-03-08", "Who reads it": "compact"}  # fmt: skip
    _write(visits, visits.max_row + 1, new)
    advice = {"Assessment": "new 1", "Title": TITLE, "Text": "Equip two laboratories.", "Priority": "High",
              "Issued on": "2024-04-01", "Standing": "Open", "Who reads it": "compact"}  # fmt: skip
    _write(needs, needs.max_row + 1, advice)
    heads = [cell.value for cell in needs[1]]
    title, level = heads.index("Title") + 1, heads.index("Who reads it") + 1
    row = next(
        row
        for row in range(2, needs.max_row + 1)
        if not str(needs.cell(row, title).value).startswith("(") and "compact" in str(needs.cell(row, level).value)
    )
    needs.cell(row, title).value = "A title that says more"
    book.save(path)
    return str(needs.cell(row, 1).value)


def _write(sheet: object, row: int, cells: dict[str, str]) -> None:
    heads = [cell.value for cell in sheet[1]]  # type: ignore[index]  # a worksheet
    for title, value in cells.items():
        sheet.cell(row, heads.index(title) + 1).value = value  # type: ignore[attr-defined]  # as above


def give(page: Page, path: Path) -> None:
    page.get_by_label("Excel file").set_input_files(path)
    press(page.get_by_role("button", name="Look at what it would change"))


def test_a_workbook_is_filled_in_and_taken_in_and_a_classification_is_proposed(
    site: Site, visitor: Visitor, tmp_path: Path
) -> None:
    page = visitor(person=ASSESSOR, width=NARROW)
    page.goto(site.at("/needs/"))
    press(page.get_by_role("link", name="From Excel"))
    assert_accessible(page)
    assert_narrow(page)
    path = taken(page, tmp_path)
    reference = fill_in(path)
    give(page, path)
    main = page.locator("main")
    expect(main).to_contain_text("2 rows are new; 1 changes a record; 0 ask you to choose.")
    expect(main).to_contain_text(reference)
    expect(main).to_contain_text("A title that says more")
    assert_accessible(page)
    assert_narrow(page)
    send(page, "Take it in")
    expect(main).to_contain_text("Taken in: 2 records are new, 1 changed.")
    give(page, path)
    expect(main).to_contain_text("The workbook says what stands here already.")

    page.goto(site.at("/needs/?q=" + TITLE.replace(" ", "+")))
    press(page.get_by_role("link", name=TITLE, exact=True))
    press(page.get_by_role("link", name="Revise"))
    press(page.get_by_role("button", name="Propose a classification"))
    expect(page.get_by_role("group", name="Proposed: Pillar")).to_be_visible()
    expect(page.get_by_label("Pillar", exact=True)).to_have_value("")
    expect(page.get_by_label("Title")).to_have_value(TITLE)
    assert_accessible(page)
    assert_narrow(page)
