"""Counted one by one, the invented records give the numbers that A/74/677 prints. Paragraphs are those of the report.

The numbers are written here as they are printed there, and not taken from the file that the records are made from.
"""

from collections import Counter
from datetime import date

import pytest

from colonnade.packs.illustrative.records import IllustrativePortfolio
from colonnade.portfolio.reported import ReportedProject

Projects = tuple[ReportedProject, ...]
AREAS = {  # annex II para. 6
    "dialogue": 60,
    "governance": 88,
    "communities": 42,
    "youth": 48,
    "gender": 21,
    "education": 85,
    "communications": 38,
}


def per_cent(part: int, whole: int) -> int:
    """A share as the report prints it: whole per cent, halves upwards."""
    return (200 * part + whole) // (2 * whole)


def millions(dollars: int) -> str:
    """Dollars as the report prints them: millions with one decimal, halves upwards."""
    tenths = (dollars + 50_000) // 100_000
    return f"{tenths // 10}.{tenths % 10}"


def budget(project: ReportedProject) -> int:
    assert project.budget is not None
    return int(project.budget.amount)


def funding(project: ReportedProject) -> int:
    assert project.funding is not None
    return int(project.funding.amount)


def active(projects: Projects) -> list[ReportedProject]:
    return [project for project in projects if project.status not in ("completed", "cancelled")]


def reaching(projects: Projects) -> list[ReportedProject]:
    return [project for project in projects if project.status in ("completed", "ongoing")]


def identity(project: ReportedProject) -> tuple[str, str]:
    return project.entity, project.reference


def test_314_projects_follow_317_of_which_22_are_gone_and_19_are_new(portfolio: Projects, before: Projects) -> None:
    """Annex II paras. 56 and 60; 6 per cent are new."""
    now, then = {identity(project) for project in portfolio}, {identity(project) for project in before}
    assert (len(portfolio), len(before)) == (len(now), len(then)) == (314, 317)
    assert (len(now & then), len(now - then), len(then - now)) == (295, 19, 22)
    assert per_cent(19, 314) == 6


def test_pillars_have_33_11_49_and_7_per_cent(portfolio: Projects) -> None:
    """Annex II para. 56."""
    of = Counter(project.pillar for project in portfolio)
    assert {pillar: per_cent(number, 314) for pillar, number in of.items()} == {"I": 33, "II": 11, "III": 49, "IV": 7}


def test_13_entities_implement(portfolio: Projects) -> None:
    """Annex II para. 57."""
    assert len({project.entity for project in portfolio}) == 13


def test_scopes_have_25_16_and_55_per_cent_and_the_rest_has_none(portfolio: Projects) -> None:
    """Annex II para. 59."""
    of = Counter(project.scope for project in portfolio)
    shares = {scope: per_cent(number, 314) for scope, number in of.items()}
    assert shares == {"global": 25, "regional": 16, "national": 55, "": 4}


def test_56_per_cent_are_ongoing_38_completed_and_6_new(portfolio: Projects, before: Projects) -> None:
    """Annex II para. 60."""
    then = {identity(project) for project in before}
    new = [project for project in portfolio if identity(project) not in then]
    of = Counter(project.status for project in portfolio)
    assert (per_cent(of["ongoing"], 314), per_cent(of["completed"], 314)) == (56, 38)
    assert Counter(project.status for project in new) == of - Counter(ongoing=of["ongoing"], completed=of["completed"])


def test_budgets_are_those_printed(portfolio: Projects) -> None:
    """Annex II para. 61."""
    running = sum(budget(project) for project in active(portfolio))
    completed = sum(budget(project) for project in portfolio if project.status == "completed")
    assert (millions(running), millions(completed), millions(running + completed)) == ("469.8", "52.5", "522.3")


def test_the_shortfall_is_51_per_cent_of_active_budgets_and_a_surplus_does_not_lower_it(portfolio: Projects) -> None:
    """Annex II para. 62."""
    running = active(portfolio)
    total = sum(budget(project) for project in running)
    missing = sum(max(0, budget(project) - funding(project)) for project in running)
    surplus = sum(max(0, funding(project) - budget(project)) for project in running)
    received = sum(funding(project) for project in running)
    assert (millions(missing), millions(received)) == ("238.9", "230.9")
    assert per_cent(missing, total) == 51
    assert surplus > 0
    assert missing - surplus == total - received


def test_the_mapping_has_105_271_and_87_projects_of_20_entities(inventories: dict[str, Projects]) -> None:
    """Para. 16."""
    projects = inventories["prevention-mapping"]
    of = Counter(project.status for project in projects)
    assert (of.pop("completed"), of.pop("ongoing"), of.total()) == (105, 271, 87)
    assert len({project.entity for project in projects}) == 20
    assert {project.pillar for project in projects} == {"I"}


def test_376_projects_of_the_mapping_have_scopes_areas_and_102_states(inventories: dict[str, Projects]) -> None:
    """Para. 16 and annex II para. 6."""
    projects = reaching(inventories["prevention-mapping"])
    assert Counter(project.scope for project in projects) == {"global": 101, "regional": 124, "national": 151}
    assert len({place.code for project in projects for place in project.countries}) == 102
    assert Counter(area for project in projects for area in project.areas) == AREAS
    assert Counter(len(set(project.areas)) for project in projects) == {1: 370, 2: 6}


def test_the_office_has_90_projects(inventories: dict[str, Projects]) -> None:
    """Para. 23."""
    projects = inventories["drugs-office"]
    of = Counter(project.status for project in projects)
    assert len(projects) == 90
    assert (of.pop("completed"), of.pop("ongoing"), of.total()) == (40, 46, 4)
    assert Counter(project.scope for project in projects) == {"global": 12, "regional": 57, "national": 21}
    assert {project.entity for project in projects} == {"UNODC"}


def test_the_centre_has_40_programmes_in_71_states_and_the_office_more(
    portfolio: Projects,
) -> None:
    """Paras. 59 and 69: programmes under way are ongoing projects."""
    ongoing = [project for project in portfolio if project.status == "ongoing"]
    centre = [project for project in ongoing if project.entity == "UNCCT"]
    office = [project for project in ongoing if project.entity in ("UNCCT", "UNOCT")]
    assert len(centre) == 40
    assert len({place.code for project in centre for place in project.countries}) == 71
    assert {project.pillar for project in centre} == {"I", "II", "III", "IV"}
    assert len(office) > 40
    assert len({place.code for project in office for place in project.countries}) > 70


def test_more_than_550_needs_were_found_from_2016_to_august_2019(made: IllustrativePortfolio) -> None:
    """Annex II para. 55."""
    assert len(made.recommendations) > 550
    for visit in made.assessments:
        assert date(2016, 1, 1) <= visit.starts_on <= visit.ends_on <= date(2019, 8, 31)
    for need in made.recommendations:
        assert date(2016, 1, 1) <= need.issued_on <= date(2019, 8, 31)


def test_60_projects_of_10_entities_appeal_and_22_of_them_are_of_the_portfolio(
    made: IllustrativePortfolio, portfolio: Projects
) -> None:
    """Para. 71 and annex II para. 66."""
    entries = made.appeal_entries
    assert (len(entries), len({entry.entity for entry in entries}), len({e.pillar for e in entries})) == (60, 10, 4)
    known = {project.public_id: project for project in portfolio}
    launched = [entry for entry in entries if entry.at_launch]
    assert len({entry.project for entry in launched}) == 22
    for entry in entries:
        assert entry.at_launch == (entry.project is not None)
    for entry in launched:
        project = known[entry.project]
        assert (entry.title, entry.entity, entry.pillar) == (project.title, project.entity, project.pillar)
        assert entry.requirement == budget(project) - funding(project) > 0


def test_two_years_of_the_centre_had_127_workshops_and_38_side_events(made: IllustrativePortfolio) -> None:
    """Para. 57."""
    events = [event for event in made.events if event.series == "uncct-2018-2019"]
    assert Counter(event.kind for event in events) == {"workshop": 127, "side_event": 38}
    assert sum(number for event in events for _, number in event.attendance) > 4_700
    assert len({state for event in events for state, number in event.attendance if number}) > 60
    assert {day.year for event in events for day in (event.starts_on, event.ends_on)} == {2018, 2019}


def test_in_2019_the_office_trained_more_than_2500_people(made: IllustrativePortfolio) -> None:
    """Para. 59: people trained are those at trainings; the other events are counted by kind."""
    events = [event for event in made.events if event.series == "unoct-2019"]
    of = Counter(event.kind for event in events)
    assert of.pop("training") > 0
    assert of == {
        "expert_meeting": 19,
        "technical_mission": 11,
        "outreach_event": 29,
        "thematic_regional_event": 13,
        "high_level_conference": 6,
    }
    assert sum(n for event in events if event.kind == "training" for _, n in event.attendance) > 2_500
    assert {day.year for event in events for day in (event.starts_on, event.ends_on)} == {2019}


def test_there_are_as_many_contributors_as_the_report_lists(made: IllustrativePortfolio) -> None:
    """Annex IV."""
    assert len(made.contributors) == 31


@pytest.mark.parametrize(("part", "whole", "printed"), [(1, 200, 1), (1, 201, 0), (19, 314, 6), (1, 1, 100)])
def test_shares_are_rounded_with_halves_upwards(part: int, whole: int, printed: int) -> None:
    assert per_cent(part, whole) == printed
