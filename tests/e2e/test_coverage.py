"""Coverage in the browser: a cell of the heat map opens its needs, a sum closes some, and each reader has their own."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OFFICER, Site, Visitor
from tests.e2e.soundness import assert_accessible, assert_narrow
from tests.e2e.steps import press

pytestmark = pytest.mark.browser

FOCAL_POINT = "Entity focal point, UNODC"


def needs_counted(page: Page, site: Site) -> int:
    page.goto(site.at("/coverage/"))
    return int(page.locator("dl.stats dd.large").first.inner_text())


def test_a_cell_of_the_heat_map_opens_the_needs_that_it_counts(site: Site, visitor: Visitor) -> None:
    officer = visitor(person=OFFICER)
    officer.goto(site.at("/"))
    press(officer.get_by_role("navigation", name="Main").get_by_role("link", name="Coverage", exact=True))
    assert_accessible(officer)
    press(officer.get_by_role("link", name="Heat map", exact=True))
    assert_accessible(officer)
    region = officer.get_by_role("region", name=re.compile("Share of needs that are unmet"))
    region.focus()
    expect(region).to_be_focused()
    cell = region.locator("tbody td.s4 a").first
    counted = re.search(r"(\d+) of (\d+)", cell.locator("xpath=..").inner_text())
    assert counted
    press(cell)
    expect(officer.locator("dl.stats dd.large").first).to_have_text(counted[1])
    expect(officer.locator("main tbody tr")).to_have_count(int(counted[1]))


def test_the_map_shows_what_is_chosen_and_fits_a_narrow_window(site: Site, visitor: Visitor) -> None:
    officer = visitor(person=OFFICER, scripts=False)
    officer.goto(site.at("/coverage/map/"))
    officer.get_by_label("What a cell shows").select_option(label="Number of needs that are unmet")
    officer.get_by_label("Order of the States").select_option(label="largest first")
    press(officer.get_by_role("button", name="Apply").first)
    expect(officer.get_by_role("region", name=re.compile("Number of needs that are unmet"))).to_be_visible()
    page = visitor(person=OFFICER)
    for path in ("", "by/", "map/", "time/", "next/"):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(site.at(f"/coverage/{path}"))
        assert_narrow(page)


def test_a_sum_closes_needs_for_a_price_with_a_proof(site: Site, visitor: Visitor) -> None:
    officer = visitor(person=OFFICER)
    officer.goto(site.at("/coverage/next/"))
    expect(officer.locator("main")).to_contain_text("US$ 1,000,000 would close")
    expect(officer.locator("main")).to_contain_text("No choice within the sum closes more.")
    first = int(re.findall(r"would close (\d+) need", officer.locator("main p.lead").inner_text())[0])
    assert_accessible(officer)
    officer.get_by_label("Sum (US dollars)").fill("5,000,000")
    press(officer.get_by_role("button", name="Apply").first)
    expect(officer.locator("main p.lead")).to_contain_text("US$ 5,000,000 would close")
    more = int(re.findall(r"would close (\d+) need", officer.locator("main p.lead").inner_text())[0])
    assert more > first
    closed = officer.get_by_role("region", name="Needs that it would close")
    expect(closed.locator("tbody tr")).to_have_count(more)
    press(closed.locator('tbody th[scope="row"] a').first)
    expect(officer.locator("h1")).to_be_visible()
    officer.goto(site.at("/coverage/next/?sum=much"))
    expect(officer.locator("main")).to_contain_text("“much” is no sum")


def test_what_falls_open_and_how_long_needs_wait(site: Site, visitor: Visitor) -> None:
    officer = visitor(person=OFFICER)
    officer.goto(site.at("/coverage/time/"))
    assert_accessible(officer)
    falling = officer.get_by_role("region", name="Needs that fall open within six months")
    expect(falling.locator("tbody tr").first).to_be_visible()
    oldest = officer.get_by_role("region", name="Open needs that are unmet, by how long")
    number = oldest.locator("tbody tr").first.locator("td a").first
    counted = number.inner_text()
    press(number)
    expect(officer.locator("dl.stats dd.large").first).to_have_text(counted)


def test_each_reader_counts_their_own_needs(site: Site, visitor: Visitor) -> None:
    officer, focal, public = visitor(person=OFFICER), visitor(person=FOCAL_POINT), visitor()
    assert needs_counted(officer, site) > needs_counted(focal, site) > 0
    public.goto(site.at("/coverage/"))
    expect(public.locator("main")).to_contain_text("does not mean that there are none")
    expect(public.get_by_role("heading", name="Balance between the pillars")).to_be_visible()
    assert_accessible(public)
