"""The officer looks as a State's focal point and back; a newcomer sees the same pages with four pairs of eyes."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OFFICER, Site, Visitor
from tests.e2e.soundness import assert_accessible, assert_narrow
from tests.e2e.steps import press

pytestmark = pytest.mark.browser

STATE = "Vovellow"
AS_STATE = f"State focal point, {STATE}"


def needs_counted(page: Page, site: Site) -> str:
    """The number of needs that the reader finds, or that they are not released."""
    page.goto(site.at("/figures/needs_count/"))
    return page.locator(".value").first.inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_officer_looks_as_a_states_focal_point_and_back(site: Site, visitor: Visitor, scripts: bool) -> None:
    delegate = visitor(person=AS_STATE, scripts=scripts)
    theirs = needs_counted(delegate, site)
    page = visitor(person=OFFICER, scripts=scripts)
    own = needs_counted(page, site)
    assert own != theirs
    press(page.get_by_role("link", name="What you see", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("What you see, and why")
    press(page.get_by_role("link", name="Look as somebody else").first)
    page.get_by_label("State", exact=True).select_option(label=STATE)
    press(page.get_by_role("button", name="Look as its focal point"))
    banner = page.get_by_role("region", name="Looking as somebody else")
    expect(banner).to_contain_text(f"You look at these pages as: {AS_STATE}")
    assert needs_counted(page, site) == theirs
    expect(banner).to_be_visible()
    # What the State sees of its levels, and that nothing can be changed.
    press(page.get_by_role("link", name="What you see", exact=True))
    expect(page.locator("main")).to_contain_text("While you look as somebody else, nothing can be changed at all.")
    page.goto(site.at("/needs/"))
    if scripts:
        page.set_viewport_size({"width": 1280, "height": 900})
        assert_accessible(page)
        assert_narrow(page)
    press(page.get_by_role("button", name="Stop, and see with your own eyes"))
    assert page.url == site.at("/needs/")
    expect(banner).to_have_count(0)
    expect(page.locator("main")).to_contain_text("You see with your own eyes again.")
    assert needs_counted(page, site) == own


def test_a_form_that_is_sent_while_looking_changes_nothing(site: Site, visitor: Visitor) -> None:
    page, anybody = visitor(person=OFFICER), visitor()
    page.goto(site.at("/people/looking/"))
    press(page.get_by_role("button", name="Auditor"))
    banner = page.get_by_role("region", name="Looking as somebody else")
    expect(banner).to_contain_text("Auditor")
    # The page is still the officer's own; a form on it is refused, outside the window, which would complain of that.
    page.goto(site.at("/people/looking/"))
    expect(page.get_by_role("button", name="Donor")).to_be_visible()
    sent = page.request.post(site.at("/people/looking/"), form={"role": "donor"})
    assert sent.status == 403
    assert "Nothing was changed" in sent.text()
    page.goto(site.at("/"))
    expect(banner).to_contain_text("Auditor")
    anybody.goto(site.at("/people/looking/"))
    expect(anybody.locator("main")).not_to_contain_text("Look as")


def test_the_first_page_tells_four_pairs_of_eyes_apart(site: Site, visitor: Visitor) -> None:
    page = visitor()
    seen: dict[str, str] = {}
    page.goto(site.at("/"))
    titles = page.locator(".step-in h3").all_inner_texts()
    assert titles[0] == "The public"
    assert [title.split(",")[0] for title in titles[1:]] == ["State focal point", "Entity focal point", OFFICER]
    seen["The public"] = page.locator(".headlines").inner_text()
    for title in titles[1:]:
        page.goto(site.at("/"))
        press(page.locator(".step-in li").filter(has_text=title).get_by_role("button"))
        here = page.locator(".step-in li").filter(has_text=title)
        expect(here).to_contain_text("You are looking with these eyes.")
        seen[title] = page.locator(".headlines").inner_text()
    assert len(set(seen.values())) == len(seen)
    press(page.get_by_role("link", name="See what differs"))
    rows = page.locator("main tbody tr")
    numbers = {
        re.sub(r"\s+Sees .*", "", row.locator("th").inner_text(), flags=re.S): row.locator("td.n").all_inner_texts()
        for row in rows.all()
    }
    assert set(titles) <= numbers.keys()
    assert len({tuple(numbers[title]) for title in titles}) == len(titles)
    assert numbers["The public"][1] == "not released"
