"""Verifying a report's folder: nothing to say of an honest one, and each kind of change is named."""

import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from colonnade.analysis.figures import verification
from colonnade.analysis.figures.definition import library
from colonnade.analysis.figures.engine import compute_many
from colonnade.analysis.figures.published import Published, PublishedUnreadable, write_figures
from colonnade.analysis.figures.verification import verify, verify_figures
from colonnade.analysis.manifest import ManifestError, read_manifest
from colonnade.analysis.store import open_snapshot
from colonnade.analysis.tests.examples import entry, example
from colonnade.analysis.tests.snapshots import PARAMETERS
from colonnade.core.viewer import AUDIENCES

FEW = (
    "projects",
    "projects_by_pillar",
    "projects_by_entity",
    "projects_by_scope",
    "projects_by_status",
    "budget_total",
    "shortfall_share",
    "seed_awards_2018",
)


def write_report(folder: Path, keys: Iterable[str]) -> Path:
    builder = example()
    builder.add("entry", entry("r", scope="national"), level="restricted", state="XAA")
    builder.write(folder / "snapshot")
    manifest = read_manifest(folder / "snapshot")
    opened = open_snapshot(folder / "snapshot", AUDIENCES["secretariat"].viewer)
    chosen = (library()[key] for key in keys)
    results = compute_many(opened.cursor(), chosen, PARAMETERS, sources={"projects": "A/74/677 para. 1"})
    published = Published("annex-ii", manifest.audience, manifest.as_of, manifest.snapshot_id, tuple(results.values()))
    write_figures(folder, published)
    return folder


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(tmp_path_factory.mktemp("report"), FEW)


@pytest.fixture
def folder(honest: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(honest, tmp_path / "report"))


def edit(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the file as a person would who edits it by hand."""
    path = folder / "figures.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    change({figure["key"]: figure for figure in content["figures"]} | {"file": content})
    path.write_text(json.dumps(content), encoding="utf-8")


DIGEST = ("figures.json", "digest")


def named(folder: Path) -> set[tuple[str, str]]:
    return {(difference.subject, difference.aspect) for difference in verify(folder)}


def not_recomputed(folder: Path) -> set[str]:
    return {difference.subject for difference in verify(folder) if difference.found.startswith("not recomputed")}


def test_an_honest_report_of_every_figure_is_reproduced_whole(tmp_path: Path) -> None:
    assert verify(write_report(tmp_path, library())) == []


@pytest.mark.parametrize(
    ("key", "changes", "aspect"),
    [
        ("projects", {"value": 6}, "value"),
        ("projects", {"value": 5.0}, "value"),
        ("projects", {"value": None}, "value"),
        ("projects", {"value": 10**40}, "value"),
        ("projects", {"row_count": 9}, "row_count"),
        ("projects", {"unit": "USD"}, "unit"),
        ("projects", {"definition": "Something else."}, "definition"),
        ("projects", {"title": "Programmes"}, "title"),
        ("projects", {"display": "600"}, "display"),
        ("projects", {"note": "Doubtful."}, "note"),
        ("projects", {"sql": "SELECT 5 AS value"}, "sql"),
        ("projects", {"records_sql": "SELECT * FROM range(5)"}, "records_sql"),
        ("shortfall_share", {"of": "the whole budget"}, "of"),
        ("budget_total", {"qualifier": "exact"}, "qualifier"),
        ("budget_total", {"value": 1750.01}, "value"),
    ],
)
def test_a_changed_figure_is_named(folder: Path, key: str, changes: dict[str, Any], aspect: str) -> None:
    edit(folder, lambda content: content[key].update(changes))
    met = named(folder)
    assert (key, aspect) in met
    assert {subject for subject, _ in met - {DIGEST}} == {key}


def test_a_changed_cell_total_label_or_column_of_a_table_is_named(folder: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        content["projects_by_pillar"]["value"]["rows"][0][1] += 1
        content["projects_by_entity"]["value"]["totals"]["projects"] += 1
        content["projects_by_scope"]["labels"]["scope"]["global"] = "Universal"
        content["projects_by_status"]["value"]["columns"][1]["title"] = "Programmes"
        content["seed_awards_2018"]["value"]["rows"].pop()

    edit(folder, change)
    assert named(folder) >= {
        ("projects_by_pillar", "row 1"),
        ("projects_by_entity", "totals"),
        ("projects_by_scope", "labels"),
        ("projects_by_status", "columns"),
        ("seed_awards_2018", "rows"),
    }


def test_another_query_is_named_even_where_it_gives_the_same_value(folder: Path) -> None:
    edit(folder, lambda content: content["projects"].update(sql=content["projects"]["sql"] + "\n-- the same"))
    assert named(folder) == {("projects", "sql"), DIGEST}


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1; DROP VIEW entry",
        "CREATE TABLE x AS SELECT 1",
        "COPY entry TO '{folder}/snapshot/public/entry.parquet' (USE_TMP_FILE false)",
        "SELECT count(*) AS value FROM read_csv('/etc/passwd')",
        "SELECT no_such_column AS value FROM entry",
        "SELECT 1 AS value, 2 AS other",
        "SELECT 1.5::DOUBLE AS value",
    ],
)
def test_a_query_that_cannot_be_run_is_named_and_does_no_harm(folder: Path, sql: str) -> None:
    edit(folder, lambda content: content["projects"].update(sql=sql.format(folder=folder)))
    differences = verify(folder)
    assert {difference.subject for difference in differences} == {"projects", "figures.json"}
    assert any("cannot be run" in difference.found for difference in differences)


def test_a_query_that_runs_too_long_is_stopped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "SECONDS_A_FIGURE", 0.5)
    endless = "SELECT sum(a.range * b.range)::BIGINT AS value FROM range(100000000) AS a, range(100000000) AS b"

    def change(content: dict[str, Any]) -> None:
        content["file"]["figures"] = [content["projects"] | {"sql": endless}]

    edit(folder, change)
    assert any("cannot be run" in difference.found for difference in verify(folder))


def test_an_older_version_that_is_reproduced_is_noted_and_no_failure(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = dict(library()) | {"projects": replace(library()["projects"], version=2, value="SELECT 0 AS value")}
    monkeypatch.setattr(verification, "library", lambda: newer)
    (difference,) = verify(folder)
    assert (difference.subject, difference.aspect, difference.only_noted) == ("projects", "version", True)
    edit(folder, lambda content: content["projects"].update(value=99, display="99"))
    assert {(each.subject, each.aspect) for each in verify(folder) if not each.only_noted} == {
        ("projects", "value"), DIGEST,
    }  # fmt: skip


def test_an_unknown_figure_is_named_and_still_recomputed(folder: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        content["projects"].update(key="my_projects")
        content["projects_by_pillar"].update(key="my_pillars")
        content["projects_by_pillar"]["value"]["rows"][0][1] = 77

    edit(folder, change)
    met = named(folder)
    assert {("my_projects", "figure"), ("my_pillars", "figure"), ("my_pillars", "row 1")} <= met
    assert met >= {("projects", "figure"), ("projects_by_pillar", "figure"), DIGEST}


def test_a_figure_that_stands_twice_is_named(folder: Path) -> None:
    edit(folder, lambda content: content["file"]["figures"].append(content["projects"]))
    assert ("projects", "figure") in named(folder)


@pytest.mark.parametrize("aspect", ["snapshot", "as_of", "audience"])
def test_a_report_of_another_snapshot_is_named(folder: Path, aspect: str) -> None:
    edit(folder, lambda content: content["file"].update({aspect: "another"}))
    assert named(folder) == {("figures.json", aspect)}


def test_a_changed_row_of_the_snapshot_is_named_as_file_and_no_figure_is_computed_from_it(folder: Path) -> None:
    path = folder / "snapshot/restricted/XAA/entry.parquet"
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"CREATE TABLE rows AS FROM '{path}'")
        connection.execute("UPDATE rows SET scope = 'global'")
        connection.execute(f"COPY rows TO '{path}'")
    assert ("snapshot/restricted/XAA/entry.parquet", "file changed") in named(folder)
    assert not_recomputed(folder) == set(FEW)
    assert verify_figures(folder).figures == 0


def test_one_flipped_byte_anywhere_in_a_table_is_named(folder: Path) -> None:
    path = folder / "snapshot/public/entry.parquet"
    honest = path.read_bytes()
    for place in range(0, len(honest), max(1, len(honest) // 20)):
        path.write_bytes(honest[:place] + bytes([honest[place] ^ 0xFF]) + honest[place + 1 :])
        assert ("snapshot/public/entry.parquet", "file changed") in named(folder)
        assert not_recomputed(folder) == set(FEW)


def test_an_added_file_that_no_table_reads_is_named_and_the_figures_are_recomputed(folder: Path) -> None:
    (folder / "snapshot/public/notes.txt").write_text("notes")
    assert named(folder) == {("snapshot/public/notes.txt", "file added")}


def test_a_report_without_figures_is_a_difference(folder: Path) -> None:
    edit(folder, lambda content: content["file"].update(figures=[], keys=[]))
    assert {("figures.json", "figures"), DIGEST} <= named(folder)


def test_a_figure_taken_away_is_named(folder: Path) -> None:
    edit(folder, lambda content: content["file"]["figures"].remove(content["projects"]))
    assert named(folder) == {("projects", "figure"), DIGEST}


def test_a_changed_source_is_noticed(folder: Path) -> None:
    edit(folder, lambda content: content["projects"].update(source="A/99/1 para. 1"))
    assert named(folder) == {DIGEST}


def test_a_file_without_keys_and_digest_is_a_difference(folder: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        del content["file"]["keys"], content["file"]["digest"]

    edit(folder, change)
    assert named(folder) == {("figures.json", "keys"), DIGEST}


def test_what_was_checked_is_counted(honest: Path) -> None:
    checked = verify_figures(honest)
    files = list((honest / "snapshot").rglob("*.parquet"))
    assert (checked.differences, checked.figures, checked.files) == ((), len(FEW), len(files))


def test_an_added_and_a_missing_file_are_named(folder: Path) -> None:
    (folder / "snapshot/restricted/XAA/entry.parquet").unlink()
    (folder / "snapshot/public/other.parquet").write_bytes(b"")
    met = named(folder)
    assert ("snapshot/restricted/XAA/entry.parquet", "file missing") in met
    assert ("snapshot/public/other.parquet", "file added") in met
    assert ("projects", "value") in met


def test_a_corrupt_file_is_named(folder: Path) -> None:
    (folder / "snapshot/public/entry.parquet").write_bytes(b"corrupt")
    assert ("snapshot/public/entry.parquet", "file changed") in named(folder)
    assert not_recomputed(folder) == set(FEW)


def test_a_folder_that_is_no_report_cannot_be_verified(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(PublishedUnreadable):
        verify(tmp_path / "nothing")
    (folder / "snapshot/manifest.json").unlink()
    with pytest.raises(ManifestError):
        verify(folder)


def test_a_difference_reads_as_a_line(folder: Path) -> None:
    edit(folder, lambda content: content["projects"].update(value=6))
    assert "projects: value: recorded 6, found 5" in [str(difference) for difference in verify(folder)]
