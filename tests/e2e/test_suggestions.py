"""A focal point dismisses one suggestion and claims another in one click; an officer has an overlap coordinated."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OFFICER, Site, Visitor
from tests.e2e.soundness import assert_accessible, assert_narrow
from tests.e2e.steps import press, send

pytestmark = pytest.mark.browser

FOCAL_POINT = "Entity focal point, UNODC"


def test_a_focal_point_dismisses_one_suggestion_and_claims_another(site: Site, visitor: Visitor) -> None:
    focal, officer = visitor(person=FOCAL_POINT), visitor(person=OFFICER, scripts=False)
    focal.goto(site.at("/"))
    press(focal.get_by_role("link", name="Needs that your projects may answer"))
    assert_accessible(focal)
    assert_narrow(focal)
    press(focal.get_by_role("link", name="All suggestions").first)
    page = focal.url
    suggestions = focal.locator("ol.suggestions > li")
    expect(suggestions).to_have_count(10)
    first = suggestions.first
    dismissed = first.locator("h2").inner_text()
    first.get_by_text("What the score is made of").press("Enter")
    expect(first.get_by_role("row", name="Score")).to_be_visible()
    assert_accessible(focal)
    assert_narrow(focal)
    first.get_by_label("because (optional)").fill("It works on something else.")
    press(first.get_by_role("button", name="Not this one"))
    focal.goto(page)
    gone = focal.locator("ul.dismissed li")
    expect(gone).to_have_count(1)
    expect(gone).to_contain_text(dismissed)
    expect(gone).to_contain_text("It works on something else.")
    expect(focal.locator("ol.suggestions h2").first).not_to_have_text(dismissed)

    claimed = focal.locator("ol.suggestions h2").first.inner_text()
    press(focal.locator("ol.suggestions > li").first.get_by_role("button", name="Claim"))
    expect(focal.locator("main")).to_contain_text("What the records of both share.")
    expect(focal.get_by_role("heading", level=1, name="Response")).to_be_visible()
    response = focal.url
    officer.goto(response)
    expect(officer.locator("main")).to_contain_text(claimed)
    officer.goto(page)
    expect(officer.locator("ol.suggestions")).not_to_contain_text(claimed)
    press(officer.get_by_role("button", name="Take it back"))
    officer.goto(page)
    expect(officer.locator("ul.dismissed")).to_have_count(0)
    expect(officer.locator("ol.suggestions h2").first).to_have_text(dismissed)


def test_an_officer_has_an_overlap_coordinated(site: Site, visitor: Visitor) -> None:
    officer, public = visitor(person=OFFICER), visitor()
    officer.goto(site.at("/projects/"))
    press(officer.get_by_role("link", name="Overlaps: projects that seem to do nearly the same"))
    assert_accessible(officer)
    assert_narrow(officer)
    officer.get_by_label("Kind").select_option("Likely duplicate record")
    press(officer.get_by_role("button", name="Filter", exact=True))
    pair = officer.locator('main tbody th[scope="row"] a').first
    title = pair.inner_text()
    press(pair)
    page = officer.url
    expect(officer.get_by_role("region", name="Side by side")).to_contain_text(title)
    assert_accessible(officer)
    assert_narrow(officer)
    coordinate = officer.get_by_role("form", name="Different projects, to be coordinated")
    coordinate.get_by_label("By when").fill("2030-06-01")
    coordinate.get_by_label("Why").fill("One training, given by both.")
    send(officer, "Have them coordinated")
    officer.goto(page)
    expect(officer.locator("main")).to_contain_text("One training, given by both.")
    expect(officer.get_by_role("heading", name="Decide anew")).to_be_visible()
    assert_accessible(officer)
    officer.goto(site.at("/overlaps/?kind=duplicate"))
    expect(officer.locator('main a[href="' + page.removeprefix(site.address) + '"]')).to_have_count(0)
    officer.goto(site.at("/"))
    press(officer.get_by_role("link", name="1 pair of projects to be coordinated"))
    expect(officer.get_by_role("region", name="Pairs of projects")).to_contain_text("Jun")
    assert_accessible(officer)
    public.goto(page)
    expect(public.get_by_role("heading", level=1)).not_to_contain_text("Do these two projects do the same?")
