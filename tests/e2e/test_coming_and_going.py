"""Somebody comes and goes: invited by mail, in with a second factor, ended, and gone at the next click. And somebody
breaks the glass: extra access, seen by everybody who watches, ended."""

import base64
import hashlib
import hmac
import re
import struct
import time
from email import message_from_string
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import CommandLine
from tests.e2e.conftest import OFFICER, Site, Visitor
from tests.e2e.soundness import assert_sound
from tests.e2e.steps import press

pytestmark = pytest.mark.browser

ADMINISTRATOR, ADDRESS, NAME = "Administrator", "newcomer@office.example", "A newcomer"
PASSWORD = "a long enough password"
#: Seconds until a mail must have left.
PATIENCE = 30


def code_of(secret: str) -> str:
    """The code that an app with ``secret`` shows now (RFC 6238)."""
    found = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(time.time() // 30)), hashlib.sha1).digest()
    place = found[-1] & 15
    return f"{(int.from_bytes(found[place : place + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def link_mailed_to(address: str, folder: Path, path: str) -> str:
    """The link under ``path`` in the newest mail to ``address`` that has one, waiting for it to leave."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        for file in sorted(folder.glob("*.log"), key=lambda each: each.stat().st_mtime, reverse=True):
            message = message_from_string(file.read_text())
            payload = message.get_payload(decode=True)
            assert isinstance(payload, bytes)
            found = re.search(rf"http\S+{path}\S+", payload.decode())
            if message["To"] == address and found:
                return found[0]
        time.sleep(0.5)
    pytest.fail(f"no mail to {address} with such a link left within {PATIENCE} seconds")


def to_the_people(page: Page, site: Site) -> None:
    page.goto(site.at("/"))
    press(page.get_by_role("link", name="People and roles"))
    expect(page.get_by_role("heading", level=1)).to_have_text("People and roles")


def ways_back_in(site: Site, elsewhere: Page, command_line: CommandLine) -> None:
    """The pages at the door, for somebody with an account: the second step, a new password, a passkey that is none."""
    elsewhere.goto(site.at("/people/sign-in/"))
    elsewhere.get_by_label("E-mail address").fill(ADDRESS)
    elsewhere.get_by_label("Password", exact=True).fill(PASSWORD)
    press(elsewhere.get_by_role("button", name="Sign in", exact=True))
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Sign in: second step")
    assert_sound(elsewhere)
    elsewhere.goto(site.at("/people/sign-in/forgotten/"))
    elsewhere.get_by_label("E-mail address").fill(ADDRESS)
    press(elsewhere.locator("main form button").last)
    elsewhere.goto(link_mailed_to(ADDRESS, command_line.state / "mail", "/people/sign-in/forgotten/"))
    expect(elsewhere.get_by_label("New password", exact=True)).to_be_visible()
    assert_sound(elsewhere)


def test_somebody_is_invited_comes_in_and_is_gone_at_the_next_click(
    site: Site, visitor: Visitor, command_line: CommandLine
) -> None:
    desk = visitor(person=ADMINISTRATOR)
    to_the_people(desk, site)
    press(desk.get_by_role("link", name="Invite somebody"))
    desk.get_by_label("Name", exact=True).fill(NAME)
    desk.get_by_label("E-mail address").fill(ADDRESS)
    desk.get_by_label("Role", exact=True).first.select_option(label="Auditor")
    press(desk.get_by_role("button", name="Invite", exact=True))
    expect(desk.get_by_role("status")).to_contain_text("is invited")
    link = link_mailed_to(ADDRESS, command_line.state / "mail", "/people/invitation/")

    newcomer = visitor()
    newcomer.goto(link)
    assert_sound(newcomer)
    newcomer.get_by_label("New password", exact=True).fill(PASSWORD)
    newcomer.get_by_label(re.compile("confirmation")).fill(PASSWORD)
    press(newcomer.get_by_role("button", name="Keep this password and go on"))
    expect(newcomer.locator("main")).to_contain_text("One step is left")
    press(newcomer.get_by_role("link", name="Add an app that shows codes"))
    secret = newcomer.locator("main code").first.inner_text()
    newcomer.get_by_label("Code").fill(code_of(secret))
    press(newcomer.locator("main form button").last)
    expect(newcomer.get_by_role("heading", level=1)).to_contain_text("Recovery codes")
    assert_sound(newcomer)
    ways_back_in(site, visitor(), command_line)
    newcomer.goto(site.at("/"))
    expect(newcomer.locator(".looking")).to_contain_text("the secretariat")
    press(newcomer.get_by_role("link", name="People and roles"))
    expect(newcomer.locator("main")).to_contain_text(ADDRESS)

    to_the_people(desk, site)
    press(desk.get_by_role("link", name=NAME))
    press(desk.get_by_role("button", name="End Auditor"))
    expect(desk.get_by_role("status")).to_contain_text("The role is ended")
    newcomer.reload()
    expect(newcomer.get_by_role("heading", level=1)).not_to_have_text("People and roles")
    newcomer.goto(site.at("/"))
    expect(newcomer.locator(".looking")).to_contain_text("the public")
    press(desk.get_by_role("button", name="Withdraw this person"))
    newcomer.goto(site.at("/projects/"))
    expect(newcomer.get_by_role("button", name="Sign out")).to_have_count(0)


def test_the_glass_is_broken_seen_and_mended(site: Site, visitor: Visitor) -> None:
    desk, officer = visitor(person=ADMINISTRATOR), visitor(person=OFFICER)
    desk.goto(site.at("/"))
    expect(desk.locator(".looking")).to_contain_text("the public")
    press(desk.get_by_role("link", name="Extra access"))
    press(desk.get_by_role("link", name="Take extra access"))
    desk.get_by_label("Role", exact=True).select_option(label="Secretariat officer")
    desk.get_by_label(re.compile("^Why")).fill("The officer cannot be reached, and a figure is wrong.")
    press(desk.get_by_role("button", name="Take it"))
    expect(desk.locator(".looking")).to_contain_text("the secretariat")
    desk.goto(site.at("/needs/"))

    officer.goto(site.at("/"))
    press(officer.get_by_role("link", name="What was read, and how to end it"))
    expect(officer.locator("main")).to_contain_text("/needs/")
    assert_sound(officer)
    press(officer.get_by_role("button", name="End it now"))
    expect(officer.get_by_role("status")).to_contain_text("The access is ended")
    desk.reload()
    expect(desk.locator(".looking")).to_contain_text("the public")
    expect(officer.get_by_role("link", name="What was read, and how to end it")).to_have_count(0)
