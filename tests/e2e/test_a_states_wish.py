"""A State keeps a need, and opens it again: three people, each in a window of their own."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OFFICER, Site, Visitor
from tests.e2e.soundness import assert_sound
from tests.e2e.steps import press

pytestmark = pytest.mark.browser

FOCAL_POINT, DELEGATE = "Entity focal point, UNODC", "State focal point, Vovellow"
NOT_HERE = "There is no such page here"


def need_of_the_delegates_state(delegate: Page) -> str:
    """The first need of the list, opened by its title; returns its address."""
    press(delegate.get_by_role("navigation", name="Main").get_by_role("link", name="Needs", exact=True))
    own = delegate.locator("table tbody tr", has_text="Vovellow").first
    press(own.locator("th a, td a").first)
    expect(delegate.get_by_role("heading", name="Confidentiality")).to_be_visible()
    return delegate.url


def test_a_state_keeps_a_need_and_two_people_open_it_again(visitor: Visitor, site: Site) -> None:
    delegate, focal, officer = (visitor(person=person) for person in (DELEGATE, FOCAL_POINT, OFFICER))
    address = need_of_the_delegates_state(delegate)
    title = delegate.get_by_role("heading", level=1).inner_text()
    focal.goto(address)
    expect(focal.get_by_role("heading", level=1)).to_have_text(title)
    expect(focal.get_by_role("heading", name="Confidentiality")).to_have_count(0)

    press(delegate.get_by_role("link", name="Make confidential"))
    assert_sound(delegate)
    delegate.get_by_label("The whole recommendation").check()
    press(delegate.get_by_role("button", name="Make it confidential now"))
    expect(delegate.get_by_text("It is confidential from now on.")).to_be_visible()

    focal.reload()
    expect(focal.locator("main")).to_contain_text(NOT_HERE)
    focal.goto(site.at("/needs/"))
    expect(focal.locator("main")).not_to_contain_text(title)

    press(delegate.get_by_role("link", name="Propose to lift or to publish"))
    delegate.get_by_label("Everybody inside the compact").check()
    press(delegate.get_by_role("button", name="Look at it as they will see it"))
    expect(delegate.get_by_text("They see nothing of it")).to_be_visible()
    assert_sound(delegate)
    delegate.get_by_label("Office of the State that consented").fill("Ministry of the Interior")
    delegate.get_by_label("Day of its consent").fill("2019-09-02")
    delegate.get_by_label("Reference of the letter or note").fill("Note verbale 12")
    press(delegate.get_by_role("button", name="Propose it"))
    expect(delegate.get_by_role("button", name="Approve and show it")).to_be_disabled()
    focal.goto(address)
    expect(focal.locator("main")).to_contain_text(NOT_HERE)

    officer.goto(site.at("/needs/"))
    press(officer.get_by_role("link", name="waits for a second person"))
    assert_sound(officer)
    press(officer.locator("table tbody a").first)
    expect(officer.get_by_role("heading", name="As member entities of the compact will see it")).to_be_visible()
    expect(officer.locator("#preview-then + h4")).to_have_text(title)
    assert_sound(officer)
    press(officer.get_by_role("button", name="Approve and show it"))
    expect(officer.get_by_text("It is approved, and shown from now on.")).to_be_visible()

    focal.goto(address)
    expect(focal.get_by_role("heading", level=1)).to_have_text(title)
