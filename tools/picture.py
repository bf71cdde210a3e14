"""Takes the README's picture: ``make demo`` in one terminal, then ``python tools/picture.py http://127.0.0.1:8000``.

Signs in as the secretariat officer of the demonstration and photographs the first page. Needs the development
requirements, and the browser that ``COLONNADE_CHROMIUM`` names.
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "images" / "home.png"


def main(address: str) -> None:
    """Write the picture."""
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("COLONNADE_CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1120, "height": 800})
        page.goto(f"{address}/people/sign-in/")
        page.get_by_role("button", name="Secretariat officer").click()
        page.goto(f"{address}/")
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
