"""Two records of one project: a focal point proposes, the other side agrees, an officer makes them one."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OFFICER, Site, Visitor
from tests.e2e.soundness import assert_accessible, assert_narrow
from tests.e2e.steps import press, send

pytestmark = pytest.mark.browser

FOCAL_POINT = "Entity focal point, UNODC"
OTHER_SIDE = "Entity focal point, UNDP"
#: An inventory that no other journey counts: the records that are merged are one less in it from then on.
APART = "/projects/?inventory=prevention-mapping&entity="


def test_two_records_of_one_project_become_one(site: Site, visitor: Visitor) -> None:
    focal, other, officer = (visitor(person=name, scripts=False) for name in (FOCAL_POINT, OTHER_SIDE, OFFICER))
    other.goto(site.at(f"{APART}UNDP"))
    merged = other.locator('main tbody th[scope="row"] a').last
    title = merged.inner_text()
    press(merged)
    double = other.url
    focal.goto(site.at(f"{APART}UNODC"))
    press(focal.locator('main tbody th[scope="row"] a').last)
    kept = focal.url
    press(focal.get_by_role("link", name="Merge with another record"))
    focal.get_by_label("Reference, identifier or address of the other record").fill(double)
    send(focal, "Show both")
    expect(focal.get_by_role("heading", level=1)).to_have_text("Make two records one")
    expect(focal.get_by_role("group", name="Title").get_by_label("UNODC")).to_be_checked()
    focal.get_by_role("group", name="Title").get_by_label("UNDP").check()
    assert_narrow(focal)
    for money in focal.locator("fieldset.conflict").all():
        money.get_by_label("UNODC").check()
    focal.get_by_label("Why they are one project").fill("Both tell of the same training.")
    send(focal, "Propose it")
    page = focal.url

    officer.goto(page)
    expect(officer.locator("main")).to_contain_text("Not agreed to yet: UNDP.")
    other.goto(page)
    send(other, "It is the same project")
    reading = visitor(person=OFFICER)
    reading.goto(page)
    assert_accessible(reading)
    assert_narrow(reading)
    officer.goto(page)
    expect(officer.get_by_role("group", name="Title").get_by_label("UNDP")).to_be_checked()
    for money in officer.locator("fieldset.conflict").all():
        money.get_by_role("radio").first.check()
    send(officer, "Make them one")
    expect(officer.locator("main")).to_contain_text("Made one")

    other.goto(double)
    expect(other.locator("main")).to_contain_text("Merged into another record")
    press(other.locator("main").get_by_role("link", name=title))
    expect(other).to_have_url(kept)
    expect(other.get_by_role("heading", level=1)).to_have_text(title)
    press(other.get_by_role("link", name="History", exact=True))
    expect(other.locator("ol.history")).to_contain_text(title)
    assert_narrow(other)
