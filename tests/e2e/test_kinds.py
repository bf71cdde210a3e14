"""What holds of every kind of page: reached by links, one heading, landmarks, WCAG by axe, narrow, light, unscripted.

The kinds are those of the table of addresses: a new page is tested here without being named.
"""

from itertools import product
from typing import Final

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import OFFICER, Site, Windows
from tests.e2e.kinds import ADMINISTERED, Walk, fetching, kinds_of_pages, walk
from tests.e2e.soundness import HEAVIEST, assert_accessible, assert_narrow, assert_outline, weight_of

pytestmark = pytest.mark.browser

KINDS: Final = kinds_of_pages()
#: The longest of all, of the same elements in every language: the body of a report, every State in one table.
READ_ONCE: Final = {("report", "ar"), ("report-for", "en"), ("report-for", "ar"), ("countries", "ar")}
#: Kinds that answer with another status.
STATUS: Final = {"not-here": 404, "invitation": 404}
ADMINISTRATOR: Final = "Administrator"


@pytest.fixture(scope="session")
def walked(open_windows: Windows, site: Site) -> Walk:
    """An example of each kind, found by following links as the secretariat's officer; as the administrator of people
    where only they have the page."""
    found = walk(fetching(open_windows.of().request, site.address))
    theirs = walk(fetching(open_windows.of(ADMINISTRATOR).request, site.address))
    found.examples |= {kind: link for kind, link in theirs.examples.items() if kind in ADMINISTERED}
    found.broken += [broken for broken in theirs.broken if broken not in found.broken]
    return found


def open_example(page: Page, kind: str, walked: Walk, site: Site) -> str:
    """Go to the example of a kind; returns its HTML as it was sent."""
    if kind not in walked.examples:
        pytest.fail(f"no link leads to a page of the kind {kind!r}")
    answer = page.goto(site.at(walked.examples[kind].address))
    assert answer is not None
    assert answer.status == STATUS.get(kind, 200)
    return answer.text()


def person_for(kind: str) -> str:
    """Who looks: whoever is signed in is led on from the page for signing in."""
    return "" if kind == "sign-in" else ADMINISTRATOR if kind in ADMINISTERED else OFFICER


def test_every_kind_of_page_is_reached_by_links_and_none_is_broken(walked: Walk) -> None:
    assert walked.broken == []
    assert [kind for kind in KINDS if kind not in walked.examples] == []


@pytest.mark.parametrize(("kind", "language"), list(product(KINDS, ["en", "ar"])))
def test_a_page_is_outlined_accessible_and_fits_a_narrow_window(
    kind: str, language: str, walked: Walk, windows: Windows, site: Site
) -> None:
    page = windows.of(person_for(kind), language)
    open_example(page, kind, walked, site)
    assert_outline(page, language)
    if (kind, language) not in READ_ONCE:
        assert_accessible(page)
    assert_narrow(page)


#: Pages that say something of this browser or this moment alone: where somebody is signed in, a secret just made. A
#: passkey needs a script, and is offered where there is one. The page of health says how much room is left.
OF_ONE_VISIT: Final = {"sign-in", "security", "add-code-app", "add-passkey", "health"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_reads_the_same_without_scripts_and_is_light_for_everyone(
    kind: str, walked: Walk, windows: Windows, site: Site
) -> None:
    page, bare = windows.of(person_for(kind)), windows.of(person_for(kind), scripts=False)
    sent = open_example(page, kind, walked, site)
    open_example(bare, kind, walked, site)
    if kind not in OF_ONE_VISIT:
        assert bare.locator("main").inner_text() == page.locator("main").inner_text()
    public = windows.of("").request.get(site.at(walked.examples[kind].address))
    assert max(weight_of(sent), weight_of(public.text())) < HEAVIEST
