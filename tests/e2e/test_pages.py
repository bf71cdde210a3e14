"""What holds of every page in a browser: WCAG by axe, narrow windows, no scripts, Arabic, same origin, weight."""

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.conftest import NARROW, Site, Visitor

pytestmark = pytest.mark.browser

OFFICER = "Secretariat officer"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WEIGHT = 150_000

REPORT = "/reports/annex-ii/"
#: Pages by address; ``>`` opens the first record of a list.
PAGES = (
    "/",
    "/reports/",
    REPORT,
    "/figures/",
    "/figures/shortfall_total/",
    "/figures/projects_by_pillar/",
    "/figures/projects_by_pillar/?pillar=III&measure=share",
    "/figures/projects_by_entity_and_pillar/",
    "/figures/portfolio_flow/",
    "/figures/projects/records/",
    "/figures/projects/records/ >",
    "/figures/needs_count/records/ >",
    "/figures/events_workshops/records/ >",
    "/figures/seed_count_2018/records/ >",
    "/figures/trust_fund_contributors/records/ >",
    "/figures/entities_implementing/records/ >",
    "/figures/assessed_states/records/ >",
    "/people/sign-in/",
    "/nowhere/",
)


def go(page: Page, site: Site, where: str) -> None:
    path, _, first = where.partition(" ")
    page.goto(site.at(path))
    if first:
        link = page.locator('main th[scope="row"] a').first
        listed = page.url
        link.click()
        page.wait_for_url(lambda address: address != listed)
    # A click may answer before the next document stands: nothing is measured until it does.
    page.wait_for_load_state()
    page.locator("main").wait_for()


@pytest.mark.parametrize(
    ("where", "language"),
    # The body of a report is the same in every language of the interface, and the longest of all.
    [(where, language) for where in PAGES for language in ("en", "ar") if (where, language) != (REPORT, "ar")],
)
def test_axe_finds_nothing(where: str, language: str, site: Site, visitor: Visitor) -> None:
    page = visitor(person="" if "sign-in" in where else OFFICER, language=language)
    go(page, site, where)
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("where", PAGES)
def test_a_narrow_window_never_scrolls_sideways(where: str, site: Site, visitor: Visitor) -> None:
    page = visitor(person="" if "sign-in" in where else OFFICER, width=NARROW)
    go(page, site, where)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW


@pytest.mark.parametrize("where", [where for where in PAGES if ">" not in where and where != "/nowhere/"])
def test_every_page_is_light_without_its_charts(where: str, site: Site, visitor: Visitor) -> None:
    page = visitor(person="" if "sign-in" in where else OFFICER)
    text = page.request.get(site.at(where)).text()
    assert len(re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL).encode()) < WEIGHT


@pytest.mark.parametrize("where", ["/", "/figures/shortfall_total/", "/reports/annex-ii/"])
def test_without_scripts_everything_is_read_and_sent(where: str, site: Site, visitor: Visitor) -> None:
    page = visitor(person=OFFICER, scripts=False)
    page.goto(site.at(where))
    assert "$238.9 million" in page.locator("main").inner_text()
    page.locator('button[name="language"][value="ar"]').click()
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.locator(".house-person button").click()
    assert page.locator('a[href="/people/sign-in/"]').count() > 0


def test_arabic_is_a_mirror_image(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    places = {}
    for language in ("en", "ar"):
        page = visitor(person=OFFICER, language=language)
        page.goto(site.at("/"))
        boxes = [page.locator(which).first.bounding_box() for which in (".house-name", ".house-person", "h1")]
        assert all(boxes)
        places[language] = [(box["x"], box["x"] + box["width"]) for box in boxes if box]
        shots = Path(os.environ.get("COLONNADE_SCREENSHOTS", tmp_path))
        page.screenshot(path=shots / f"home-{language}.png", full_page=True)
        assert (shots / f"home-{language}.png").stat().st_size > 20_000
    (name_en, person_en, _), (name_ar, person_ar, _) = places["en"], places["ar"]
    assert name_en[0] < person_en[0]
    assert name_ar[0] > person_ar[0]
    assert name_ar[1] == pytest.approx(1280 - name_en[0], abs=2)


def test_numbers_keep_their_sign_in_arabic(site: Site, visitor: Visitor) -> None:
    page = visitor(person=OFFICER, language="ar")
    page.goto(site.at("/figures/projects_by_pillar/"))
    change = page.locator("a.number", has_text=re.compile(r"^-\d+$")).first
    assert change.evaluate("e => getComputedStyle(e).direction") == "ltr"


def test_a_page_prints_without_its_controls(site: Site, visitor: Visitor) -> None:
    page = visitor(person=OFFICER)
    page.goto(site.at("/figures/shortfall_total/"))
    page.emulate_media(media="print")
    for control in (".house-nav", ".house-person", ".buttons"):
        assert not page.locator(control).first.is_visible()
    assert page.locator(".banner").is_visible()
    assert page.locator(".value").is_visible()


def test_motion_is_never_forced(site: Site, visitor: Visitor) -> None:
    page = visitor()
    page.goto(site.at("/"))
    assert page.evaluate("document.getAnimations().length") == 0
