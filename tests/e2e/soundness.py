"""What is asked of any page that is open in a browser, whoever reads it and in whichever language."""

import re
from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.conftest import NARROW

RULES: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # What passes is not listed element by element, which takes half of the time.
    "resultTypes": ["violations"],
}
#: Bytes of HTML, charts left out.
HEAVIEST: Final = 150_000
DIRECTIONS: Final = {"en": "ltr", "ar": "rtl"}

OUTLINE: Final = """() => ({
  headings: [...document.querySelectorAll("h1")].map(e => e.innerText.trim()),
  title: document.title,
  landmarks: ["header", "main", "nav", "footer"].filter(name => document.querySelector(name)),
  bare: [...document.querySelectorAll("img:not([alt]), svg:not([aria-hidden=true]):not([role=img])")]
    .map(e => e.outerHTML.slice(0, 80)),
  direction: document.documentElement.dir,
})"""
#: Boxes that stick out of the window without standing in a block that scrolls by itself, or being out of sight.
STICKING_OUT: Final = """width => {
  const scrolls = e => e && (["auto", "scroll"].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  return [...document.querySelectorAll("main *, header *, footer *")].filter(e => {
    const box = e.getBoundingClientRect();
    return box.width > 1 && (box.right > width + 1 || box.left < -1) && e.checkVisibility() && !scrolls(e);
  }).slice(0, 5).map(e => e.outerHTML.slice(0, 120));
}"""


def weight_of(html: str) -> int:
    """Bytes of a page without its charts."""
    return len(re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL).encode())


def assert_outline(page: Page, language: str) -> None:
    """One heading, a title of its own, landmarks, a text for each image, the direction of the language."""
    outline = page.evaluate(OUTLINE)
    assert len([heading for heading in outline["headings"] if heading]) == len(outline["headings"]) == 1
    assert re.match(r"[^·\s].* · \S", outline["title"])
    assert outline["landmarks"] == ["header", "main", "nav", "footer"]
    assert outline["bare"] == []
    assert outline["direction"] == DIRECTIONS[language]


def assert_accessible(page: Page) -> None:
    """Axe finds no breach of WCAG 2.2 AA."""
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def assert_narrow(page: Page) -> None:
    """At the width of a small telephone nothing sticks out, and the page does not scroll sideways."""
    page.set_viewport_size({"width": NARROW, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    assert page.evaluate(STICKING_OUT, NARROW) == []


def assert_sound(page: Page) -> None:
    """What holds of every page in English; then the window is as wide as before."""
    size = page.viewport_size
    assert_outline(page, "en")
    assert_accessible(page)
    assert_narrow(page)
    if size:
        page.set_viewport_size(size)
