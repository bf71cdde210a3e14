"""Arabic is the mirror image: where things stand on the page, measured; pictures are written for people to look at.

Bounding boxes are compared and not pixels: fonts and their smoothing differ from machine to machine.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from tests.e2e.conftest import WIDE, Site, Windows

pytestmark = pytest.mark.browser

#: Where the pictures go: a folder that stays, or that of the tests.
KEPT = os.environ.get("COLONNADE_SCREENSHOTS", "")


@dataclass(frozen=True, slots=True)
class Span:
    """From where to where a thing reaches across the window, in CSS pixels from its left."""

    left: float
    right: float

    def mirrored(self) -> "Span":
        return Span(WIDE - self.right, WIDE - self.left)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and abs(self.left - other.left) <= 2 and abs(self.right - other.right) <= 2

    def __hash__(self) -> int:
        return 0


def span(which: Locator) -> Span:
    box = which.first.bounding_box()
    assert box is not None
    return Span(box["x"], box["x"] + box["width"])


@pytest.fixture
def pair(windows: Windows) -> tuple[Page, Page]:
    """The same officer's window in English and in Arabic."""
    return windows.of(language="en"), windows.of(language="ar")


def look(pair: tuple[Page, Page], site: Site, path: str, folder: Path) -> tuple[Page, Page]:
    """Open a page in both languages, and keep a picture of each."""
    for page, language in zip(pair, ("en", "ar"), strict=True):
        page.goto(site.at(path))
        name = f"{path.strip('/').replace('/', '-') or 'home'}-{language}.png"
        page.screenshot(path=Path(KEPT or folder) / name, full_page=True)
    assert pair[0].locator("html").get_attribute("dir") == "ltr"
    assert pair[1].locator("html").get_attribute("dir") == "rtl"
    return pair


def test_the_frame_of_a_page_is_mirrored(pair: tuple[Page, Page], site: Site, tmp_path: Path) -> None:
    english, arabic = look(pair, site, "/", tmp_path)
    name = ".house-name"
    assert span(arabic.locator(name)) == span(english.locator(name)).mirrored()
    for page, first, last in ((english, ".house-name", ".house-person"), (arabic, ".house-person", ".house-name")):
        assert span(page.locator(first)).right < span(page.locator(last)).left
    entries = arabic.locator(".house-row a")
    assert span(entries.first).left > span(entries.last).right
    assert span(arabic.locator("h1")).right == pytest.approx(span(arabic.locator(name)).right, abs=2)


def test_headline_numbers_run_from_the_right(pair: tuple[Page, Page], site: Site, tmp_path: Path) -> None:
    english, arabic = look(pair, site, "/", tmp_path)
    for at in range(3):
        theirs = span(english.locator(".headlines > li").nth(at))
        assert span(arabic.locator(".headlines > li").nth(at)) == theirs.mirrored()


@pytest.mark.parametrize("path", ["/projects/", "/entities/", "/money/", "/figures/projects_by_pillar/"])
def test_a_table_begins_at_the_right_and_its_units_stand_under_one_another(
    path: str, pair: tuple[Page, Page], site: Site, tmp_path: Path
) -> None:
    english, arabic = look(pair, site, path, tmp_path)
    for page in (english, arabic):
        table = page.locator("main table").first
        head = table.locator("thead th")
        begins, ends = span(head.first), span(head.last)
        assert begins.left < ends.left if page is english else begins.left > ends.left
        cells = table.locator("tbody .n")
        column = cells.nth(0).evaluate("cell => cell.cellIndex")
        numbers = table.locator(f"tbody .n:nth-child({column + 1})")
        rights = {
            round(
                number.evaluate("""cell => {
              const range = document.createRange();
              range.selectNodeContents(cell);
              return range.getBoundingClientRect().right;
            }""")
            )
            for number in numbers.all()[:8]
        }
        assert max(rights) - min(rights) <= 1


def test_digits_and_signs_are_those_of_the_design(pair: tuple[Page, Page], site: Site, tmp_path: Path) -> None:
    english, arabic = look(pair, site, "/figures/projects_by_pillar/", tmp_path)
    digits = [re.findall(r"\d+", " ".join(page.locator("main table a.number").all_inner_texts())) for page in pair]
    assert digits[0] == digits[1] != []
    assert english.locator("a.number").first.inner_text().strip()
    change = arabic.locator("a.number", has_text=re.compile(r"^[-−]\d+$")).first
    assert change.evaluate("e => getComputedStyle(e).direction") == "ltr"


def test_bars_grow_from_the_right(pair: tuple[Page, Page], site: Site, tmp_path: Path) -> None:
    english, arabic = look(pair, site, "/", tmp_path)
    for page in (english, arabic):
        row = page.locator("main .pillars tbody tr").first
        whole, part = span(row.locator("svg.bar rect").first), span(row.locator("svg.bar rect").last)
        if page is english:
            assert part.left == pytest.approx(whole.left, abs=1)
        else:
            assert part.right == pytest.approx(whole.right, abs=1)
        assert 0 < part.right - part.left < whole.right - whole.left
