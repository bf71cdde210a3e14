"""``colonnade allocate``: which proposals to fund under a budget, from a file; and the check of such a plan.

The exit status is 0 where there is a plan (or it passes the check), 1 where something was found (the rules contradict
each other; the board's choice breaks one; the check found faults), 2 where it could not run.
"""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from colonnade.analysis.allocation.alternatives import alternatives
from colonnade.analysis.allocation.checker import check
from colonnade.analysis.allocation.comparison import Comparison, compare
from colonnade.analysis.allocation.frontier import frontier
from colonnade.analysis.allocation.plan import Contradiction, Plan
from colonnade.analysis.allocation.plan_file import contradiction_as_json, plan_as_json, read_plan
from colonnade.analysis.allocation.problem import Problem
from colonnade.analysis.allocation.problem_file import read_problem
from colonnade.analysis.allocation.reasons import reasons
from colonnade.analysis.allocation.solving import solve
from colonnade.analysis.allocation.telling import (
    alternative_as_json,
    comparison_as_json,
    comparison_in_words,
    contradiction_in_words,
    frontier_in_words,
    plan_in_words,
    reason_as_json,
    reason_in_words,
    step_as_json,
    worth,
)
from colonnade.config.cli.grammar import command

FINE, FOUND = 0, 1
#: Up to so many proposals left out, the best plan with each of them in it is searched for as well.
FORCED: Final = 60


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = command(commands, "allocate", "choose which proposals to fund under a budget, with proof and reasons", run)
    parser.add_argument("--problem", type=Path, required=True, metavar="FILE", help="proposals, needs and rules (JSON)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the plan here (JSON); must not exist yet")
    parser.add_argument("--check", type=Path, metavar="PLAN", help="check this plan instead of making one")
    parser.add_argument(
        "--choice", nargs="+", metavar="ID", help="compare these proposals, each given what it costs, with the plan"
    )
    parser.add_argument(
        "--force",
        nargs="+",
        default=(),
        metavar="ID",
        help="search for the best plan with each of these left out in it",
    )
    parser.add_argument(
        "--alternatives", type=int, default=3, metavar="N", help="plans within one per cent (default: 3)"
    )
    parser.add_argument("--only-plan", action="store_true", help="no reasons, alternatives and frontier")


def run(arguments: argparse.Namespace) -> int:
    """Make or check a plan."""
    problem = read_problem(arguments.problem)
    if arguments.check is not None:
        return run_check(problem, read_plan(arguments.check))
    known = {each.id for each in problem.proposals}
    unknown = sorted({*arguments.force, *(arguments.choice or ())} - known)
    if unknown:
        raise FileNotFoundError(f"{arguments.problem} has no proposals {', '.join(unknown)}")
    if arguments.out is not None and arguments.out.exists():
        raise FileExistsError(f"{arguments.out} exists; name a file that does not, or take it away")
    answer = solve(problem)
    if isinstance(answer, Contradiction):
        _write(arguments.out, contradiction_as_json(problem, answer))
        _say(contradiction_in_words(answer))
        return FOUND
    _say(plan_in_words(problem, answer))
    compared = compare(problem, answer, arguments.choice) if arguments.choice else None
    beside = {} if arguments.only_plan else _beside(problem, answer, arguments)
    if compared is not None:
        beside["compared"] = comparison_as_json(compared)
    _write(arguments.out, plan_as_json(problem, answer, **beside))
    return _told(compared)


def _told(compared: Comparison | None) -> int:
    if compared is None:
        return FINE
    _say(comparison_in_words(compared))
    return FOUND if compared.broken or compared.misfits else FINE


def _beside(problem: Problem, plan: Plan, arguments: argparse.Namespace) -> dict[str, object]:
    """Reasons, alternatives and frontier, printed and as they stand in the file."""
    out = [each.id for each in problem.proposals if each.id not in plan.amounts]
    why = reasons(problem, plan, force=out if len(out) <= FORCED else arguments.force)
    others = alternatives(problem, plan, count=max(0, arguments.alternatives))
    steps = frontier(problem, known=plan)
    _say(f"  {each.proposal}: {reason_in_words(each)}" for each in why)
    for other in others:
        share = float(other.value / plan.value) * 100
        print(f"nearly as good ({share:.2f} per cent): {len(other.comes_in)} come in, {len(other.goes_out)} go out")
    _say(frontier_in_words(steps))
    return {
        "left_out": [reason_as_json(each) for each in why],
        "alternatives": [alternative_as_json(each) for each in others],
        "frontier": [step_as_json(each) for each in steps],
    }


def run_check(problem: Problem, plan: Plan) -> int:
    """Check a plan; 1 where it has a fault."""
    verdict = check(problem, plan)
    _say(verdict.faults)
    if verdict.certified is not None:
        print(f"value {worth(verdict.value)}, recomputed; the plan says that no choice can exceed {worth(plan.bound)}")
        print(f"from its prices it follows that none can exceed {worth(verdict.certified)}: checked without a solver")
        if plan.bound < verdict.certified:
            print("what the plan claims beyond that rests on the solver's search")
    print(f"{len(verdict.faults)} fault(s)")
    return FINE if verdict.passed else FOUND


def _write(path: Path | None, document: dict[str, object]) -> None:
    if path is not None:
        path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
