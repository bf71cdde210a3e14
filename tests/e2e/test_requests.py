"""A State asks for help: twins are shown, the secretariat triages, entities answer, one leads, a project is made."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NARROW, OFFICER, Site, Visitor
from tests.e2e.soundness import assert_accessible, assert_narrow
from tests.e2e.steps import press, send

pytestmark = pytest.mark.browser

STATE = "State focal point"
WOMEN_AND_CHILDREN = "Women and children with links"


def asks(page: Page, site: Site, title: str, *, kind: str, channel: str, what: str) -> None:
    """Fill in the form of a request, up to sending it."""
    page.goto(site.at("/requests/"))
    press(page.get_by_role("link", name="File a request"))
    page.get_by_label(kind).check()
    page.get_by_label("In a few words").fill(title)
    page.get_by_label("What is asked for", exact=True).fill(what)
    page.get_by_label("Why", exact=True).fill("The posts were opened this year, and nobody was trained.")
    page.get_by_label(channel).check()
    page.get_by_label("Needed by").fill((timezone.localdate() + timedelta(days=300)).isoformat())


def pass_to_both(officer: Page, entities: list[str]) -> None:
    """Pass a request on to two entities, proposed or not."""
    press(officer.get_by_role("link", name="Pass on to entities"))
    assert_accessible(officer)
    assert_narrow(officer)
    for place, entity in enumerate(entities):
        box = officer.locator(f'input[name="to_{entity}"]')
        if box.count():
            box.check()
            continue
        officer.get_by_label("Another entity").select_option(value=_option(officer, entity))
        officer.get_by_label("Why to it").fill(f"It was asked for, in place {place + 1}.")
    send(officer, "Pass on to entities")


def _option(page: Page, entity: str) -> str:
    found = page.locator(f'select[name="another"] option:text-matches("^{entity} ")').first
    return found.get_attribute("value") or ""


def test_a_request_becomes_a_project_and_another_is_closed_with_a_reason(site: Site, visitor: Visitor) -> None:
    state, officer = visitor(person=STATE, scripts=False), visitor(person=OFFICER)
    leads, helps = visitor(person="Entity focal point, UNODC"), visitor(person="Entity focal point, UNDP")
    outsider = visitor()
    title = "Training for border posts in the north"
    asks(
        state, site, title, kind="Assistance under the Strategy", channel="Through the Resident",
        what="Call the head on +43 699 12345678 about the posts.",
    )  # fmt: skip
    press(state.get_by_role("button", name="Send it"))
    expect(state.get_by_role("alert")).to_contain_text("no personal details of individuals")
    expect(state.get_by_label("In a few words")).to_have_value(title)
    state.get_by_label("What is asked for", exact=True).fill("Two courses for forty officers at four border posts.")
    assert_narrow(state)
    send(state, "Send it")
    expect(state.get_by_role("heading", level=1)).to_have_text(title)
    expect(state.locator("main")).to_contain_text("7 days left")
    asked = state.url

    asks(
        state, site, "Training for the border posts", kind="Assistance under the Strategy", channel="Through the Res",
        what="Two courses for forty officers at four border posts.",
    )  # fmt: skip
    press(state.get_by_role("button", name="Send it"))
    expect(state.get_by_role("heading", name="This may have been asked for already")).to_be_visible()
    expect(state.get_by_role("link", name=title)).to_be_visible()
    press(state.get_by_role("button", name="It is another request: send it"))
    expect(state.get_by_role("heading", level=1)).to_have_text("Training for the border posts")
    second = state.url

    outsider.goto(asked)
    expect(outsider.get_by_role("heading", level=1)).not_to_have_text(title)
    officer.goto(site.at("/"))
    expect(officer.get_by_role("region", name="For you to answer")).to_contain_text("to be passed on")
    officer.goto(asked)
    expect(officer.get_by_role("heading", name="Requests of this State that may be the same")).to_be_visible()
    expect(officer.locator("main")).to_contain_text("Entities to pass it on to")
    assert_accessible(officer)
    assert_narrow(officer)
    pass_to_both(officer, ["UNODC", "UNDP"])
    expect(officer.locator("main")).to_contain_text("21 days left")

    for page, answer in ((leads, "Can lead"), (helps, "Interested: can take part")):
        page.goto(site.at("/"))
        press(page.get_by_role("region", name="For you to answer").get_by_role("link"))
        press(page.get_by_role("link", name=title))
        press(page.get_by_role("link", name="Answer", exact=True))
        page.get_by_label(answer).check()
        page.get_by_label("With what, from when; or why not").fill("Two trainers, from March on.")
        assert_accessible(page)
        send(page, "Answer")
        expect(page.locator("main")).to_contain_text("Two trainers, from March on.")

    officer.goto(asked)
    press(officer.get_by_role("link", name="Name who leads"))
    officer.get_by_label("UNODC").check()
    send(officer, "Name who leads")
    leads.goto(asked)
    press(leads.get_by_role("link", name="Make it a project"))
    expect(leads.get_by_label("Title")).to_have_value(title)
    assert_accessible(leads)
    assert_narrow(leads)
    send(leads, "Make the project")
    expect(leads.locator("main")).to_contain_text("Became a project")
    state.goto(asked)
    press(state.locator("dl.facts").get_by_role("link", name=title))
    expect(state.locator("main")).to_contain_text("A request of a State")
    expect(state.get_by_role("link", name=title)).to_be_visible()

    officer.goto(second)
    press(officer.get_by_role("link", name="Close it with a reason"))
    officer.get_by_label("Reason, which the State reads").fill("It is part of the request that became a project.")
    send(officer, "Close it with a reason")
    state.goto(second)
    expect(state.get_by_role("note")).to_contain_text("It is part of the request that became a project.")
    assert_accessible(officer)


def test_women_and_children_bring_safeguards_and_prescribed_steps(site: Site, visitor: Visitor) -> None:
    state, officer = visitor(person=STATE, width=NARROW), visitor(person=OFFICER)
    leads = visitor(person="Entity focal point, UNODC")
    title = "Rehabilitation services for returning families"
    asks(
        state, site, title, kind=WOMEN_AND_CHILDREN, channel="To the Chair",
        what="Schooling, health care and advice to the institutions that receive families.",
    )  # fmt: skip
    expect(state.get_by_role("region", name="Where it goes, and who is told")).to_contain_text(
        "United Nations Children"
    )
    state.get_by_label("Whom it touches").select_option("both")
    state.get_by_label("The International Committee of the Red Cross is to facilitate").check()
    assert_accessible(state)
    send(state, "Send it")
    told = state.get_by_role("region", name="Who is told")
    for whom in ("Coordination Committee", "leadership in the country", "Children’s Fund", "Red Cross"):
        expect(told).to_contain_text(whom)
    expect(told).to_contain_text("The State was told when it filed the request.")
    expect(state.get_by_role("region", name="Entities", exact=True)).to_contain_text("Consulted")
    expect(state.get_by_role("region", name="Safeguards", exact=True)).to_contain_text("26 questions are open")
    assert_accessible(state)
    asked = state.url

    officer.goto(asked)
    press(officer.get_by_role("link", name="Record that they were told: Coordination Committee"))
    officer.get_by_label("How").fill("At its meeting of this week.")
    send(officer, "Record it")
    expect(officer.get_by_role("region", name="Who is told")).to_contain_text("At its meeting of this week.")
    pass_to_both(officer, ["UNODC"])
    leads.goto(asked)
    press(leads.get_by_role("link", name="Answer", exact=True))
    leads.get_by_label("Can lead").check()
    send(leads, "Answer")
    officer.goto(asked)
    press(officer.get_by_role("link", name="Name who leads"))
    officer.get_by_label("UNODC").check()
    send(officer, "Name who leads")
    leads.goto(asked)
    press(leads.get_by_role("link", name="Make it a project"))
    press(leads.get_by_role("button", name="Make the project"))
    expect(leads.get_by_role("alert")).to_contain_text("26 questions of the safeguards are still open")
    leads.goto(asked)
    press(leads.get_by_role("link", name="Answer the safeguards"))
    leads.locator("fieldset.question").first.wait_for()
    for question in leads.locator("fieldset.question").all():
        question.locator("select").select_option("yes")
        question.locator("textarea").fill("As the guidance for the country says.")
    assert_accessible(leads)
    assert_narrow(leads)
    send(leads, "Save the answers")
    expect(leads.get_by_role("region", name="Safeguards", exact=True)).to_contain_text("All questions are answered.")
    press(leads.get_by_role("link", name="Make it a project"))
    send(leads, "Make the project")
    expect(leads.locator("main")).to_contain_text("Became a project")
    state.goto(asked)
    expect(state.locator("main")).to_contain_text("Became")


def test_a_state_asks_to_join_a_programme_in_one_form(site: Site, visitor: Visitor) -> None:
    other = visitor()
    state = visitor(person=STATE)
    state.goto(site.at("/requests/join/"))
    state.get_by_label("Reference of the letter or note").fill("Note 17")
    assert_accessible(state)
    assert_narrow(state)
    # The demonstration's first State asked already: it is shown that, and says that this is another request.
    press(state.get_by_role("button", name="Send it"))
    expect(state.get_by_role("heading", name="This may have been asked for already")).to_be_visible()
    press(state.get_by_role("button", name="It is another request: send it"))
    expect(state.locator("main")).to_contain_text("Request to join a programme")
    expect(state.locator("main")).to_contain_text("30 days left")
    other.goto(site.at("/requests/"))
    expect(other.locator("main")).to_contain_text("Requests are not published")
