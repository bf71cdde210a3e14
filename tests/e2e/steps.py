"""Steps that journeys in a browser share.

A click does not wait for the page it leads to: what is read right after it may still be the page before. Whoever reads
goes through ``press`` or ``send``, or through an ``expect`` that waits.
"""

from playwright.sync_api import Locator, Page, expect


def press(control: Locator) -> None:
    """Click what leads to a page, and wait until that page is there."""
    with control.page.expect_navigation():
        control.click()


def send(page: Page, button: str) -> None:
    """Press the button of that name; the page that answers complains of nothing."""
    press(page.get_by_role("button", name=button, exact=True))
    expect(page.locator("[role=alert]")).to_have_count(0)


def names_of_reviewers(officer: Page) -> list[str]:
    """Those who were drawn and are not out, as the officer reads them on the page of a proposal."""
    found = officer.get_by_role("region", name="Reviewers").locator("ul.said > li")
    drawn = [found.nth(place).locator("p").first for place in range(found.count())]
    return [each.locator("bdi").inner_text() for each in drawn if " out" not in each.inner_text()]
