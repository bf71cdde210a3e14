"""From the strategy's data to the published analysis, by the command line, as a newcomer goes."""

import hashlib
import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, CommandLine

CLAIMS = ROOT / "strategies" / "ungcts" / "claims.toml"
FILES = {"report.html", "report.docx", "report.pdf", "report.xlsx", "figures.json", "snapshot"}


def figures(folder: Path) -> dict[str, dict[str, Any]]:
    content = json.loads((folder / "figures.json").read_text(), parse_float=Decimal)
    return {figure["key"]: figure for figure in content["figures"]}


def cells(figure: dict[str, Any], dimension: str, measure: str) -> dict[str, Any]:
    names = [column["name"] for column in figure["value"]["columns"]]
    return {row[names.index(dimension)]: row[names.index(measure)] for row in figure["value"]["rows"]}


@pytest.fixture(scope="module")
def built(command_line: CommandLine) -> Path:
    return command_line.state / "out" / "annex-ii"


def test_the_demonstration_leaves_the_report_in_every_format(built: Path) -> None:
    assert {path.name for path in built.iterdir()} == FILES
    assert (built / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert (built / "report.docx").read_bytes().startswith(b"PK")


def test_a_second_demonstration_changes_nothing(command_line: CommandLine, built: Path) -> None:
    before = {path: hashlib.sha256(path.read_bytes()).digest() for path in built.rglob("*") if path.is_file()}
    again = command_line.run("demo", "--no-serve", "--out", built.parent)
    assert again.returncode == 0, again.stderr
    assert "up to date" in again.stderr
    assert {path: hashlib.sha256(path.read_bytes()).digest() for path in before} == before


def test_the_published_numbers_come_out_of_the_records(built: Path) -> None:
    """A/74/677, annex II, paragraphs 56 to 62, as printed there."""
    found = figures(built)
    assert found["projects"]["value"] == 314
    assert found["projects_previous"]["value"] == 317
    assert found["entities_implementing"]["value"] == 13
    pillars = cells(found["projects_by_pillar"], "pillar", "share")
    assert {code: round(share) for code, share in pillars.items()} == {"I": 33, "II": 11, "III": 49, "IV": 7}
    scopes = cells(found["projects_by_scope"], "scope", "share")
    assert {code: round(share) for code, share in scopes.items()} == {
        "global": 25,
        "regional": 16,
        "national": 55,
        None: 4,
    }
    millions = {
        key: round(found[key]["value"] / Decimal(10**6), 1)
        for key in ("budget_total", "budget_active", "budget_completed", "shortfall_total", "funding_active")
    }
    assert millions == {
        "budget_total": Decimal("522.3"),
        "budget_active": Decimal("469.8"),
        "budget_completed": Decimal("52.5"),
        "shortfall_total": Decimal("238.9"),
        "funding_active": Decimal("230.9"),
    }
    assert round(found["shortfall_share"]["value"]) == 51


def test_every_figure_says_what_it_is_and_where_it_was_published(built: Path) -> None:
    content = json.loads((built / "figures.json").read_text())
    assert {"report", "audience", "as_of", "snapshot", "figures"} <= content.keys()
    assert content["report"] == "annex-ii"
    for figure in content["figures"]:
        assert {
            "key",
            "version",
            "title",
            "source",
            "value",
            "unit",
            "qualifier",
            "of",
            "row_count",
            "definition",
            "sql",
        } <= (figure.keys())
        assert figure["source"].startswith("A/74/677 "), figure["key"]


def test_verify_needs_no_database_and_finds_nothing(command_line: CommandLine, built: Path) -> None:
    verified = command_line.run("report", "verify", built, database=False)
    assert (verified.returncode, verified.stderr) == (0, "")


def test_verify_names_a_figure_that_was_changed(command_line: CommandLine, built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(built, copy)
    text = (copy / "figures.json").read_text()
    value = figures(copy)["shortfall_total"]["value"]
    assert text.count(str(value)) >= 1
    (copy / "figures.json").write_text(text.replace(str(value), str(value + 1)))
    verified = command_line.run("report", "verify", copy, database=False)
    assert verified.returncode == 1
    assert "shortfall_total" in verified.stdout


def test_verify_names_a_snapshot_that_was_changed(command_line: CommandLine, built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(built, copy)
    (copy / "snapshot" / "public" / "seed_award.parquet").unlink()
    verified = command_line.run("report", "verify", copy, database=False)
    assert verified.returncode == 1
    assert "seed_award" in verified.stdout


def test_verify_of_something_else_cannot_run(command_line: CommandLine, tmp_path: Path) -> None:
    verified = command_line.run("report", "verify", tmp_path, database=False)
    assert verified.returncode == 2
    assert str(tmp_path) in verified.stderr


def test_the_document_disagrees_with_itself_and_not_with_the_registry(command_line: CommandLine) -> None:
    checked = command_line.run("report", "check", CLAIMS, "--json")
    assert checked.returncode == 1, checked.stderr
    found = json.loads(checked.stdout)
    assert {finding["kind"] for finding in found} == {"document"}
    relations = {finding["relation"] for finding in found}
    assert {"instruments-listed", "scope-shares", "regional-conferences-in-2019"} <= relations


def test_a_registry_that_differs_from_the_document_is_told(command_line: CommandLine, tmp_path: Path) -> None:
    """Had the document printed 320 projects, the records would contradict it."""
    folder = tmp_path / "ungcts"
    shutil.copytree(CLAIMS.parent, folder)
    text = (folder / "claims.toml").read_text()
    line = next(block for block in text.split("[[claim]]") if 'figure = "projects"' in block)
    assert "314" in line
    (folder / "claims.toml").write_text(text.replace(line, line.replace("314", "320")))
    checked = command_line.run("report", "check", folder / "claims.toml", "--json")
    told = [finding for finding in json.loads(checked.stdout) if finding["kind"] == "registry"]
    assert [finding["relation"] for finding in told] == ["projects"]


def test_a_public_report_rests_on_public_records_only(command_line: CommandLine, built: Path, tmp_path: Path) -> None:
    out = tmp_path / "public"
    made = command_line.run("report", "build", "annex-ii", "--audience", "public", "--out", out)
    assert made.returncode == 0, made.stderr
    assert {path.name for path in (out / "snapshot").iterdir()} == {"manifest.json", "public"}
    theirs, ours = figures(out), figures(built)
    assert theirs["projects"]["value"] < ours["projects"]["value"]
    assert theirs.get("needs_count", {"value": 0})["value"] == 0
    assert command_line.run("report", "verify", out, database=False).returncode == 0


def test_a_pack_with_errors_is_refused_whole_with_every_error(command_line: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "ungcts"
    shutil.copytree(CLAIMS.parent, folder)
    pillars = (folder / "pillars.csv").read_text().replace("#0072B2", "blue")
    (folder / "pillars.csv").write_text(pillars)
    themes = (folder / "themes.csv").read_text().replace(",I,", ",V,", 1)
    (folder / "themes.csv").write_text(themes)
    refused = command_line.run("load", folder)
    assert refused.returncode == 2
    for expected in ("pillars.csv, row 2, column colour", "'blue'", "themes.csv, row 2, column pillar", "'V'", "Mend:"):
        assert expected in refused.stderr


def test_another_strategy_needs_a_registry_of_its_own(command_line: CommandLine) -> None:
    refused = command_line.run("load", ROOT / "colonnade" / "packs" / "tests" / "packs" / "water")
    assert refused.returncode == 2
    assert "registry serves" in refused.stderr
