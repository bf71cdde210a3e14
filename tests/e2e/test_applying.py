"""An entity applies in a real browser: once over the ceiling, once without an origin, and once as it must be."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ROOT, CommandLine
from tests.e2e.conftest import Site, Visitor
from tests.e2e.soundness import assert_accessible, assert_narrow
from tests.e2e.steps import press

pytestmark = pytest.mark.browser

FOCAL_POINT, STRANGER = "Entity focal point, UNODC", "Donor"
CALL = "A call of the journey"
#: The demonstration has no call that is open; an officer of the machine opens one, of the process that the pack states.
OPEN = """
from colonnade.config.database import connect_settings
import django
django.setup()
connect_settings()
from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.review.models import Call, Process

@action
def opened(*, actor):
    process = Process.objects.get()
    Call.objects.unscoped("a journey").get_or_create(code="journey", defaults={
        "title": "A call of the journey", "process": process, "rules": process.rules, "standing": "open",
        "opens_on": "2020-01-01", "closes_on": "2999-01-01", "budget_usd": 500_000, "group_ceiling_usd": 169_500,
    })

opened(actor=Actor("The journey"))
"""


@pytest.fixture(scope="module", autouse=True)
def _call(site: Site, command_line: CommandLine) -> None:
    assert site
    environment = {
        **os.environ, "COLONNADE_STATE": str(command_line.state), "DJANGO_SETTINGS_MODULE": "colonnade.config.settings"
    }  # fmt: skip
    environment.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", OPEN], cwd=ROOT, env=environment, check=True, timeout=120)


def begin(page: Page, site: Site, title: str) -> None:
    page.goto(site.at("/calls/"))
    press(page.locator("main").get_by_role("link", name=CALL))
    press(page.get_by_role("link", name="Apply", exact=True))
    page.get_by_label("Title", exact=True).fill(title)
    press(page.get_by_role("button", name="Begin the proposal"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Purpose, cost, time and products")


def go_on(page: Page, heading: str) -> None:
    press(page.get_by_role("button", name="Save and go on"))
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def describe(page: Page, amount: str) -> None:
    for label in (
        "Purpose", "Performance requirements", "Constraints of cost, time and place", "Products and services",
        "How outputs lead to outcomes", "How benefits will be sustained", "Quality agreed with beneficiaries",
    ):  # fmt: skip
        page.get_by_label(label, exact=True).fill(f"{label}, as it was agreed.")
    page.get_by_label("Begins", exact=True).fill("2030-01-01")
    page.get_by_label("Ends", exact=True).fill("2999-12-31")  # after the call has closed
    page.get_by_label("Asked for, in US dollars", exact=True).fill(amount)
    page.get_by_label("Working group", exact=True).select_option(index=1)


def checks(page: Page) -> str:
    return page.locator("ul.checks").inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_proposal_over_the_ceiling_is_told_by_how_much(scripts: bool, site: Site, visitor: Visitor) -> None:
    page = visitor(person=FOCAL_POINT, scripts=scripts)
    begin(page, site, "Too much")
    describe(page, "170000")
    press(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_role("status").first).to_contain_text("The section is saved.")
    assert "USD 500 more than the USD 169,500 that a working group can be given." in checks(page)
    press(page.get_by_role("link", name="USD 500 more", exact=False))
    expect(page).to_have_url(page.url.split("#")[0] + "#id_requested_usd")


def test_what_is_typed_is_saved_without_a_button(site: Site, visitor: Visitor) -> None:
    page = visitor(person=FOCAL_POINT)
    begin(page, site, "As typed")
    page.get_by_label("Purpose", exact=True).fill("Typed, and no button pressed.")
    expect(page.locator("[data-saved]")).to_contain_text("Saved as you typed")
    page.reload()
    expect(page.get_by_label("Purpose", exact=True)).to_have_value("Typed, and no button pressed.")


def test_a_proposal_without_an_origin_is_not_sent_and_a_whole_one_is(site: Site, visitor: Visitor) -> None:
    page = visitor(person=FOCAL_POINT)
    begin(page, site, "Wells that last")
    assert_accessible(page)
    assert_narrow(page)
    describe(page, "100000")
    go_on(page, "Origin")
    go_on(page, "Budget")
    row = page.get_by_role("group", name="Row 1")
    row.get_by_label("Kind of cost").fill("Staff")
    row.get_by_label("Asked for, in US dollars").fill("100000")
    assert_accessible(page)
    go_on(page, "Outputs and results")
    row = page.get_by_role("group", name="Row 1")
    row.get_by_label("Kind", exact=True).select_option(label="Product")
    row.get_by_label("Output", exact=True).fill("A guide")
    row.get_by_label("Outcome that it leads to").fill("Better wells")
    row.get_by_label("Indicator").fill("Readers")
    row.get_by_label("Target").fill("100")
    go_on(page, "Alignment and money beside")
    for box in page.locator("form.edit-form textarea").all():
        box.fill("As the terms of reference ask.")
    go_on(page, "Consultations")
    row = page.get_by_role("group", name="Row 1")
    row.get_by_label("With whom").select_option(label=next(
        text for text in row.get_by_label("With whom").locator("option").all_inner_texts() if text.startswith("CTED:")
    ))  # fmt: skip
    row.get_by_label("What came of it").fill("They agree.")
    go_on(page, "Risks")
    row = page.get_by_role("group", name="Row 1")
    row.get_by_label("Risk", exact=True).fill("It rains.")
    row.get_by_label("Likelihood").select_option(label="High")
    row.get_by_label("Impact").select_option(label="Low")
    row.get_by_label("What is done about it").fill("Umbrellas.")
    go_on(page, "Markers")
    for row in page.locator("fieldset.row").all():
        row.get_by_label("Score").select_option(index=2)
        row.get_by_label("Why").fill("Half of those who dig are women.")
    assert_accessible(page)
    go_on(page, "Human rights")
    page.get_by_label("Human rights due diligence").fill("Done before the start.")
    press(page.get_by_role("button", name="Save", exact=True))
    press(page.get_by_role("link", name="To the proposal"))
    proposal = page.url
    assert_accessible(page)
    assert_narrow(page)

    # Without an origin nothing is sent.
    press(page.get_by_role("link", name="Check and send"))
    expect(page.locator("ul.checks")).to_contain_text("Name the origin")
    expect(page.get_by_role("button", name="Send", exact=True)).to_have_count(0)
    assert_accessible(page)
    press(page.get_by_role("link", name="Name the origin"))
    page.get_by_label("Origin", exact=True).select_option(label="The legislative mandate of the entity")
    page.get_by_label("How it follows from the mandate").fill("The General Assembly asked for it.")
    press(page.get_by_role("button", name="Save", exact=True))

    page.goto(proposal + "send/")
    expect(page.locator("main")).to_contain_text("Every rule is met.")
    press(page.get_by_role("button", name="Send", exact=True))
    expect(page.locator("main .badge")).to_have_text("Submitted")
    expect(page.get_by_role("link", name="Write", exact=True)).to_have_count(0)

    other = visitor(person=STRANGER)
    answer = other.goto(proposal)
    assert answer is not None
    assert answer.status == 404
    other.goto(site.at("/calls/"))
    press(other.locator("main").get_by_role("link", name=CALL))
    assert_accessible(other)
    assert_narrow(other)
    expect(other.locator("main")).not_to_contain_text("Wells that last")
