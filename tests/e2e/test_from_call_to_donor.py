"""Money's whole way in one browser: a round opens, three apply, one is chosen, money comes, the appeal changes.

Three entities apply: one over the ceiling, one without an origin, one soundly. Reviewers score, one steps out for a
conflict; the board recommends, the head decides; money arrives in two currencies and is allocated by two people; a
report falls due; the appeal asks for what is still short; a donor pledges and sees it.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.conftest import ROOT, CommandLine
from tests.e2e.conftest import Site, served, step_in, watch
from tests.e2e.soundness import assert_accessible, assert_narrow
from tests.e2e.steps import names_of_reviewers, press, send

pytestmark = pytest.mark.browser
WATER = ROOT / "colonnade" / "packs" / "tests" / "packs" / "water"
As = Callable[[str], Page]
CALL, SOUND = "Call for cisterns", "Cisterns for the hills"
#: The first day of a month with a rate, and a day in it.
RATES = "currency,on,usd_per_unit,source\nEUR,2024-05-01,1.1000,A bank\n"
PAID_ON = "2024-05-11"


@pytest.fixture(scope="module")
def waterworks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Another strategy's demonstration with a table of rates, a board and people of a State, being served."""
    pack = tmp_path_factory.mktemp("packs") / "water"
    shutil.copytree(WATER, pack)
    (pack / "rates.csv").write_text(RATES)
    line = CommandLine(tmp_path_factory.mktemp("whole-way"), pack)
    made = line.run("demo", "--no-serve", "--out", line.state / "out")
    assert made.returncode == 0, made.stderr
    environment = {**os.environ, "COLONNADE_STATE": str(line.state), "COLONNADE_PACK": str(line.pack)}
    environment.pop("DATABASE_URL", None)
    filled = subprocess.run(
        [sys.executable, "-m", "tests.e2e.board_house", "bounded"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert filled.returncode == 0, filled.stderr
    with served(line) as site:
        yield site


@pytest.fixture
def acting(chromium: Browser, waterworks: Site) -> Iterator[As]:
    """A window of somebody, opened once; ``public`` for nobody in particular."""
    windows: dict[str, BrowserContext] = {}
    complaints: list[str] = []

    def window(name: str) -> Page:
        if name not in windows:
            windows[name] = chromium.new_context()
            page = windows[name].new_page()
            watch(page, waterworks, complaints, complaints)
            if name != "public":
                step_in(page, waterworks, name)
        return windows[name].pages[0]

    yield window
    for context in windows.values():
        context.close()
    assert complaints == []


def test_money_goes_its_whole_way(waterworks: Site, acting: As) -> None:
    site = waterworks
    opens_a_round(site, acting("Officer1"))
    over = applies(site, acting("Alpha"), "Too large", "95000", origin=True)
    expect(over.locator("ul.checks")).to_contain_text("USD 5,000 more than the USD 90,000")
    expect(over.get_by_role("button", name="Send", exact=True)).to_have_count(0)
    without = applies(site, acting("Beta"), "From nowhere", "60000", origin=False)
    expect(without.locator("ul.checks")).to_contain_text("Name the origin")
    expect(without.get_by_role("button", name="Send", exact=True)).to_have_count(0)
    gamma = applies(site, acting("Gamma"), SOUND, "60000", origin=True)
    send(gamma, "Send")
    expect(gamma.locator("main .badge")).to_have_text("Submitted")
    proposal = gamma.url.rstrip("/").rsplit("/", 1)[-1]

    way = site.at(f"/board/proposals/{proposal}/")
    scored_without_conflict(site, acting, way)
    recommended(site, acting("Officer2"))
    decided(site, acting("Head"))
    project = made_project(acting("Officer1"), way)
    appeal = asked_for_in_an_appeal(site, acting("Officer1"), project)
    money_comes_and_is_allocated(site, acting("Officer1"), acting("Officer2"), project)
    report_falls_due(gamma, acting("Officer2"), way)
    the_appeal_has_changed_and_the_donor_sees_it(acting("public"), acting("Donor"), appeal)


def opens_a_round(site: Site, officer: Page) -> None:
    today = datetime.now(UTC).date()
    officer.goto(site.at("/board/calls/prepare/"))
    for label, value in (
        ("Code, as addresses show it", "cisterns"),
        ("Title", CALL),
        ("First day", today.isoformat()),
        ("Last day", (today + timedelta(days=30)).isoformat()),
        ("Budget in US dollars", "200000"),
        ("Most for one working group, in US dollars", "90000"),
    ):
        officer.get_by_label(label, exact=True).fill(value)
    officer.get_by_label("Whose rules hold").select_option(label="The board")
    send(officer, "Prepare it")
    press(officer.get_by_role("link", name=CALL))
    send(officer, "Open the call")


def applies(site: Site, applicant: Page, title: str, amount: str, *, origin: bool) -> Page:
    """As far as the page on which a proposal is checked and sent."""
    applicant.goto(site.at("/calls/"))
    press(applicant.locator("main").get_by_role("link", name=CALL))
    press(applicant.get_by_role("link", name="Apply", exact=True))
    applicant.get_by_label("Title", exact=True).fill(title)
    press(applicant.get_by_role("button", name="Begin the proposal"))
    applicant.get_by_label("Purpose", exact=True).fill("Water in dry months.")
    applicant.get_by_label("Begins", exact=True).fill("2020-01-01")
    applicant.get_by_label("Ends", exact=True).fill("2040-12-31")
    applicant.get_by_label("Asked for, in US dollars", exact=True).fill(amount)
    applicant.get_by_label("Working group", exact=True).select_option(index=1)
    press(applicant.get_by_role("button", name="Save and go on"))
    expect(applicant.get_by_role("heading", level=1)).to_have_text("Origin")
    if origin:
        applicant.get_by_label("Origin", exact=True).select_option(label="The legislative mandate of the entity")
        applicant.get_by_label("How it follows from the mandate").fill("The assembly asked for it.")
    press(applicant.get_by_role("button", name="Save", exact=True))
    press(applicant.get_by_role("link", name="To the proposal"))
    press(applicant.get_by_role("link", name="Check and send"))
    return applicant


def scored_without_conflict(site: Site, acting: As, way: str) -> None:
    officer = acting("Officer1")
    officer.goto(way)
    press(officer.get_by_role("link", name="Screen it"))
    officer.get_by_label("Complete", exact=True).check()
    send(officer, "Record the screening")
    send(officer, "Draw the reviewers")
    first, second = names_of_reviewers(officer)
    leaving = acting(first)
    leaving.goto(way)
    press(leaving.get_by_role("link", name="Declare a conflict"))
    leaving.get_by_label("What the conflict is").fill("A former employer.")
    send(leaving, "Declare it")
    officer.goto(way)
    send(officer, "Draw the reviewers")
    third = next(name for name in names_of_reviewers(officer) if name not in (first, second))
    for name in (second, third):
        reviewer = acting(name)
        reviewer.goto(site.at("/board/"))
        press(reviewer.get_by_role("region", name="For you to score").get_by_role("link").first)
        reviewer.get_by_label("Need, from 0 to 5").fill("5")
        reviewer.get_by_label("Method, from 0 to 5").fill("3")
        send(reviewer, "Give these scores for good")
    officer.goto(way)
    press(officer.get_by_role("link", name="All scores are in"))
    officer.get_by_label("What the board should know of the scores").fill("Both agree.")
    send(officer, "Bring it before the board")
    officer.goto(site.at("/board/calls/cisterns/choosing/"))
    # It rests on a mandate, and cites no need: the plan says so, and the board decides.
    expect(officer.locator("main")).to_contain_text("It meets no need that has any weight and is unmet.")


def recommended(site: Site, officer: Page) -> None:
    officer.goto(site.at("/board/calls/cisterns/meetings/plan/"))
    officer.get_by_label("Title").fill("Meeting on cisterns")
    officer.get_by_label("Day").fill(datetime.now(UTC).date().isoformat())
    send(officer, "Plan it")
    press(officer.get_by_role("link", name="Meeting on cisterns"))
    press(officer.get_by_role("link", name="Set the agenda"))
    officer.get_by_label(SOUND).fill("1")
    send(officer, "Set it")
    press(officer.get_by_role("link", name="Record who is there"))
    for name in ("Member1", "Member2", "Member3", "Chair"):
        officer.get_by_label(name, exact=True).check()
    send(officer, "Record it")
    press(officer.get_by_role("link", name="Record the recommendation"))
    officer.get_by_label("Approve", exact=True).check()
    officer.get_by_label("Amount in US dollars, where it is approved").fill("50000")
    officer.get_by_label("Reasons").fill("The hills are dry.")
    send(officer, "Record it")


def decided(site: Site, head: Page) -> None:
    head.goto(site.at("/board/"))
    press(head.get_by_role("region", name="For you to decide").get_by_role("link").first)
    expect(head.locator("main")).to_contain_text("The hills are dry.")
    head.get_by_label("Reasons", exact=True).fill("As the board says.")
    send(head, "Decide so")


def made_project(officer: Page, way: str) -> str:
    """The address of the project that the approval made."""
    officer.goto(way)
    link = officer.locator("main a[href*='/projects/']").first
    address = link.get_attribute("href")
    assert address
    # Who leads it, or the secretariat, lets everybody read it.
    press(link)
    press(officer.get_by_role("link", name="Publish it"))
    assert_accessible(officer)
    send(officer, "Publish it")
    return address


def money_comes_and_is_allocated(site: Site, officer: Page, second: Page, project: str) -> None:
    for giver, amount, currency in (("Lower Valley", "40000", "EUR"), ("Upper Valley", "20000", "USD")):
        officer.goto(site.at("/money/fund/receipts/new/"))
        officer.get_by_label("Contributor").select_option(label=giver)
        officer.get_by_label("Amount", exact=True).fill(amount)
        officer.get_by_label("Currency, as ISO 4217 writes it").fill(currency)
        officer.get_by_label("Day", exact=True).fill(PAID_ON)
        officer.get_by_label("Window and earmark").select_option(index=1)
        officer.get_by_label("Document that proves it").fill(f"Statement of {currency}")
        send(officer, "Record it")
    officer.goto(site.at("/money/fund/"))
    # 40,000 euros at 1.10 and 20,000 dollars.
    expect(officer.locator("main")).to_contain_text("64,000.00")
    officer.goto(site.at("/money/fund/allocations/new/"))
    officer.get_by_label("Project: its reference, or the address of its page").fill(project)
    officer.get_by_label("For the project, in US dollars").fill("30000")
    officer.get_by_label("Window and earmark").select_option(index=1)
    send(officer, "Propose it")
    allocation = officer.url
    second.goto(allocation)
    second.get_by_label("Day of the decision").fill(datetime.now(UTC).date().isoformat())
    second.get_by_label("Document of the decision").fill("Decision 1")
    send(second, "Approve it")
    expect(second.locator("main")).to_contain_text("Approved")
    assert_accessible(second)


def report_falls_due(applicant: Page, officer: Page, way: str) -> None:
    applicant.goto(way)
    reports = applicant.get_by_role("region", name="Reports")
    expect(reports).to_contain_text("overdue")
    press(reports.get_by_role("link", name="Send this report").first)
    applicant.get_by_label("The report").fill("Two cisterns are dug.")
    send(applicant, "Send the report")
    officer.goto(way)
    send(officer, "Accept it")


def asked_for_in_an_appeal(site: Site, officer: Page, project: str) -> str:
    """The address of an appeal that asks for the project, launched."""
    home = site.at("/money/appeals/cisterns/")
    officer.goto(site.at("/money/appeals/"))
    press(officer.get_by_role("link", name="Open an appeal"))
    officer.get_by_label("Title").fill("The appeal for cisterns")
    officer.get_by_label("Short name in its address").fill("cisterns")
    officer.get_by_label("First year").fill("2020")
    officer.get_by_label("Last year").fill("2040")
    send(officer, "Open it")
    press(officer.get_by_role("link", name="Add a project"))
    officer.get_by_label("Project of the portfolio: its reference").fill(project)
    officer.get_by_label("Requirement in US dollars").fill("60000")
    officer.get_by_label("Priority").select_option("high")
    send(officer, "Add it")
    officer.goto(home)
    press(officer.get_by_role("link", name="Launch it"))
    send(officer, "Launch it")
    officer.goto(home)
    expect(officer.locator(".stats")).to_contain_text(re.compile(r"Shortfall\s*\$60,000"))
    return home


def the_appeal_has_changed_and_the_donor_sees_it(public: Page, donor: Page, home: str) -> None:
    donor.goto(home)
    press(donor.get_by_role("link", name=SOUND))
    press(donor.get_by_role("link", name="Pledge to this project"))
    donor.get_by_label("Amount").fill("10000")
    send(donor, "Pledge it")
    for reader in (donor, public):
        reader.goto(home)
    shown = donor.locator(".stats")
    # Of 60,000: 30,000 were allocated, which nobody outside the fund reads; 10,000 the donor promised, and keeps quiet.
    expect(shown).to_contain_text(re.compile(r"Pledged\s*\$10,000"))
    expect(public.locator(".stats")).not_to_contain_text("$10,000")
    assert_accessible(donor)


def recommended_after_a_visit(site: Site, assessor: Page) -> str:
    """An assessor records a visit and what it recommends; the address of the recommendation."""
    assessor.goto(site.at("/needs/"))
    press(assessor.get_by_role("link", name="Record an assessment"))
    assessor.get_by_label("Visit", exact=True).check()
    assessor.get_by_label("First day").fill("2024-03-04")
    assessor.get_by_label("Last day").fill("2024-03-08")
    assert_accessible(assessor)
    send(assessor, "Record it")
    press(assessor.get_by_role("link", name="Record a recommendation"))
    assessor.get_by_label("Title", exact=True).fill("Water for the schools")
    assessor.get_by_label("Text", exact=True).fill("Dig ten wells.")
    assessor.get_by_label("High", exact=True).check()
    assert_accessible(assessor)
    send(assessor, "Record it")
    assert_narrow(assessor)
    press(assessor.get_by_role("link", name="Water for the schools"))
    return assessor.url


def test_a_recommendation_goes_from_mission_to_verified_coverage(waterworks: Site, acting: As) -> None:
    """An assessor, a State, two entities and the secretariat; it is returned once and contested on the way."""
    alpha, beta, officer, assessor, state = map(acting, ("Alpha", "Beta", "Officer1", "Visitor", "Ministry"))
    need = recommended_after_a_visit(waterworks, assessor)
    officer.goto(need)
    expect(officer.locator("main")).to_contain_text("Unmet.")

    alpha.goto(need)
    press(alpha.get_by_role("link", name="Claim that a project responds"))
    alpha.get_by_label("Project that responds").select_option(label="Wells for schools (ALPHA)")
    alpha.get_by_label("Meets the need", exact=True).check()
    alpha.get_by_label("What exactly of the recommendation it meets").fill("All ten wells.")
    alpha.get_by_label("On what evidence").fill("Report of June.")
    assert_accessible(alpha)
    send(alpha, "Claim it")
    response = alpha.url
    expect(alpha.get_by_role("link", name="Verify", exact=True)).to_have_count(0)

    assessor.goto(response)
    press(assessor.get_by_role("link", name="Return with a question"))
    assessor.get_by_label("Reason").fill("Which wells?")
    send(assessor, "Return with a question")
    alpha.goto(response)
    expect(alpha.locator("main")).to_contain_text("Which wells?")
    press(alpha.get_by_role("link", name="Claim again"))
    alpha.get_by_label("What exactly of the recommendation it meets").fill("The ten wells of the north.")
    send(alpha, "Claim again")

    beta.goto(response)
    press(beta.get_by_role("link", name="Contest"))
    beta.get_by_label("Reason").fill("Five of them are dry.")
    send(beta, "Contest")
    state.goto(need)
    expect(state.locator("main")).to_contain_text("Contested.")
    assessor.goto(response)
    press(assessor.get_by_role("link", name="Verify", exact=True))
    assessor.get_by_label("Meets part of the need").check()
    assessor.get_by_label("Reason").fill("Five of ten carry water.")
    send(assessor, "Verify")
    assert_accessible(assessor)
    assert_narrow(assessor)
    state.goto(need)
    press(state.get_by_role("link", name="Say something about it"))
    state.get_by_label("Progress", exact=True).check()
    state.get_by_label("Text", exact=True).fill("The five dry wells are dug deeper.")
    assert_accessible(state)
    send(state, "Say it")
    assessor.goto(need)
    expect(assessor.get_by_role("region", name="Between the State and its assessors")).to_contain_text("dug deeper")
    for reader in (officer, state, beta):
        reader.goto(need)
        expect(reader.locator("main")).to_contain_text("Partly met.")
    assert_accessible(state)
