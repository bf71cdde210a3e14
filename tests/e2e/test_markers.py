"""A score with its justification, drawn by lot, disagreed with by a second person, answered: and the page follows."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OFFICER, Site, Visitor
from tests.e2e.soundness import assert_accessible, assert_narrow
from tests.e2e.steps import press, send

pytestmark = pytest.mark.browser

FOCAL_POINT = "Entity focal point, UNODC"
#: A marker of which nobody else's journey looks at a score.
MARKER = "Youth"


def principal_share(page: Page, site: Site) -> str:
    page.goto(site.at("/strategy/"))
    press(page.get_by_role("link", name="Markers: how far"))
    press(page.get_by_role("navigation", name="Marker").get_by_role("link", name=MARKER, exact=True))
    return page.locator("dl.stats dd.large").first.inner_text()


def test_a_score_is_given_checked_disagreed_with_and_answered(site: Site, visitor: Visitor) -> None:
    focal, officer, public = visitor(person=FOCAL_POINT), visitor(person=OFFICER), visitor()
    assert principal_share(public, site) == "not reported"

    focal.goto(site.at("/projects/?entity=UNODC&sort=-funding_usd"))
    press(focal.locator('main tbody th[scope="row"] a').first)
    project = focal.url
    press(focal.get_by_role("link", name="Score the markers"))
    group = focal.get_by_role("group", name=MARKER, exact=True)
    group.get_by_label("2: The principal objective").check()
    assert_accessible(focal)
    assert_narrow(focal)
    focal.get_by_label(f"Justification: {MARKER}").fill("Young people plan it and lead it.")
    send(focal, "Save the scores")
    expect(focal.locator("main")).to_contain_text("Young people plan it and lead it.")
    before = principal_share(focal, site)
    assert before == "100.0 per cent"

    officer.goto(site.at("/markers/checks/"))
    press(officer.get_by_role("link", name="Draw a sample"))
    officer.get_by_label(MARKER, exact=True).check()
    assert_accessible(officer)
    send(officer, "Draw it")
    expect(officer.get_by_role("region", name="Samples")).to_contain_text("1")
    press(officer.get_by_role("region", name="Scores that were drawn").locator('th[scope="row"] a').first)
    checked = officer.url
    expect(officer.locator("main")).to_contain_text("Young people plan it and lead it.")
    press(officer.get_by_role("link", name="Check it"))
    officer.get_by_label("1: A significant objective").check()
    officer.get_by_label("Why, where it is another score").fill("They are one group among three.")
    send(officer, "Record the check")
    expect(officer.get_by_role("button", name="Answer")).to_be_disabled()
    expect(officer.locator("main")).to_contain_text("Only a focal point of the lead entity answers.")
    assert_accessible(officer)
    assert_narrow(officer)

    focal.goto(site.at("/markers/checks/?standing=answering"))
    press(focal.locator('main tbody th[scope="row"] a').first)
    press(focal.get_by_role("link", name="Answer"))
    expect(focal.locator("main")).to_contain_text("They are one group among three.")
    focal.get_by_label("Accept the proposed score").check()
    send(focal, "Send the answer")
    expect(focal.locator("main")).to_contain_text("Accepted")

    focal.goto(project)
    expect(focal.locator("main")).to_contain_text("They are one group among three.")
    assert principal_share(focal, site) == "0.0 per cent"
    expect(focal.get_by_role("region", name="Agreement on scores")).to_contain_text(
        "79.3"
    )  # Wilson's upper bound of 0/1
    assert_accessible(focal)
    assert_narrow(focal)
    public.goto(checked)
    expect(public.get_by_role("heading", level=1)).not_to_contain_text("A score that was drawn")
