"""What each of the people who use the house comes for, without a detour: by what is seen, clicked and typed.

Only the first page is an address; every file is opened and read.
"""

import csv
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import OFFICER, Site, Visitor
from tests.e2e.pdf_text import pages_of, text_of
from tests.e2e.steps import press

pytestmark = pytest.mark.browser

FOCAL_POINT, DELEGATE, DONOR = "Entity focal point, UNODC", "State focal point, Vovellow", "Donor"
STATE = "Vovellow"
#: A report in Word is made when it is first asked for.
FIRST_TIME = 120_000


def arrive(visitor: Visitor, site: Site, person: str, scripts: bool = True) -> Page:
    """The first page, and from there the buttons of those one can step in as."""
    page = visitor(scripts=scripts)
    page.goto(site.at("/"))
    if person:
        press(page.get_by_role("link", name="Sign in, or step in as"))
        press(page.get_by_role("button", name=person).first)
    return page


def area(page: Page, title: str) -> None:
    """Go to an area by the head of the page."""
    press(page.get_by_role("navigation", name="Main").get_by_role("link", name=title, exact=True))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def choose(page: Page, facet: str, value: str) -> None:
    """Filter a list by one value of one facet."""
    page.locator(".facet > summary", has_text=facet).first.click()
    page.locator(".facet[open]").get_by_label(value).first.check()
    press(page.locator(".facet[open] button"))


def download(page: Page, link: Locator, into: Path, patience: float = 30_000) -> Path:
    """Click a link that gives a file, and keep the file under its own ending."""
    with page.expect_download(timeout=patience) as coming:
        link.click()
    kept = into / coming.value.suggested_filename
    coming.value.save_as(kept)
    return kept


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def sheet_of(path: Path) -> list[dict[str, object]]:
    """The rows of the first sheet of a workbook, by their heads."""
    heads, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def words_of(path: Path) -> str:
    """Every text of a Word file, fields and tables too."""
    return " ".join(str(text.text) for text in docx.Document(str(path)).element.iter("{*}t"))


def cells(page: Page, column: int) -> list[str]:
    """The texts of a column of the first table, heads of rows counting as the first."""
    found = page.locator("main table").first.locator(f"tbody tr > :nth-child({column})")
    return [text.strip() for text in found.all_inner_texts()]


def dollars(text: str) -> int:
    return int(text.replace(",", ""))


@pytest.mark.parametrize("scripts", [True, False])
def test_a_newcomer_finds_the_shortfall_and_the_records_behind_it(
    scripts: bool, site: Site, visitor: Visitor, tmp_path: Path
) -> None:
    page = arrive(visitor, site, OFFICER, scripts)
    press(page.get_by_role("link", name="$238.9 million").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Funding shortfall")
    kept = download(page, page.get_by_role("link", name="Download the"), tmp_path)
    total = sum(Decimal(row["shortfall_usd"] or 0) for row in rows_of(kept))
    assert f"${total / 1_000_000:.1f} million" == "$238.9 million"
    assert f"{total:,.0f}" in page.locator("main").inner_text()


def test_a_focal_point_takes_the_projects_that_end_soon_as_a_workbook(
    site: Site, visitor: Visitor, tmp_path: Path
) -> None:
    page = arrive(visitor, site, FOCAL_POINT)
    press(page.locator("main li").filter(has_text="projects end within six months").get_by_role("link").first)
    choose(page, "Lead entity", "UNODC")
    listed = cells(page, 1)
    rows = sheet_of(download(page, page.get_by_role("link", name="Excel"), tmp_path))
    assert [row["Title"] for row in rows] == listed
    assert {row["Lead entity"] for row in rows} == {"UNODC"}
    assert 1 < len(rows) < 20
    assert all("2019-08-31" <= str(row["Ends"])[:10] <= "2020-03-01" for row in rows)


def test_a_focal_point_sees_who_else_works_where_a_project_works(site: Site, visitor: Visitor) -> None:
    page = arrive(visitor, site, FOCAL_POINT)
    area(page, "Projects")
    choose(page, "Lead entity", "UNODC")
    choose(page, "Scope", "National")
    choose(page, "Status", "Ongoing")
    press(page.locator('main tbody th[scope="row"] a').first)
    neighbours = page.locator("table").filter(has=page.locator("caption", has_text="In the same place"))
    others = neighbours.locator("tbody tr")
    expect(others.first).to_be_visible()
    assert all("UNODC" not in row for row in others.locator("td:nth-child(2)").all_inner_texts())
    title = others.locator("th a").first.inner_text()
    press(others.locator("th a").first)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_a_focal_point_saves_a_view_and_opens_it_again(site: Site, visitor: Visitor) -> None:
    page = arrive(visitor, site, FOCAL_POINT)
    area(page, "Projects")
    choose(page, "Lead entity", "UNODC")
    press(page.get_by_role("link", name="Shortfall").first)
    listed = cells(page, 1)
    page.locator(".saved-menu > summary").click()
    page.get_by_label("Name", exact=True).fill("Ours, by what is missing")
    press(page.get_by_role("button", name="Save this view"))
    expect(page.locator("main")).to_contain_text("Saved as “Ours, by what is missing”.")
    press(page.get_by_role("button", name="Sign out"))
    press(page.get_by_role("link", name="Sign in, or step in as"))
    press(page.get_by_role("button", name=FOCAL_POINT))
    area(page, "Projects")
    assert cells(page, 1) != listed
    page.locator(".saved-menu > summary").click()
    press(page.get_by_role("link", name="Ours, by what is missing"))
    assert cells(page, 1) == listed
    page.locator(".saved-menu > summary").click()
    press(page.get_by_role("link", name="All saved views"))
    press(page.get_by_role("button", name="Take away"))
    expect(page.locator("main")).to_contain_text("You have saved no view yet")


def to_the_state(page: Page) -> None:
    area(page, "States")
    press(page.locator("main").get_by_role("link", name=STATE).first)
    expect(page.get_by_role("heading", level=1)).to_contain_text(STATE)


def headline(page: Page, title: str) -> Locator:
    """One of the numbers at the head of a page, with what is said of it."""
    return page.locator(".stats > div").filter(has=page.get_by_text(title, exact=True))


def test_a_delegate_sees_what_is_restricted_to_the_country(site: Site, visitor: Visitor) -> None:
    page = arrive(visitor, site, DELEGATE)
    to_the_state(page)
    press(headline(page, "Needs").get_by_role("link", name="9", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("Needs")
    everything = cells(page, 1)
    assert len(everything) == 9
    choose(page, "Visible to", "Restricted")
    ours = cells(page, 1)
    assert 0 < len(ours) < len(everything)
    press(page.locator('main tbody th[scope="row"] a').first)
    expect(page.locator("main .badge, main .level").filter(has_text="Restricted").first).to_be_visible()


def test_a_delegate_takes_the_brief_which_speaks_of_no_other_state(
    site: Site, visitor: Visitor, tmp_path: Path
) -> None:
    page = arrive(visitor, site, DELEGATE)
    to_the_state(page)
    neighbours = page.locator("table").filter(has=page.locator("caption", has_text="States of the region"))
    others = [name for name in neighbours.locator("tbody tr > :first-child").all_inner_texts() if name != STATE]
    assert len(others) > 5
    brief = download(page, page.get_by_role("link", name="PDF"), tmp_path).read_bytes()
    text = text_of(brief)
    assert pages_of(brief) == 2
    assert "Prepared for the people of Vovellow" in text
    needs = page.locator("table").filter(has=page.locator("caption", has_text="Needs by thematic priority"))
    for theme in needs.locator("tbody tr > :first-child").all_inner_texts():
        assert theme in text
    assert [name for name in others if name in text] == []


def test_a_delegate_who_signs_out_sees_what_the_public_sees(site: Site, visitor: Visitor) -> None:
    page = arrive(visitor, site, DELEGATE)
    to_the_state(page)
    expect(headline(page, "Needs")).to_contain_text("open and without a response")
    press(page.get_by_role("button", name="Sign out"))
    to_the_state(page)
    expect(page.locator(".looking")).to_contain_text("the public")
    expect(headline(page, "Needs")).to_contain_text("Not released")
    assert not any(letter.isdigit() for letter in headline(page, "Needs").inner_text())


def test_a_donors_analyst_asks_explore_and_opens_a_cell_down_to_the_project(
    site: Site, visitor: Visitor, tmp_path: Path
) -> None:
    page = arrive(visitor, site, DONOR)
    area(page, "Explore")
    press(page.get_by_role("link", name="Shortfall", exact=True))
    page.get_by_label("Rows").select_option(label="Lead entity")
    press(page.get_by_role("button", name="Apply").first)
    by_entity = dict(zip(cells(page, 1), map(dollars, cells(page, 2)), strict=True))
    assert by_entity["UNODC"] > 1_000_000
    assert sum(by_entity.values()) == dollars(page.locator("main tfoot tr > :last-child").first.inner_text())
    press(page.get_by_role("link", name="Budget", exact=True))
    page.get_by_label("Rows").select_option(label="State")
    press(page.get_by_role("button", name="Apply").first)
    shown = dict(zip(cells(page, 1), cells(page, 2), strict=True))
    kept = rows_of(download(page, page.get_by_role("link", name="CSV"), tmp_path))
    files = {row["State"]: row["Budget"] for row in kept}
    assert {state: Decimal(dollars(amount)) for state, amount in shown.items()} == {
        state: round(Decimal(files[state])) for state in shown
    }
    picture = download(page, page.get_by_role("link", name="PNG"), tmp_path).read_bytes()
    assert picture.startswith(b"\x89PNG")
    state, amount = next(iter(shown.items()))
    press(page.locator("main tbody a.number").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Projects")
    rows = sheet_of(download(page, page.get_by_role("link", name="Excel"), tmp_path))
    assert all(state in str(row["State"]) for row in rows)
    assert sum(round(Decimal(str(row["Budget (US dollars)"] or 0))) for row in rows) == dollars(amount)
    press(page.locator('main tbody th[scope="row"] a').first)
    expect(page.locator("main")).to_contain_text(state)


def test_a_donors_analyst_reads_who_contributed_without_invented_amounts(site: Site, visitor: Visitor) -> None:
    page = arrive(visitor, site, DONOR)
    area(page, "Money")
    press(page.locator("main").get_by_role("link", name="Trust Fund").first)
    published = page.locator("main ol > li")
    assert published.count() == 31
    with_amount = [text for text in published.all_inner_texts() if any(letter.isdigit() for letter in text)]
    assert len(with_amount) == 1
    assert "11,500,000" in with_amount[0]
    press(published.first.get_by_role("link"))
    expect(page.locator("main")).to_contain_text("Not published")


def test_a_donors_analyst_opens_the_appeal(site: Site, visitor: Visitor) -> None:
    page = arrive(visitor, site, DONOR)
    area(page, "Money")
    press(page.locator("main").get_by_role("link", name="Appeal").last)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Appeal")
    parts = page.locator("main table").filter(has=page.locator("tfoot")).first
    requirements = [dollars(text) for text in parts.locator("tbody tr > :nth-child(3)").all_inner_texts()]
    whole = dollars(parts.locator("tfoot tr > :nth-child(3)").inner_text())
    assert sum(requirements) == whole > 0
    assert f"${whole / 1_000_000:.1f} million" in page.locator(".stats").inner_text()
    press(page.locator("main table").first.locator('th[scope="row"] a').last)
    expect(page.get_by_role("heading", name="How this is counted")).to_be_visible()


def test_an_editor_goes_from_a_number_of_the_report_to_its_definition_and_records(site: Site, visitor: Visitor) -> None:
    page = arrive(visitor, site, OFFICER)
    press(page.get_by_role("link", name="Read the report"))
    press(page.locator("main").get_by_role("link", name="314", exact=True).first)
    expect(page.locator("main")).to_contain_text("The projects of the inventory, whatever their status")
    press(page.get_by_role("link", name="See the records"))
    expect(page.locator("main")).to_contain_text("Records 1 to 50 of 314")


def test_an_editor_finds_why_317_became_314_down_to_the_records(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    page = arrive(visitor, site, OFFICER)
    area(page, "Reports")
    press(page.get_by_role("link", name="Compare with").first)
    row = page.locator("main tbody tr").filter(has=page.get_by_role("link", name="Projects in the portfolio"))
    assert [text.strip() for text in row.first.locator("td").all_inner_texts()] == ["317", "314", "−3"]
    press(row.first.locator("td a").last)
    said = page.locator("main").inner_text()
    assert "19 came, 22 left" in said
    kept = rows_of(download(page, page.get_by_role("link", name="Download these records"), tmp_path))
    parts = [row["part"] for row in kept]
    assert 317 - parts.count("left") + parts.count("came") == 314
    left = page.locator("table").filter(has=page.locator("caption", has_text="Left")).locator("tbody th a")
    title = left.first.inner_text()
    assert title in {row["title"] for row in kept if row["part"] == "left"}
    press(left.first)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator("main")).to_contain_text("The 2018 portfolio")


def test_an_editor_takes_the_report_in_word(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    page = arrive(visitor, site, OFFICER)
    press(page.get_by_role("link", name="Read the report"))
    kept = download(page, page.get_by_role("link", name="Word").first, tmp_path, FIRST_TIME)
    words = words_of(kept)
    assert "$238.9 million" in words
    assert "314" in words
