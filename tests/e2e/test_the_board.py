"""A board at work in a browser: two reviewers, a conflict, a recommendation, a decision, a report that falls due."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.conftest import ROOT, a_demonstration
from tests.e2e.conftest import Site, served, step_in, watch
from tests.e2e.soundness import assert_accessible, assert_narrow
from tests.e2e.steps import names_of_reviewers, press, send

pytestmark = pytest.mark.browser
WATER = ROOT / "colonnade" / "packs" / "tests" / "packs" / "water"
As = Callable[[str], Page]


@pytest.fixture(scope="module")
def waterworks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """Another strategy's demonstration with a board and one proposal, being served."""
    line = a_demonstration(tmp_path_factory, "board", WATER)
    environment = {**os.environ, "COLONNADE_STATE": str(line.state), "COLONNADE_PACK": str(line.pack)}
    environment.pop("DATABASE_URL", None)
    filled = subprocess.run(
        [sys.executable, "-m", "tests.e2e.board_house"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert filled.returncode == 0, filled.stderr
    with served(line) as site:
        yield site, filled.stdout.split()[-1]


@pytest.fixture
def acting(chromium: Browser, waterworks: tuple[Site, str]) -> Iterator[As]:
    """A window of somebody, opened once."""
    site, _proposal = waterworks
    windows: dict[str, BrowserContext] = {}
    complaints: list[str] = []

    def window(name: str) -> Page:
        if name not in windows:
            windows[name] = chromium.new_context(accept_downloads=True)
            page = windows[name].new_page()
            watch(page, site, complaints, complaints)
            step_in(page, site, name)
        return windows[name].pages[0]

    yield window
    for context in windows.values():
        context.close()
    assert complaints == []


def test_a_proposal_is_reviewed_recommended_decided_and_reported(waterworks: tuple[Site, str], acting: As) -> None:
    site, proposal = waterworks
    way = site.at(f"/board/proposals/{proposal}/")
    officer, head, applicant = acting("Officer1"), acting("Head"), acting("Alpha")

    officer.goto(site.at("/board/"))
    press(officer.get_by_role("link", name="A call for wells"))
    press(officer.get_by_role("link", name="Wells for the plain"))
    press(officer.get_by_role("link", name="Screen it"))
    assert_accessible(officer)
    assert_narrow(officer)
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
        reviewer.get_by_label("Need, from 0 to 5").fill("4")
        reviewer.get_by_label("Method, from 0 to 5").fill("3")
        send(reviewer, "Give these scores for good")
    officer.goto(way)
    press(officer.get_by_role("link", name="All scores are in"))
    officer.get_by_label("What the board should know of the scores").fill("Both agree.")
    send(officer, "Bring it before the board")
    applicant.goto(way)
    expect(applicant.locator("main")).not_to_contain_text("Both agree.")

    officer.goto(site.at("/board/calls/wells/meetings/plan/"))
    officer.get_by_label("Title").fill("Meeting of June")
    officer.get_by_label("Day").fill(datetime.now(UTC).date().isoformat())
    send(officer, "Plan it")
    press(officer.get_by_role("link", name="Meeting of June"))
    meeting = officer.url
    press(officer.get_by_role("link", name="Set the agenda"))
    officer.get_by_label("Wells for the plain").fill("1")
    send(officer, "Set it")
    press(officer.get_by_role("link", name="Record who is there"))
    for name in ("Member1", "Member2", "Member3", "Chair"):
        officer.get_by_label(name, exact=True).check()
    send(officer, "Record it")
    press(officer.get_by_role("link", name="Record the recommendation"))
    officer.get_by_label("Approve", exact=True).check()
    officer.get_by_label("Amount in US dollars, where it is approved").fill("80")
    officer.get_by_label("Reasons").fill("The plain is dry.")
    send(officer, "Record it")
    assert_accessible(officer)

    head.goto(site.at("/board/"))
    press(head.get_by_role("region", name="For you to decide").get_by_role("link").first)
    expect(head.locator("main")).to_contain_text("The plain is dry.")
    head.get_by_label("Reasons", exact=True).fill("As the board says.")
    send(head, "Decide so")

    applicant.goto(way)
    expect(applicant.locator("main")).to_contain_text("As the board says.")
    with applicant.expect_download() as letter:
        applicant.get_by_role("link", name="Letter, PDF").click()
    assert letter.value.suggested_filename.endswith(".pdf")
    reports = applicant.get_by_role("region", name="Reports")
    expect(reports).to_contain_text("overdue")
    press(reports.get_by_role("link", name="Send this report").first)
    applicant.get_by_label("The report").fill("Three wells are dug.")
    send(applicant, "Send the report")
    officer.goto(way)
    send(officer, "Accept it")
    expect(officer.get_by_role("region", name="Reports")).to_contain_text("accepted")
    for page, address in ((officer, way), (officer, meeting), (officer, site.at("/board/calls/wells/")), (head, way)):
        page.goto(address)
        assert_accessible(page)
        assert_narrow(page)
