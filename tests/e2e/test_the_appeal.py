"""An appeal in a browser: the secretariat launches it, a donor pledges, the page changes, the comparison shows it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.conftest import ROOT, a_demonstration
from tests.e2e.conftest import Site, served, step_in, watch
from tests.e2e.soundness import assert_accessible, assert_narrow
from tests.e2e.steps import press, send

pytestmark = pytest.mark.browser
WATER = ROOT / "colonnade" / "packs" / "tests" / "packs" / "water"
As = Callable[[str], Page]


@pytest.fixture(scope="module")
def waterworks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Another strategy's demonstration, being served."""
    with served(a_demonstration(tmp_path_factory, "appeal", WATER)) as site:
        yield site


@pytest.fixture
def acting(chromium: Browser, waterworks: Site) -> Iterator[As]:
    """A window of somebody, opened once; ``public`` for nobody."""
    windows: dict[str, BrowserContext] = {}
    complaints: list[str] = []

    def window(name: str) -> Page:
        if name not in windows:
            windows[name] = chromium.new_context(accept_downloads=True)
            page = windows[name].new_page()
            watch(page, waterworks, complaints, complaints)
            if name != "public":
                step_in(page, waterworks, name)
        return windows[name].pages[0]

    yield window
    for context in windows.values():
        context.close()
    assert complaints == []


def test_an_appeal_is_launched_pledged_to_and_compared(waterworks: Site, acting: As, tmp_path: Path) -> None:
    site = waterworks
    officer, donor, public = acting("Secretariat officer"), acting("Donor"), acting("public")
    home = site.at("/money/appeals/rain/")

    officer.goto(site.at("/money/appeals/"))
    press(officer.get_by_role("link", name="Open an appeal"))
    officer.get_by_label("Title").fill("The appeal for rain")
    officer.get_by_label("Short name in its address").fill("rain")
    officer.get_by_label("First year").fill("2026")
    officer.get_by_label("Last year").fill("2040")
    send(officer, "Open it")
    press(officer.get_by_role("link", name="Add a project"))
    officer.get_by_label("Title; that of the project").fill("A cistern for the school")
    officer.get_by_label("Entity; the lead").select_option(index=1)
    officer.get_by_label("Requirement in US dollars").fill("90000")
    officer.get_by_label("Priority").select_option("high")
    officer.get_by_label("What a partial sum does").fill("30000 The pit\n60000 The roof")
    send(officer, "Add it")
    public.goto(home)
    expect(public.locator("main")).to_contain_text("being prepared")
    expect(public.locator("main")).not_to_contain_text("A cistern for the school")

    officer.goto(home)
    press(officer.get_by_role("link", name="Launch it"))
    assert_accessible(officer)
    send(officer, "Launch it")
    public.goto(home)
    expect(public.locator(".stats")).to_contain_text(re.compile(r"Shortfall\s*\$90,000"))

    donor.goto(home)
    press(donor.get_by_role("link", name="A cistern for the school"))
    press(donor.get_by_role("link", name="Pledge to this project"))
    donor.get_by_label("Amount").fill("30000")
    assert_accessible(donor)
    assert_narrow(donor)
    send(donor, "Pledge it")
    expect(donor.get_by_role("row", name="30,000 The pit")).to_contain_text("Reached")
    public.reload()
    expect(public.locator(".stats")).to_contain_text(re.compile(r"Shortfall\s*\$90,000"))

    donor.goto(site.at("/money/appeals/rain/donors/"))
    press(donor.get_by_role("link", name="Change what others see"))
    donor.get_by_label("Everybody sees that we fund it, and how much").check()
    send(donor, "Save it")
    assert_accessible(donor)
    assert_narrow(donor)
    # Nobody else is told of it before the secretariat acknowledged it.
    public.reload()
    expect(public.locator(".stats")).to_contain_text(re.compile(r"Shortfall\s*\$90,000"))
    press(donor.get_by_role("link", name="The pledge in the books"))
    expect(donor.get_by_role("link", name="Withdraw it")).to_be_visible()
    officer.goto(donor.url)
    assert_accessible(officer)
    press(officer.get_by_role("link", name="Acknowledge it"))
    assert_accessible(officer)
    send(officer, "Acknowledge it")
    public.reload()
    expect(public.locator(".stats")).to_contain_text(re.compile(r"Shortfall\s*\$60,000"))

    press(public.get_by_role("link", name="What changed since the launch"))
    expect(public.get_by_role("row", name="Changed in those that stayed")).to_contain_text("+30,000")
    assert_accessible(public)
    assert_narrow(public)
    officer.goto(home)
    for title, beginning in (("Word", b"PK"), ("PDF", b"%PDF"), ("Excel", b"PK")):
        with officer.expect_download() as file:
            officer.get_by_role("link", name=title, exact=True).click()
        file.value.save_as(tmp_path / title)
        assert (tmp_path / title).read_bytes().startswith(beginning)
