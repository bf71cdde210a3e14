"""The generator serves any strategy: goals, entities, markers and sections are the pack's own."""

import re
from collections import Counter
from pathlib import Path

import pytest

from colonnade.core.problems import ProblemsFound
from colonnade.packs.illustrative.generate import generate
from colonnade.packs.illustrative.records import IllustrativePortfolio
from colonnade.packs.illustrative.vocabulary import has_illustrative_records, read_vocabulary
from colonnade.packs.reading import read_pack
from colonnade.packs.tests.packs import WATER, copy_of, replace_text

TARGETS, TOPICS = "targets.toml", "topics-1-water.toml"


@pytest.fixture(scope="module")
def wells() -> IllustrativePortfolio:
    """The illustrative portfolio of the invented water programme."""
    return generate(read_vocabulary(read_pack(WATER)))


def test_a_strategy_without_a_year_before_or_mappings_has_one_inventory(wells: IllustrativePortfolio) -> None:
    (inventory,) = wells.inventories
    assert (inventory.key, inventory.previous) == ("wells-2024", None)
    assert Counter(project.pillar for project in inventory.projects) == {"supply": 9, "quality": 6, "upkeep": 5}
    assert {project.entity for project in inventory.projects} == {"VWO", "LAB"}
    assert Counter(project.status for project in inventory.projects)["in_development"] == 4


def test_markers_and_their_reasons_are_the_packs_own(wells: IllustrativePortfolio) -> None:
    given = Counter(
        (marker.marker, marker.score, marker.justification)
        for project in wells.inventories[0].projects
        for marker in project.markers
    )
    assert given == {
        ("climate", 0, "Digging is all it does."): 12,
        ("climate", 1, "It saves water in dry years."): 8,
    }


def test_an_assessor_that_carries_out_projects_judges_none_of_its_own_claims(wells: IllustrativePortfolio) -> None:
    assert wells.assessor == "LAB"
    own = [response for response in wells.responses if response.claimed_by == "LAB"]
    assert own
    for response in own:
        assert (response.standing, response.verified_on) == ("claimed", None)


def test_one_assessed_state_has_all_the_needs(wells: IllustrativePortfolio) -> None:
    assert len(wells.assessments) == 1
    assert len(wells.recommendations) == 12
    assert {need.country for need in wells.recommendations} == {wells.assessments[0].country}


def test_the_appeal_and_the_events_are_as_many_as_asked(wells: IllustrativePortfolio) -> None:
    assert (wells.appeal, len(wells.appeal_entries)) == ("dry-years", 5)
    assert sum(entry.at_launch for entry in wells.appeal_entries) == 3
    assert sum(number for event in wells.events for _, number in event.attendance) == 80


def test_states_follow_the_packs_first_code(wells: IllustrativePortfolio) -> None:
    assert [state.code for state in wells.states] == ["QNA", "QNB", "QNC", "QND"]


def test_a_pack_without_targets_has_no_illustrative_records(tmp_path: Path) -> None:
    folder = copy_of(WATER, tmp_path)
    assert has_illustrative_records(read_pack(folder))
    (folder / "illustrative" / TARGETS).unlink()
    assert not has_illustrative_records(read_pack(folder))


@pytest.mark.parametrize(
    ("file", "old", "new", "column", "value"),
    [
        (TOPICS, 'pillar = "supply"', 'pillar = "supplies"', "digging.pillar", "supplies"),
        (TOPICS, 'theme = "tests"', 'theme = "test"', "testing.theme", "test"),
        (TOPICS, 'areas = ["farms"]', 'areas = ["farm"]', "testing.areas", "farm"),
        (TOPICS, 'mandates = ["AV/12"]', 'mandates = ["AV/13"]', "digging.mandates", "AV/13"),
        (TOPICS, 'leads = ["LAB"]', 'leads = ["LABS"]', "testing.leads", "LABS"),
        (TOPICS, 'markers = ["climate"]', 'markers = ["weather"]', "digging.markers", "weather"),
        (TARGETS, '["VWO", "LAB"]', '["VWO", "WVO"]', "entities", "WVO"),
        (TARGETS, 'assessor = "LAB"', 'assessor = "LOB"', "needs.assessor", "LOB"),
        (TARGETS, 'organiser = "VWO"', 'organiser = "OWV"', "series.organiser", "OWV"),
        (TARGETS, "[markers.climate]", "[markers.climbing]", "markers", "climbing"),
        (TARGETS, 'key = "dry-years"', 'key = "wet-years"', "appeal.key", "wet-years"),
        (TARGETS, "quality = 6", "qualities = 6", "portfolio.pillars", "qualities"),
        (TARGETS, "quality = 25", "qualm = 25", "needs.pillars", "qualm"),
    ],
)
def test_a_code_that_the_pack_does_not_know_is_refused(
    file: str, old: str, new: str, column: str, value: str, tmp_path: Path
) -> None:
    folder = copy_of(WATER, tmp_path)
    replace_text(folder / "illustrative" / file, old, new)
    with pytest.raises(ProblemsFound) as refused:
        read_vocabulary(read_pack(folder))
    assert [(problem.file, problem.column, problem.value) for problem in refused.value.problems] == [
        (f"illustrative/{file}", column, value)
    ]


def test_targets_without_a_section_that_is_needed_are_refused(tmp_path: Path) -> None:
    folder = copy_of(WATER, tmp_path)
    replace_text(folder / "illustrative" / TARGETS, "[appeal]", "[plea]")
    replace_text(folder / "illustrative" / TARGETS, "seed = 12", "seeds = 12")
    with pytest.raises(ProblemsFound) as refused:
        read_vocabulary(read_pack(folder))
    assert [problem.column for problem in refused.value.problems] == ["seed", "appeal"]


def test_a_file_that_is_not_toml_is_refused(tmp_path: Path) -> None:
    folder = copy_of(WATER, tmp_path)
    (folder / "illustrative" / "places.toml").write_text("first_code = ", encoding="utf-8")
    with pytest.raises(ProblemsFound) as refused:
        read_vocabulary(read_pack(folder))
    assert [problem.file for problem in refused.value.problems] == ["illustrative/places.toml"]


def test_codes_of_one_strategy_stand_in_no_code_of_the_generator() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (Path(__file__).parents[1]).glob("*.py"))
    assert not re.search(r"UN[A-Z]{2,}|CTED|terror|PVE|gender|women|portfolio-20", source)
