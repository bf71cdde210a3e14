"""Two folders side by side: what differs, which records are behind it, and what cannot be compared."""

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from colonnade.analysis.figures.definition import library
from colonnade.analysis.figures.published import read_figures, write_figures
from colonnade.analysis.figures.result import TableValue
from colonnade.reporting.comparison.builds import Build, NotComparable, open_build, open_builds
from colonnade.reporting.comparison.figures import FigureChange, Outcome, compare_figures
from colonnade.reporting.comparison.sides import explain
from colonnade.reporting.comparison.telling import as_json, as_lines
from colonnade.reporting.comparison.tests.folders import built


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    place = tmp_path_factory.mktemp("builds")
    return built(place / "before", "portfolio-2018"), built(place / "after", "portfolio-2019")


@pytest.fixture
def builds(folders: tuple[Path, Path]) -> tuple[Build, Build]:
    return open_builds(*folders)


def changes_of(builds: tuple[Build, Build]) -> Mapping[str, FigureChange]:
    return {change.key: change for change in compare_figures(builds[0].figures, builds[1].figures)}


def test_every_figure_that_differs_is_explained_by_records_that_add_up(builds: tuple[Build, Build]) -> None:
    explained = 0
    for key, change in changes_of(builds).items():
        if change.outcome is not Outcome.CHANGED:
            continue
        places = [({}, "")] if change.change else [(dict(cell.codes), cell.measure) for cell in change.cells]
        for cell, measure in places:
            found = explain(library()[key], *builds, cell=cell, measure=measure)
            assert found.parts.adds_up, (key, cell, measure)
            if found.parts.weight is not None:
                assert found.parts.amount_before == (found.before or 0)
                assert found.parts.amount_after == (found.after or 0)
                explained += 1
    assert explained > 20


def test_three_projects_became_five(builds: tuple[Build, Build]) -> None:
    found = explain(library()["projects"], *builds)
    assert (found.before, found.after) == (3, 5)
    assert {met.told.id for met in found.parts.came} == {"p3", "p4", "p5"}
    assert [met.told.id for met in found.parts.left] == ["p9"]
    assert (found.parts.stayed, len(found.parts.altered)) == (2, 2)


def test_a_sum_says_what_each_record_adds(builds: tuple[Build, Build]) -> None:
    parts = explain(library()["budget_total"], *builds).parts
    assert (parts.amount_before, parts.amount_after) == (Decimal(300_000), Decimal(5_750_000))
    assert (parts.amount_came, parts.amount_left, parts.amount_stayed) == (4_000_000, 100_000, 1_550_000)


def test_what_left_the_active_ones_says_that_it_is_completed(builds: tuple[Build, Build]) -> None:
    left = {met.told.id: met for met in explain(library()["projects_active"], *builds).parts.left}
    assert left["p2"].known_after
    assert ("status", "ongoing", "completed") in [
        (change.name, change.before, change.after) for change in left["p2"].changes
    ]
    assert not left["p9"].known_after


def test_a_cell_is_explained_by_its_own_records(builds: tuple[Build, Build]) -> None:
    definition = library()["projects_by_pillar"]
    found = explain(definition, *builds, cell={"pillar": "III"}, measure="projects")
    assert (found.before, found.after, len(found.parts.came)) == (0, 3, 3)
    total = explain(definition, *builds, measure="projects")
    assert (total.before, total.after) == (3, 5)
    assert explain(definition, *builds, cell={"pillar": "III"}, measure="share").parts.weight is None


def test_the_same_folder_differs_in_nothing(folders: tuple[Path, Path]) -> None:
    once, again = open_builds(folders[1], folders[1])
    changes = compare_figures(once.figures, again.figures)
    assert {change.outcome for change in changes} == {Outcome.SAME}


def test_the_lines_name_figures_records_and_what_only_one_side_states(builds: tuple[Build, Build]) -> None:
    changes = compare_figures(builds[0].figures, builds[1].figures)
    text = "\n".join(as_lines(changes, *builds, listed=2))
    assert "Projects in the portfolio (projects): 5 against 3" in text
    assert "3 records came, 1 record left; 2 records stayed, 2 changed" in text
    assert "300,000 + 4,000,000 - 100,000 + 1,550,000 = 5,750,000" in text
    assert "Stated by the later build only: " in text
    assert "the records that are listed under projects" in text


def test_the_json_holds_every_record(builds: tuple[Build, Build]) -> None:
    changes = compare_figures(builds[0].figures, builds[1].figures)
    told = json.loads(json.dumps(as_json(changes, *builds)))
    figures = {figure["key"]: figure for figure in told["figures"]}
    projects = figures["projects"]
    assert (projects["values"], projects["difference"], projects["outcome"]) == ([3, 5], 2, "changed")
    assert {record["id"] for record in projects["records"]["came"]} == {"p3", "p4", "p5"}
    assert figures["budget_total"]["values"] == ["300000.00", "5750000.00"]
    assert {tuple(cell["codes"].items()) for cell in figures["projects_by_pillar"]["cells"]} >= {(("pillar", "III"),)}
    assert told["before"]["inventory"] == "portfolio-2018"


def test_a_figure_of_another_version_is_a_break(tmp_path: Path) -> None:
    before, after = built(tmp_path / "a", "portfolio-2018"), built(tmp_path / "b", "portfolio-2019")
    told = read_figures(before)
    older = tuple(replace(figure, version=7) if figure.key == "projects" else figure for figure in told.figures)
    write_figures(before, replace(told, figures=older))
    builds = open_builds(before, after)
    assert changes_of(builds)["projects"].outcome is Outcome.REDEFINED
    text = "\n".join(as_lines(compare_figures(builds[0].figures, builds[1].figures), *builds, listed=2))
    assert "Defined otherwise (a break, not a change): 1 figure" in text
    assert "version 7, then version 1; 5 against 3" in text


def test_a_recorded_query_of_another_release_gives_its_records_whole(tmp_path: Path) -> None:
    folder = built(tmp_path / "a", "portfolio-2018")
    told = read_figures(folder)
    other = tuple(replace(figure, sql=f"{figure.sql}\n") for figure in told.figures)
    write_figures(folder, replace(told, figures=other))
    page = open_build(folder).every_record(library()["projects"], {}, "")
    assert {row[page.columns.index("id")] for row in page.rows} == {"p1", "p2", "p9"}


def test_a_snapshot_that_was_changed_is_refused(tmp_path: Path) -> None:
    folder = built(tmp_path / "a", "portfolio-2018")
    (folder / "snapshot" / "public" / "stray.parquet").write_bytes(b"")
    with pytest.raises(NotComparable, match="report verify"):
        open_build(folder)


def test_builds_for_two_audiences_are_refused(tmp_path: Path, folders: tuple[Path, Path]) -> None:
    public = built(tmp_path / "public", "portfolio-2018", "public")
    with pytest.raises(NotComparable, match="built for public"):
        open_builds(public, folders[1])


def test_figures_of_another_snapshot_are_refused(tmp_path: Path) -> None:
    folder = built(tmp_path / "a", "portfolio-2018")
    write_figures(folder, replace(read_figures(folder), snapshot="0" * 12))
    with pytest.raises(NotComparable, match="not the one"):
        open_build(folder)


def test_values_of_tables_are_tables(builds: tuple[Build, Build]) -> None:
    assert isinstance(builds[1].figures["projects_by_pillar"].value, TableValue)
    assert explain(library()["projects_by_pillar"], *builds).before is None
