"""Pages as they are when narrowed or empty, their keyboard, their paper, and what they do without scripts."""

import pytest

from tests.e2e.conftest import NARROW, OFFICER, Site, Visitor, Windows
from tests.e2e.soundness import HEAVIEST, assert_accessible, assert_narrow, assert_outline, weight_of
from tests.e2e.steps import press

pytestmark = pytest.mark.browser

#: What a kind of page also looks like: narrowed, sorted, empty, of several dimensions. ``test_kinds`` has one of each.
ALSO = (
    "/figures/shortfall_total/",
    "/figures/projects_by_pillar/?pillar=III&measure=share",
    "/figures/projects_by_entity_and_pillar/",
    "/figures/portfolio_flow/",
    "/projects/?q=trianing&pillar=II",
    "/projects/?pillar=I&status=cancelled&scope=global",
    "/countries/?q=cote",
    "/countries/KEN/",
    "/regions/002/",
    "/explore/?measure=budget&rows=country&columns=pillar",
    "/explore/?measure=needs&rows=theme&columns=coverage&q=zzzzqq",
    "/search/",
    "/search/?q=border&kind=project",
    "/search/?q=zzzzqq",
    "/components/?kind=stone&land=QAG&sort=-length",
)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("where", ALSO)
def test_a_page_that_was_narrowed_is_as_sound(where: str, language: str, site: Site, windows: Windows) -> None:
    page = windows.of(OFFICER, language)
    answer = page.goto(site.at(where))
    assert answer is not None
    assert weight_of(answer.text()) < HEAVIEST
    assert_outline(page, language)
    assert_accessible(page)
    assert_narrow(page)


@pytest.mark.parametrize("where", ["/", "/figures/shortfall_total/", "/reports/annex-ii/"])
def test_without_scripts_everything_is_read_and_sent(where: str, site: Site, visitor: Visitor) -> None:
    page = visitor(person=OFFICER, scripts=False)
    page.goto(site.at(where))
    assert "$238.9 million" in page.locator("main").inner_text()
    press(page.locator('button[name="language"][value="ar"]'))
    assert page.locator("html").get_attribute("dir") == "rtl"
    press(page.locator(".house-person button"))
    assert page.locator('a[href="/people/sign-in/"]').count() > 0


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


def test_the_slash_goes_to_the_search_and_escape_goes_back(site: Site, visitor: Visitor) -> None:
    page = visitor()
    page.goto(site.at("/figures/"))
    search = page.locator("#q-head")
    link = page.locator("main a").first
    link.focus()
    page.keyboard.press("/")
    assert search.evaluate("field => field === document.activeElement")
    page.keyboard.type("wells/pipes")
    assert search.input_value() == "wells/pipes"
    page.keyboard.press("Escape")
    assert link.evaluate("place => place === document.activeElement")
    page.keyboard.press("/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=wells*")


def test_the_slash_can_be_turned_off_and_stays_off(site: Site, visitor: Visitor) -> None:
    page = visitor()
    page.goto(site.at("/figures/"))
    assert page.locator(".house-search kbd").first.is_visible()
    page.locator("#shortcut").click()
    page.goto(site.at("/reports/"))
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement === document.body")
    assert not page.locator(".house-search kbd").first.is_visible()


def test_without_scripts_there_is_no_hint_of_a_shortcut(site: Site, visitor: Visitor) -> None:
    page = visitor(scripts=False)
    page.goto(site.at("/figures/"))
    assert not page.locator(".house-search kbd").first.is_visible()
    assert not page.locator("#shortcut").is_visible()


def test_the_menu_of_a_narrow_window_opens_without_scripts(site: Site, visitor: Visitor) -> None:
    page = visitor(width=NARROW, scripts=False)
    page.goto(site.at("/figures/"))
    areas = page.get_by_role("navigation", name="Main").get_by_role("link", name="Projects")
    assert areas.count() == 0
    page.locator(".house-menu summary").click()
    press(areas)
    assert page.url == site.at("/projects/")


def test_a_facet_is_chosen_and_taken_back_without_scripts(site: Site, visitor: Visitor) -> None:
    page = visitor(scripts=False)
    page.goto(site.at("/components/?sort=-length"))
    page.locator(".facet summary", has_text="Land").click()
    page.get_by_label("Birchmark").check()
    press(page.locator(".facet[open] button"))
    assert page.url == site.at("/components/?sort=-length&words=&survey=new&from=&land=QAC")
    press(page.locator("a.chip"))
    assert page.url == site.at("/components/?sort=-length&survey=new")


def test_paper_says_where_a_page_came_from(site: Site, visitor: Visitor) -> None:
    page = visitor(person=OFFICER)
    page.goto(site.at("/figures/shortfall_total/"))
    line = page.locator(".print-head")
    assert not line.is_visible()
    page.emulate_media(media="print")
    assert line.is_visible()
    assert "as seen by the secretariat" in line.inner_text()
    assert "/figures/shortfall_total/" in line.inner_text()
