"""A served demonstration, and a real Chromium to look at it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import ROOT, CommandLine
from tests.e2e.steps import press

PATIENCE = 60
WIDE, NARROW = 1280, 360


@dataclass(frozen=True, slots=True)
class Site:
    """A demonstration being served."""

    address: str

    def at(self, path: str) -> str:
        return self.address + path


@pytest.fixture(scope="session")
def site(command_line: CommandLine) -> Iterator[Site]:
    """The demonstration, served by the command line as a process of its own until the tests end."""
    with served(command_line) as found:
        yield found


@contextmanager
def served(command_line: CommandLine) -> Iterator[Site]:
    """What a state folder holds, served as a demonstration for as long as the block runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "COLONNADE_STATE": str(command_line.state),
        "COLONNADE_PACK": str(command_line.pack),
        "COLONNADE_DEMO": "1",
    }
    environment.pop("DATABASE_URL", None)
    log = command_line.state / "serve.log"
    with log.open("w") as stream:
        server = subprocess.Popen(
            [sys.executable, "-m", "colonnade.config.cli", "serve", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    try:
        found = Site(f"http://127.0.0.1:{port}")
        _wait_for(found, server, log)
        yield found
    finally:
        server.terminate()
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_for(site: Site, server: "subprocess.Popen[bytes]", log: Path) -> None:
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        if server.poll() is not None:
            break
        try:
            with urlopen(site.at("/")):  # noqa: S310  # our own server
                return
        except URLError:
            time.sleep(0.2)
    pytest.fail(f"the demonstration is not served: {log.read_text()[-2000:]}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser that COLONNADE_CHROMIUM names. There is no test of pages without one."""
    path = os.environ.get("COLONNADE_CHROMIUM")
    if not path:
        pytest.fail("COLONNADE_CHROMIUM names no browser: run `make test`, which finds or installs one", pytrace=False)
    # Chromium's own sandbox does not run as root; the pages are ours.
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


Visitor = Callable[..., Page]
OFFICER = "Secretariat officer"


def watch(page: Page, site: Site, elsewhere: list[str], complaints: list[str]) -> None:
    """Note every request to another origin, and every error of the page's own.

    That a form was refused, a page not found, or that two edits met, is the browser's remark on an answer that some
    tests ask for.
    """
    page.on("request", lambda asked: None if asked.url.startswith(site.address) else elsewhere.append(asked.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: (
            complaints.append(said.text)
            if said.type == "error" and not any(status in said.text for status in ("400", "404", "409"))
            else None
        ),
    )


def step_in(page: Page, site: Site, person: str) -> None:
    """Become a person of the demonstration."""
    page.goto(site.at("/people/sign-in/"))
    press(page.get_by_role("button", name=person).first)
    page.wait_for_url(lambda address: "/people/sign-in/" not in address)  # what is asked next would break it off


def choose_language(page: Page, site: Site, language: str) -> None:
    """Read in another language from here on."""
    page.goto(site.at("/"))
    press(page.locator(f'button[name="language"][value="{language}"]'))


@pytest.fixture
def visitor(chromium: Browser, site: Site) -> Iterator[Visitor]:
    """Opens a browser window: ``visitor(person="Secretariat officer", language="ar", width=360, scripts=False)``.

    A window closes with its test, which fails where the page asked another origin for anything, or complained.
    """
    opened: list[BrowserContext] = []
    elsewhere: list[str] = []
    complaints: list[str] = []

    def visit(*, person: str = "", language: str = "en", width: int = WIDE, scripts: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, accept_downloads=True
        )
        opened.append(context)
        page = context.new_page()
        watch(page, site, elsewhere, complaints)
        if person:
            step_in(page, site, person)
        if language != "en":
            choose_language(page, site, language)
        return page

    yield visit
    for context in opened:
        context.close()
    assert elsewhere == []
    assert complaints == []


#: Seconds after which a shared window is opened anew: its person would soon be asked to confirm who they are.
FRESH = 300


class Windows:
    """Windows that stay open from page to page, one for each reader: signing in takes longer than looking."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self._browser, self._site = browser, site
        self._pages: dict[tuple[str, str, bool], Page] = {}
        self._since: dict[tuple[str, str, bool], float] = {}
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []

    def of(self, person: str = OFFICER, language: str = "en", scripts: bool = True) -> Page:
        """The wide window of one reader; a test that makes it narrow need not mend it."""
        key = (person, language, scripts)
        if person and time.monotonic() - self._since.get(key, time.monotonic()) >= FRESH:
            self._pages.pop(key).context.close()
        if key not in self._pages:
            context = self._browser.new_context(java_script_enabled=scripts)
            page = self._pages[key] = context.new_page()
            self._since[key] = time.monotonic()
            watch(page, self._site, self.elsewhere, self.complaints)
            if person:
                step_in(page, self._site, person)
            if language != "en":
                choose_language(page, self._site, language)
        self._pages[key].set_viewport_size({"width": WIDE, "height": 900})
        return self._pages[key]

    def close(self) -> None:
        for page in self._pages.values():
            page.context.close()


@pytest.fixture(scope="session")
def open_windows(chromium: Browser, site: Site) -> Iterator[Windows]:
    windows = Windows(chromium, site)
    yield windows
    windows.close()


@pytest.fixture
def windows(open_windows: Windows) -> Iterator[Windows]:
    """Windows shared with other tests; the test fails where a page asked another origin, or complained."""
    open_windows.elsewhere.clear()
    open_windows.complaints.clear()
    yield open_windows
    assert open_windows.elsewhere == []
    assert open_windows.complaints == []
