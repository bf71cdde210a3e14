"""Nothing is hard-wired: another strategy, with three pillars of its own, goes the same way with the same commands."""

import json

import pytest

from tests.conftest import ROOT, CommandLine

WATER = ROOT / "colonnade" / "packs" / "tests" / "packs" / "water"


@pytest.fixture(scope="module")
def waterworks(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    return CommandLine(tmp_path_factory.mktemp("water"), WATER)


def test_another_strategy_gets_its_own_demonstration_and_report(waterworks: CommandLine) -> None:
    out = waterworks.state / "out"
    made = waterworks.run("demo", "--no-serve", "--out", out)
    assert made.returncode == 0, made.stderr
    content = json.loads((out / "wells" / "figures.json").read_text())
    found = {figure["key"]: figure["value"] for figure in content["figures"]}
    assert found["projects"] == 20
    assert [row[:2] for row in found["projects_by_pillar"]["rows"]] == [["supply", 9], ["quality", 6], ["upkeep", 5]]
    assert waterworks.run("report", "verify", out / "wells", database=False).returncode == 0


def test_a_report_of_another_strategy_says_nothing_of_the_first(waterworks: CommandLine) -> None:
    page = (waterworks.state / "out" / "wells" / "report.html").read_text()
    assert "Wells" in page
    for word in ("Terrorism", "terrorism", "A/74/677", "UNODC"):
        assert word not in page
