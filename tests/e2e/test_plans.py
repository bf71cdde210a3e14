"""A plan of action: the secretariat drafts, an entity accepts, the State agrees, reports follow, donors read costs."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OFFICER, Site, Visitor
from tests.e2e.soundness import assert_accessible, assert_narrow
from tests.e2e.steps import press, send

pytestmark = pytest.mark.browser

STATE = "State focal point"
TITLE = "Plan for the northern posts"


def add(officer: Page, what: str, **typed: str) -> None:
    """Add a part to the draft that is open; fields by their labels."""
    press(officer.get_by_role("link", name=f"Add {what}", exact=True))
    for label, value in typed.items():
        field = officer.locator(f"#id_{label}")
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    send(officer, f"Add {what}")


def consent(page: Page, button: str) -> None:
    page.get_by_label("Office of the State").fill("Ministry of planning")
    page.get_by_label("Reference of the letter").fill("NV 12")
    send(page, button)


def test_a_plan_is_drafted_accepted_agreed_and_reported_on(site: Site, visitor: Visitor) -> None:
    officer, state = visitor(person=OFFICER), visitor(person=STATE, scripts=False)
    entity, donor = visitor(person="Entity focal point, UNODC"), visitor()
    officer.goto(site.at("/plans/"))
    press(officer.get_by_role("link", name="Begin a plan"))
    officer.get_by_label("State or region").select_option(index=_of_the_state(state, officer, site))
    press(officer.get_by_role("button", name="Go on"))
    officer.get_by_role("textbox", name="Title").fill(TITLE)
    officer.get_by_label("Begins").fill("2024-01-01")
    officer.get_by_label("Ends").fill("2028-12-31")
    officer.get_by_role("group", name="Needs that it answers").get_by_role("checkbox").first.check()
    assert_accessible(officer)
    assert_narrow(officer)
    send(officer, "Begin a plan")
    add(officer, "an outcome", text="Posts are staffed")
    add(officer, "an output", outcome="Posts are staffed", text="Officers are trained")
    lead = officer.locator('#id_lead option:text-matches("^UNODC ")')
    press(officer.get_by_role("link", name="Add an activity", exact=True))
    for field, value in (
        ("text", "Train officers"), ("starts_on", "2024-02-01"), ("ends_on", "2028-02-01"), ("cost", "1000"),
        ("funded", "400"),
    ):  # fmt: skip
        officer.locator(f"#id_{field}").fill(value)
    officer.locator("#id_lead").select_option(value=lead.first.get_attribute("value") or "")
    assert_accessible(officer)
    send(officer, "Add an activity")
    expect(officer.locator("main")).to_contain_text("USD 1,000, of which USD 400 funded")
    assert_accessible(officer)
    assert_narrow(officer)

    entity.goto(site.at("/plans/"))
    press(entity.get_by_role("region", name="Waits for you").get_by_role("link", name=TITLE))
    entity.get_by_label("Leads it", exact=True).check()
    assert_accessible(entity)
    send(entity, "Accept or decline to lead")
    plan = entity.url

    officer.goto(plan)
    press(officer.get_by_role("link", name="Propose it to the State"))
    send(officer, "Propose it to the State")
    state.goto(site.at("/plans/"))
    press(state.get_by_role("region", name="Waits for you").get_by_role("link", name=TITLE))
    press(state.get_by_role("link", name="Consent, or record a consent"))
    consent(state, "Consent to the version that is proposed")
    expect(state.locator("main")).to_contain_text("NV 12")
    press(state.get_by_role("link", name="Let donors read the costs"))
    consent(state, "Let donors read the costs")
    officer.goto(plan)
    press(officer.get_by_role("link", name="Confirm"))
    assert_accessible(officer)
    send(officer, "Confirm the consent")

    entity.goto(plan)
    press(entity.get_by_role("link", name="Report progress"))
    press(entity.get_by_role("link", name="Train officers"))
    entity.get_by_label("How far it is").select_option(label="Under way")
    entity.get_by_label("Funded by now").fill("700")
    send(entity, "Report on an activity")
    entity.goto(plan)
    press(entity.locator("dl.stats").get_by_role("link", name="1", exact=True).first)
    expect(entity.locator("#shown")).to_have_text("Under way")
    assert_accessible(entity)
    assert_narrow(entity)

    donor.goto(plan)
    expect(donor.get_by_role("heading", level=1)).not_to_have_text(TITLE)
    donor.goto(site.at("/plans/"))
    press(donor.get_by_role("link", name=TITLE))
    expect(donor.locator("tfoot")).to_contain_text("700")
    expect(donor.locator("tfoot")).to_contain_text("300")
    assert_accessible(donor)
    assert_narrow(donor)


def _of_the_state(state: Page, officer: Page, site: Site) -> int:
    """The place, in the officer's list of States and regions, of the State whose focal point takes part."""
    state.goto(site.at("/plans/begin/"))
    name = state.get_by_label("State or region").locator("option").nth(1).inner_text()
    return officer.get_by_label("State or region").locator("option").all_inner_texts().index(name)
