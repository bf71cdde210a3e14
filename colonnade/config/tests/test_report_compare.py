"""``colonnade report compare``: its exit status, its errors, and JSON on request."""

import json
from pathlib import Path

import pytest

from colonnade.config.cli.main import COULD_NOT_RUN, FINE, FOUND, main
from colonnade.reporting.comparison.tests.folders import built


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    place = tmp_path_factory.mktemp("builds")
    return built(place / "before", "portfolio-2018"), built(place / "after", "portfolio-2019")


def test_builds_that_differ_are_status_1(folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "compare", *map(str, folders)]) == FOUND
    assert "5 against 3" in capsys.readouterr().out


def test_a_build_and_itself_are_status_0(folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "compare", str(folders[0]), str(folders[0])]) == FINE
    assert "0 differences" in capsys.readouterr().out


def test_json_is_one_document(folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "compare", *map(str, folders), "--json"]) == FOUND
    told = json.loads(capsys.readouterr().out)
    assert {figure["key"] for figure in told["figures"]} >= {"projects", "budget_total"}


def test_a_folder_that_is_none_is_status_2(
    folders: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", "compare", str(folders[0]), str(tmp_path / "nowhere")]) == COULD_NOT_RUN
    assert "nowhere" in capsys.readouterr().err
    assert main(["report", "compare", str(tmp_path), str(folders[0])]) == COULD_NOT_RUN
    assert "figures.json" in capsys.readouterr().err
