"""What people come for, without a detour: a number, its records; the report and its files; by keyboard alone."""

import csv
import re
import time
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ROOT
from tests.e2e.conftest import Site, Visitor
from tests.e2e.steps import press

pytestmark = pytest.mark.browser

OFFICER = "Secretariat officer"
A_MINUTE = 60
#: Milliseconds: a report in Word is made when it is first asked for.
FIRST_TIME = 120_000


def press_until(page: Page, key: str, wanted: str, most: int = 60) -> None:
    """Press ``key`` until the link or button whose text is ``wanted`` has the focus."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("document.activeElement.innerText || ''").strip() == wanted:
            return
    pytest.fail(f"{most} times {key} do not reach {wanted!r}")


def records_in(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def words_to_click() -> list[str]:
    """What the README says to click first: the words in italics, up to where it goes on to the report."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    said = readme.partition("**What to click first.**")[2].partition("Then open")[0]
    return re.findall(r"\*([^*]+)\*", said)


def test_a_newcomer_led_by_the_readme_has_the_records_behind_238_9_million_within_a_minute(
    site: Site, visitor: Visitor, tmp_path: Path
) -> None:
    *steps, last = words_to_click()
    assert "$238.9 million" in steps
    page = visitor()
    began = time.monotonic()
    page.goto(site.at("/"))
    press(page.get_by_role("link", name="Sign in, or step in as"))
    for words in steps:
        press(page.get_by_role("button", name=words).or_(page.get_by_role("link", name=words)).first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Funding shortfall")
    expect(page.locator("main")).to_contain_text("A/74/677")
    with page.expect_download() as coming:
        page.get_by_role("link", name=last).first.click()
    coming.value.save_as(tmp_path / "records.csv")
    assert time.monotonic() - began < A_MINUTE
    found = records_in(tmp_path / "records.csv")
    total = sum(Decimal(row["shortfall_usd"] or 0) for row in found)
    assert round(total / 1_000_000, 1) == Decimal("238.9")
    assert {row["kind"] for row in found} == {"project"}


def test_the_keyboard_alone_goes_from_the_overview_to_a_project(site: Site, visitor: Visitor) -> None:
    page = visitor(person=OFFICER)
    page.goto(site.at("/"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    press_until(page, "Tab", "314")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Projects in the portfolio")
    press_until(page, "Tab", "See the records")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Records 1 to 50 of 314")
    first = page.locator('main th[scope="row"] a').first.inner_text()
    press_until(page, "Tab", first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(first)


def test_the_report_opens_every_number_and_comes_as_files(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    page = visitor(person=OFFICER)
    page.goto(site.at("/"))
    press(page.get_by_role("link", name="Read the report"))
    press(page.locator("main.report a", has_text="$238.9 million").first)
    assert page.url.startswith(site.at("/figures/shortfall_total/"))
    page.go_back()
    for name, start in (("Word", b"PK"), ("PDF", b"%PDF-"), ("Excel", b"PK")):
        with page.expect_download(timeout=FIRST_TIME) as coming:
            page.locator(".report-files").get_by_role("link", name=re.compile(rf"^{name}\b")).click()
        coming.value.save_as(tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(start)


def test_a_cell_of_a_table_leads_to_its_records_and_back(site: Site, visitor: Visitor) -> None:
    page = visitor(person=OFFICER)
    page.goto(site.at("/figures/projects_by_pillar/"))
    press(page.locator("tbody tr").nth(3).locator("a.number").first)
    expect(page.locator(".value")).to_have_text("22")
    expect(page.locator("td.here")).to_have_text("22")
    press(page.get_by_role("link", name="See the records"))
    expect(page.locator("main")).to_contain_text("Records 1 to 22 of 22")
    press(page.get_by_role("navigation", name="Where you are").get_by_role("link", name="Projects by pillar"))
    assert page.url == site.at("/figures/projects_by_pillar/")


def test_a_state_sees_its_own_needs_and_no_other_states(site: Site, visitor: Visitor) -> None:
    page = visitor(person="State focal point")
    looking = page.locator(".looking strong").inner_text()
    assert looking.startswith("the people of ")
    page.goto(site.at("/figures/needs_by_country/"))
    seen = page.locator('#values-caption ~ tbody th[scope="row"]').all_inner_texts()
    assert seen == [looking.removeprefix("the people of ")]
    public = visitor()
    public.goto(site.at("/"))
    expect(public.locator("main")).to_contain_text("not released")


def test_stepping_out_ends_what_one_may_see(site: Site, visitor: Visitor) -> None:
    page = visitor(person=OFFICER)
    page.goto(site.at("/figures/needs_count/records/"))
    press(page.locator('main th[scope="row"] a').first)
    need = page.url
    press(page.get_by_role("button", name="Sign out"))
    answer = page.goto(need)
    assert answer is not None
    assert answer.status == 404
