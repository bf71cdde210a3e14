"""The invented records agree with one another: money, dates, levels, claims, titles."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from django.conf import settings

from colonnade.packs.illustrative.records import IllustrativePortfolio
from colonnade.portfolio.reported import ReportedProject

Inventories = dict[str, tuple[ReportedProject, ...]]
DUMP = """
import hashlib, sys
from pathlib import Path
import django
django.setup()
from colonnade.packs.illustrative.generate import generate
from colonnade.packs.illustrative.vocabulary import read_vocabulary
from colonnade.packs.reading import read_pack
print(hashlib.sha256(repr(generate(read_vocabulary(read_pack(Path(sys.argv[1]))))).encode()).hexdigest())
"""


def test_contributions_to_a_project_add_up_to_its_funding_and_completed_ones_list_none(
    made: IllustrativePortfolio, portfolio: tuple[ReportedProject, ...]
) -> None:
    given: Counter[str] = Counter()
    for contribution in made.contributions:
        assert contribution.amount > 0
        given[contribution.project] += contribution.amount
    for project in portfolio:
        assert project.funding is not None
        received = 0 if project.status == "completed" else int(project.funding.amount)
        assert given.pop(project.public_id or "", 0) == received
    assert not given


def test_nobody_judges_a_claim_of_their_own(
    made: IllustrativePortfolio, portfolio: tuple[ReportedProject, ...]
) -> None:
    lead = {project.public_id: project.entity for project in portfolio}
    judged = 0
    for response in made.responses:
        assert response.claimed_by == lead[response.project]
        assert (response.verified_on is not None) == (response.standing in ("verified", "rejected"))
        if response.verified_on is not None:
            assert response.claimed_by != made.assessor
            judged += 1
    assert judged > 0


def test_a_claim_comes_after_the_need_and_before_its_verification(
    made: IllustrativePortfolio, portfolio: tuple[ReportedProject, ...]
) -> None:
    found = {need.public_id: need for need in made.recommendations}
    projects = {project.public_id: project for project in portfolio}
    for response in made.responses:
        need, project = found[response.recommendation], projects[response.project]
        assert need.issued_on < response.claimed_on < date(2019, 8, 31)
        assert project.status in ("ongoing", "completed")
        assert project.starts_on is not None
        assert project.ends_on is not None
        assert project.ends_on > need.issued_on
        assert response.claimed_on > project.starts_on
        assert response.verified_on is None or response.claimed_on < response.verified_on <= date(2019, 8, 31)
        assert bool(response.reason) == (response.standing in ("rejected", "contested"))


def test_no_project_claims_the_same_need_twice(made: IllustrativePortfolio) -> None:
    claims = Counter((response.recommendation, response.project) for response in made.responses)
    assert set(claims.values()) == {1}


def test_whatever_is_restricted_names_the_state_that_asked(
    made: IllustrativePortfolio, inventories: Inventories
) -> None:
    projects = [project for held in inventories.values() for project in held if project.level == "restricted"]
    assert projects
    for project in projects:
        assert project.state in {place.code for place in project.countries}
    states = {state.code for state in made.states}
    needs = [need for need in made.recommendations if need.level == "restricted"]
    assert needs
    for need in needs:
        assert need.country in states


def test_the_states_that_visitors_sign_in_for_have_confidential_needs(made: IllustrativePortfolio) -> None:
    shown = sorted(state.code for state in made.states)[:2]
    for code in shown:
        assert {need.level for need in made.recommendations if need.country == code} == {"compact", "restricted"}


def test_restricted_projects_appear_in_no_public_appeal_and_no_claim(
    made: IllustrativePortfolio, portfolio: tuple[ReportedProject, ...]
) -> None:
    restricted = {project.public_id for project in portfolio if project.level == "restricted"}
    assert not restricted & {entry.project for entry in made.appeal_entries}
    assert not restricted & {response.project for response in made.responses}
    for contribution in made.contributions:
        assert contribution.level == "compact" or contribution.project not in restricted


def test_titles_and_references_are_unique_in_each_inventory(inventories: Inventories) -> None:
    for projects in inventories.values():
        assert len({project.title for project in projects}) == len(projects)
        assert len({(project.entity, project.reference) for project in projects}) == len(projects)
        assert len({project.public_id for project in projects}) == len(projects)


def test_no_state_is_told_the_same_need_twice(made: IllustrativePortfolio) -> None:
    assert len({need.title for need in made.recommendations}) == len(made.recommendations)
    assert len({need.reference for need in made.recommendations}) == len(made.recommendations)


def test_dates_agree_with_the_status_on_the_day_of_the_inventory(made: IllustrativePortfolio) -> None:
    for inventory in made.inventories:
        for project in inventory.projects:
            assert project.starts_on is not None
            assert project.ends_on is not None
            assert project.starts_on < project.ends_on
            match project.status:
                case "completed" | "cancelled":
                    assert project.ends_on < inventory.as_of
                case "ongoing":
                    assert project.starts_on < inventory.as_of < project.ends_on
                case status:
                    assert status in ("in_development", "awaiting_funding")
                    assert project.starts_on > inventory.as_of


def test_projects_that_have_not_begun_have_received_nothing(inventories: Inventories) -> None:
    for project in (*inventories["portfolio-2018"], *inventories["portfolio-2019"]):
        assert project.budget is not None
        assert project.funding is not None
        if project.status in ("in_development", "awaiting_funding"):
            assert project.funding.amount == 0
        if project.status == "completed":
            assert project.funding.amount == project.budget.amount


def test_places_follow_from_the_scope(made: IllustrativePortfolio, inventories: Inventories) -> None:
    region_of = {state.code: state.region for state in made.states}
    carried_as_unknown = {project.public_id for project in inventories["portfolio-2018"] if not project.scope}
    for projects in inventories.values():
        for project in projects:
            regions = {region_of[place.code] for place in project.countries}
            match project.scope:
                case "national":
                    assert len(project.countries) == 1
                    assert project.regions == ()
                case "regional":
                    assert {place.code for place in project.regions} == regions
                    assert len(regions) == 1
                case "global":
                    assert project.countries == project.regions == ()
                case _:
                    assert not project.countries or project.public_id in carried_as_unknown


def test_descriptions_of_completed_projects_look_back_and_others_ahead(portfolio: tuple[ReportedProject, ...]) -> None:
    ahead = ("is to leave", "When it ends", "Planned activities", "will ask", "to be sustained")
    back = ("It left", "Its activities were", "It offered", "It began", "It combined", "project helped", "learned to")
    for project in portfolio:
        wrong = ahead if project.status == "completed" else back
        assert not [words for words in wrong if words in project.description]


def test_a_project_without_a_reported_scope_is_not_said_to_have_one(portfolio: tuple[ReportedProject, ...]) -> None:
    without = [project for project in portfolio if not project.scope]
    assert without
    for project in without:
        said = f"{project.title} {project.description}".lower()
        assert not [word for word in ("global", "worldwide", "all regions", "regional programme") if word in said]


def test_projects_that_aim_at_equality_have_the_highest_gender_scores(
    portfolio: tuple[ReportedProject, ...],
) -> None:
    scores = Counter(marker.score for project in portfolio for marker in project.markers if marker.marker == "gender")
    assert scores.total() == 314
    assert set(scores) == {0, 1, 2, 3}
    for project in portfolio:
        if project.areas == ("gender",):
            assert [marker.score for marker in project.markers] == [3]


def test_events_fit_their_dates_and_name_their_host(made: IllustrativePortfolio) -> None:
    for event in made.events:
        assert event.starts_on <= event.ends_on
        assert event.attendance
        assert len({state for state, _ in event.attendance}) == len(event.attendance)
        assert all(number > 0 for _, number in event.attendance)
    assert len({event.code for event in made.events}) == len(made.events)


def test_the_same_records_come_out_of_every_process(made: IllustrativePortfolio) -> None:
    pack = Path(settings.ROOT) / "strategies" / "ungcts"
    digests = {hashlib.sha256(repr(made).encode()).hexdigest()}
    for seed in ("1", "2718"):
        run = subprocess.run(
            [sys.executable, "-c", DUMP, str(pack)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=settings.ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(run.stdout.strip())
    assert len(digests) == 1
