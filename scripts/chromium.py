"""Finds a real Chromium for the browser tests, or gets one.

The one that ``COLONNADE_CHROMIUM`` names and no other; if it names none, in this order: a system browser, Debian's
package where root may install it, Playwright's own download. Each must show a page before it counts. There is no
test without a browser: when none can be had, the caller is told so and stops.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
MACOS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
_PAGE = "data:text/html,<p>colonnade"
_FLAGS = ("--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")


class NoChromiumError(RuntimeError):
    """No Chromium is here and none can be had; the message says what was tried."""


def find_chromium() -> str:
    """The path of a Chromium that shows pages.

    :raises NoChromiumError: when there is none.
    """
    tried: list[str] = []
    sources = (_given,) if os.environ.get("COLONNADE_CHROMIUM") else (_system, _debian_package, _playwright_download)
    for source in sources:
        for path in source(tried):
            if complaint := _complaint(path):
                tried.append(f"{path}: {complaint}")
            else:
                return path
    raise NoChromiumError(
        "The browser tests need a real Chromium, and none can be had here:\n  "
        + "\n  ".join(tried)
        + "\nInstall one (Debian: apt-get install chromium) or name it in COLONNADE_CHROMIUM."
    )


def _given(_tried: list[str]) -> Iterator[str]:
    yield os.environ["COLONNADE_CHROMIUM"]


def _system(tried: list[str]) -> Iterator[str]:
    found = [path for name in NAMES if (path := shutil.which(name))] + [path for path in MACOS if Path(path).exists()]
    if not found:
        tried.append(f"none of {', '.join(NAMES)} is installed")
    yield from found


def _debian_package(tried: list[str]) -> Iterator[str]:
    if not shutil.which("apt-get"):
        tried.append("this is no Debian: no apt-get")
        return
    if os.geteuid() != 0:
        tried.append("Debian's package: only root may install it")
        return
    print("Installing Debian's chromium for the browser tests", file=sys.stderr, flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        done = subprocess.run(
            ["apt-get", "-qq", *command],
            env=quiet,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            tried.append(f"apt-get {command[0]}: {done.stderr.strip()[-300:]}")
    if path := shutil.which("chromium"):
        yield path


def _playwright_download(tried: list[str]) -> Iterator[str]:
    print("Downloading Playwright's Chromium for the browser tests", file=sys.stderr, flush=True)
    browsers = ROOT / ".colonnade" / "browsers"
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    done = subprocess.run(
        command,
        env=os.environ | {"PLAYWRIGHT_BROWSERS_PATH": str(browsers)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        tried.append(f"playwright install chromium: {(done.stderr or done.stdout).strip()[-300:]}")
    patterns = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
    yield from (str(path) for pattern in patterns for path in sorted(browsers.glob(pattern), reverse=True))


def _complaint(path: str) -> str | None:
    """Why the browser at ``path`` does not do; ``None`` when it showed a page."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="colonnade-chromium-", ignore_cleanup_errors=True) as profile:
        command = [path, *_FLAGS, *sandbox, f"--user-data-dir={profile}", "--dump-dom", _PAGE]
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
    if "colonnade" not in done.stdout:
        return done.stderr.strip()[-300:] or f"it ended with status {done.returncode} and showed no page"
    return None


if __name__ == "__main__":
    try:
        print(find_chromium())
    except NoChromiumError as error:
        sys.exit(str(error))
