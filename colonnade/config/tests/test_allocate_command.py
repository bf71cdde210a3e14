"""``colonnade allocate``: its exit status, what it writes, and the check of what it wrote."""

import json
from pathlib import Path
from typing import Any

import pytest

from colonnade.analysis.allocation.problem_file import problem_as_json
from colonnade.analysis.allocation.tests.rounds import seed_round
from colonnade.config.cli.main import COULD_NOT_RUN, FINE, FOUND, main


def written(folder: Path, *must_haves: str) -> Path:
    path = folder / "problem.json"
    path.write_text(json.dumps(problem_as_json(seed_round(must_haves=must_haves))), encoding="utf-8")
    return path


def test_a_plan_is_written_with_reasons_and_passes_its_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem, out = written(tmp_path), tmp_path / "plan.json"
    assert main(["allocate", "--problem", str(problem), "--out", str(out)]) == FINE
    plan: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    assert plan["amounts"] == {"A": "169500.00", "C": "100000.00"}
    assert [each["proposal"] for each in plan["left_out"]] == ["B", "D", "E"]
    assert [step["percent"] for step in plan["frontier"]] == list(range(50, 151, 10))
    capsys.readouterr()
    assert main(["allocate", "--problem", str(problem), "--check", str(out)]) == FINE
    assert "0 fault(s)" in capsys.readouterr().out


def test_the_same_problem_has_the_same_plan_to_the_byte(tmp_path: Path) -> None:
    problem = written(tmp_path)
    for name in ("one.json", "two.json"):
        assert main(["allocate", "--problem", str(problem), "--out", str(tmp_path / name)]) == FINE
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_a_plan_that_was_tampered_with_is_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem, out = written(tmp_path), tmp_path / "plan.json"
    assert main(["allocate", "--problem", str(problem), "--out", str(out), "--only-plan"]) == FINE
    plan: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    plan["amounts"]["B"] = "60000"
    out.write_text(json.dumps(plan), encoding="utf-8")
    assert main(["allocate", "--problem", str(problem), "--check", str(out)]) == FOUND
    assert "ceiling:group:G1:sum" in capsys.readouterr().out


def test_rules_that_contradict_each_other_are_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "plan.json"
    assert main(["allocate", "--problem", str(written(tmp_path, "A", "B")), "--out", str(out)]) == FOUND
    assert "at most 169,500 for group G1" in capsys.readouterr().out
    told: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    assert [rule["rule"] for rule in told["rules"]] == ["ceiling:group:G1:sum", "must_have:A", "must_have:B"]


def test_a_choice_is_compared_and_is_status_1_where_it_breaks_a_rule(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = written(tmp_path)
    assert main(["allocate", "--problem", str(problem), "--only-plan", "--choice", "A", "B"]) == FOUND
    assert "breaks: at most 169,500 for group G1" in capsys.readouterr().out
    assert main(["allocate", "--problem", str(problem), "--only-plan", "--choice", "B", "C"]) == FINE


def test_what_cannot_be_read_or_written_is_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem = written(tmp_path)
    broken = tmp_path / "broken.json"
    broken.write_text('{"format": "colonnade/allocation-problem/1"}', encoding="utf-8")
    assert main(["allocate", "--problem", str(broken)]) == COULD_NOT_RUN
    assert "$.budget" in capsys.readouterr().err
    assert main(["allocate", "--problem", str(tmp_path / "none.json")]) == COULD_NOT_RUN
    assert main(["allocate", "--problem", str(problem), "--out", str(problem)]) == COULD_NOT_RUN
    assert main(["allocate", "--problem", str(problem), "--choice", "Z"]) == COULD_NOT_RUN
    assert "no proposals Z" in capsys.readouterr().err
