"""What takes two people can be done in the demonstration: one officer releases a total that another proposed."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OFFICER, Site, Visitor
from tests.e2e.soundness import assert_sound
from tests.e2e.steps import press

pytestmark = pytest.mark.browser

COLLEAGUE = "Second officer of the secretariat"
FOCAL_POINT, SUCCESSOR = "Entity focal point, UNODC", "Colleague of the focal point, UNODC"
TOTAL = "Recommendations with technical assistance needs"


def test_one_officer_proposes_a_total_and_another_releases_it(visitor: Visitor, site: Site) -> None:
    officer, colleague, public = visitor(person=OFFICER), visitor(person=COLLEAGUE), visitor()
    officer.goto(site.at("/releases/propose/"))
    officer.get_by_label("Figure", exact=True).select_option(label=TOTAL)
    press(officer.get_by_role("button", name="Look at it"))
    officer.get_by_label("Why it is released").fill("It was published before.")
    press(officer.get_by_role("button", name="Propose it"))
    expect(officer.get_by_role("button", name="Approve and release")).to_have_count(0)
    public.goto(site.at("/releases/"))
    expect(public.locator("main")).not_to_contain_text(TOTAL)

    colleague.goto(officer.url)
    assert_sound(colleague)
    press(colleague.get_by_role("button", name="Approve and release"))
    public.reload()
    expect(public.locator("main")).to_contain_text(TOTAL)

    # Other journeys find nothing released.
    colleague.get_by_text("Withdraw this release").click()
    colleague.get_by_label("Why").fill("The journey is over.")
    press(colleague.get_by_role("button", name="Withdraw", exact=True))
    public.reload()
    expect(public.get_by_role("heading", name="In force")).to_have_count(0)


def test_a_focal_point_finds_a_colleague_to_hand_over_to(visitor: Visitor, site: Site) -> None:
    leaving = visitor(person=FOCAL_POINT)
    leaving.goto(site.at("/people/handing-over/"))
    press(leaving.locator("main").get_by_role("link", name=FOCAL_POINT))
    leaving.get_by_label("Colleague who takes over").select_option(label=SUCCESSOR)
    expect(leaving.get_by_role("button", name="Hand over")).to_be_enabled()
