"""The evaluation of matching: its measure, intervals and split, and what it says where there is nothing to measure."""

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest

from evaluation.classification import VARIABLE as DATA
from evaluation.graded import VARIABLE, is_sealed, part
from evaluation.measures import difference, measured, ndcg

ROOT = Path(__file__).resolve().parent.parent


def test_the_best_order_is_worth_one_and_a_worse_one_less() -> None:
    grades = {"a": 2, "b": 1}
    assert ndcg(["a", "b", "c"], grades) == 1.0
    assert ndcg(["b", "a", "c"], grades) == pytest.approx((1 + 2 / 1.5849625) / (2 + 1 / 1.5849625))
    assert ndcg(["c"] * 10 + ["a"], grades) == 0.0


def test_intervals_hold_the_mean_and_are_the_same_each_time() -> None:
    values, states = [0.1, 0.5, 0.9, 0.7, 0.2], ["A", "A", "B", "C", "C"]
    found = measured(values, states)
    assert found == measured(values, states)
    assert found.by_queries[0] <= found.mean <= found.by_queries[1]
    assert (found.queries, found.states) == (5, 3)
    assert difference(values, values, states).mean == 0.0


def written(folder: Path) -> Path:
    """Links of twelve States, each with one response that is answered by one of its two needs."""
    states = [f"State {number}" for number in range(12)]
    texts = ("training of prison staff", "ratification of the convention against torture")
    tables: dict[str, list[tuple[str, ...]]] = {
        "needs": [(f"n{state}{place}", state, text) for state in states for place, text in enumerate(texts)],
        "responses": [(f"r{state}", state, "prison staff were trained") for state in states],
        "links": [(f"r{state}", f"n{state}0", "2") for state in states],
    }
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            header = ("response", "need", "grade") if name == "links" else ("id", "country", "text")
            csv.writer(file).writerows([header, *rows])
    return folder


def test_no_state_is_on_both_sides_of_the_split(tmp_path: Path) -> None:
    open_part, sealed = (part(written(tmp_path), sealed=each) for each in (False, True))
    assert not set(open_part.state_of.values()) & set(sealed.state_of.values())
    assert len(open_part.queries) + len(sealed.queries) == 12
    assert all(is_sealed(state) for state in sealed.state_of.values())


def run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "evaluation", *arguments],
        cwd=ROOT,
        env={VARIABLE: str(folder), "PATH": "/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": "colonnade.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_both_parts_are_told_with_intervals(tmp_path: Path) -> None:
    told = run(written(tmp_path), "--sealed")
    assert told.returncode == 0, told.stderr
    assert "development States" in told.stdout
    assert "sealed States, on which nothing was chosen" in told.stdout
    ours = [line for line in told.stdout.splitlines() if line.startswith("  Colonnade  ")]
    assert len(ours) == 2
    assert all("1.000  [1.000, 1.000]" in line for line in ours)


def test_where_there_are_no_links_it_says_so(tmp_path: Path) -> None:
    told = run(tmp_path)
    assert told.returncode == 2
    assert VARIABLE in told.stderr


def classified(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "evaluation.classification", *arguments],
        cwd=ROOT,
        env={DATA: str(folder), "PATH": "/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": "colonnade.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_countries_that_titles_name_are_counted_right_and_wrong(tmp_path: Path) -> None:
    (tmp_path / "iati").mkdir()
    activities = "".join(
        f'<iati-activity><iati-identifier>x{number}</iati-identifier><reporting-org ref="P{number % 9}"/>'
        f"<title><narrative>Wells in {'Mali' if number % 4 else 'Chad'}</narrative></title>"
        '<recipient-country code="ML"/><activity-scope code="4"/></iati-activity>'
        for number in range(36)
    )
    (tmp_path / "iati" / "a.xml").write_text(f"<iati-activities>{activities}</iati-activities>")
    told = classified(tmp_path, "--sealed")
    assert told.returncode == 0, told.stderr
    assert "sealed publishers, on which nothing was chosen" in told.stdout
    lines = [line for line in told.stdout.splitlines() if line.startswith("  country")]
    counted = [re.search(r"proposed for (\d+) of \1 activities; right (\d+) of \1: 0\.\d+ \[", line) for line in lines]
    assert all(counted), told.stdout
    assert all(int(each[2]) < int(each[1]) for each in counted if each)
    assert "right" in next(line for line in told.stdout.splitlines() if line.startswith("  scope"))


def test_where_there_are_no_activities_it_says_so(tmp_path: Path) -> None:
    told = classified(tmp_path)
    assert (told.returncode, DATA in told.stderr) == (2, True)
