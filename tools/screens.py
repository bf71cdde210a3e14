"""Takes pictures of every kind of page: wide, narrow, in Arabic and as printed, into a folder to look through.

``make demo`` in one terminal, then ``.venv/bin/python -m tools.screens http://127.0.0.1:8000 FOLDER``. Signs in as
the secretariat officer (``--person``), finds an example of each kind by following links (``--only NAME`` for some),
and writes ``NAME-wide.png``, ``-narrow.png``, ``-arabic.png``, ``-print.png`` and ``NAME.pdf``. Needs the development
requirements, and the browser that ``COLONNADE_CHROMIUM`` names.
"""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from playwright.sync_api import Browser, Page, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colonnade.config.settings")
django.setup()

from tests.e2e.kinds import fetching, kinds_of_pages, walk  # noqa: E402  # reads the table of addresses, which needs Django

WIDE, NARROW, PAPER = 1280, 360, 718  # A4 less its margins, in CSS pixels


@contextmanager
def window(browser: Browser, site: str, person: str, width: int, language: str = "en") -> Iterator[Page]:
    """A browser window in which ``person`` is signed in."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{site}/people/sign-in/")
    if person:
        page.get_by_role("button", name=person).first.click()
    if language != "en":
        page.locator(f'button[name="language"][value="{language}"]').click()
    yield page
    context.close()


def examples(page: Page, site: str) -> dict[str, str]:
    """An address of each kind of page that the person may see."""

    found = walk(fetching(page.request, site))
    for complaint in found.broken:
        print("broken:", complaint)
    for kind in kinds_of_pages():
        if kind not in found.examples:
            print("not reached by links:", kind)
    return {kind: found.examples[kind].address for kind in kinds_of_pages() if kind in found.examples}


def main() -> None:
    """Write the pictures."""
    options = argparse.ArgumentParser(description="Pictures of every kind of page.")
    options.add_argument("site", help="address of a served demonstration")
    options.add_argument("folder", type=Path)
    options.add_argument("--person", default="Secretariat officer", help="whom to step in as; empty: the public")
    options.add_argument("--only", action="append", help="a kind of page (repeat for more)")
    asked = options.parse_args()
    site, folder = asked.site.rstrip("/"), asked.folder
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("COLONNADE_CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        with window(browser, site, asked.person, WIDE) as page:
            pages = {kind: at for kind, at in examples(page, site).items() if not asked.only or kind in asked.only}
        for ending, width, language in (("wide", WIDE, "en"), ("narrow", NARROW, "en"), ("arabic", WIDE, "ar")):
            with window(browser, site, asked.person, width, language) as page:
                for kind, at in pages.items():
                    page.goto(site + at)
                    page.screenshot(path=folder / f"{kind.replace(' ', '-')}-{ending}.png", full_page=True)
        with window(browser, site, asked.person, PAPER) as page:
            page.emulate_media(media="print")
            for kind, at in pages.items():
                page.goto(site + at)
                page.screenshot(path=folder / f"{kind.replace(' ', '-')}-print.png", full_page=True)
                page.pdf(path=folder / f"{kind.replace(' ', '-')}.pdf", format="A4")
        for kind, at in pages.items():
            print(f"{kind:24} {at}")
        browser.close()


if __name__ == "__main__":
    main()
