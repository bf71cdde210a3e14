"""How a board works, read from the data of a strategy: steps with clocks, criteria, eligibility, outcomes, reports.

Pure. What is wrong is named by its path in the document.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Self

#: Steps that a process may have, in the only order that they can come in. The decision is always there.
STEPS: Final = ("screening", "scoring", "board", "decision")
#: Rules of eligibility that a process may have (:mod:`colonnade.review.eligibility` says what each asks).
ELIGIBILITY: Final = (
    "origin",
    "described",
    "period",
    "budget_adds_up",
    "within_ceiling",
    "working_group",
    "aligned",
    "cofunding",
    "sustainability",
    "consulted",
    "marked",
    "due_diligence",
    "safeguards",
    "outputs",
    "risks",
    "before_the_deadline",
)
#: From when on others than the scorers read scores: once all are in, once it is decided, or never.
OPENINGS: Final = ("all_in", "decision", "never")


class RulesWrong(ValueError):
    """A process is not described as it must be; the text begins with the path of what is wrong."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the process, and the days that it may take (0: no clock runs)."""

    code: str
    title: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class Criterion:
    """What reviewers score, from 0 to the process's ``most``, and how much it weighs beside the others."""

    code: str
    title: str
    weight: Decimal
    help: str = ""


@dataclass(frozen=True, slots=True)
class ReportDue:
    """A report that an approved project owes: every so many months while it runs, or once at the end (0)."""

    kind: str
    every_months: int


@dataclass(frozen=True, slots=True)
class Rules:
    """The whole of a process. ``quorum`` counts members of the board; ``reviewers`` scores that a proposal needs."""

    decided_by: str
    steps: tuple[Step, ...]
    eligibility: tuple[str, ...]
    criteria: tuple[Criterion, ...] = ()
    most: int = 5
    reviewers: int = 0
    quorum: int = 1
    scores_open_to_board: str = "all_in"
    scores_open_to_applicant: str = "decision"
    objection_days: int = 0
    reports: tuple[ReportDue, ...] = ()
    marker_sample_percent: int = 20

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the steps, in order."""
        return tuple(step.code for step in self.steps)

    def step(self, code: str) -> Step | None:
        """The step of that code, where the process has it."""
        return next((step for step in self.steps if step.code == code), None)

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """The rules in ``document``, as TOML or JSON give it. Raises :class:`RulesWrong`."""
        known = {
            "decided_by", "steps", "eligibility", "criteria", "most", "reviewers", "quorum", "scores_open_to_board",
            "scores_open_to_applicant", "objection_days", "reports", "marker_sample_percent",
        }  # fmt: skip
        if unknown := sorted(set(document) - known):
            raise RulesWrong(f"{unknown[0]}: no such rule; there are {', '.join(sorted(known))}")
        steps = tuple(_step(f"steps[{n}]", each) for n, each in enumerate(_list(document, "steps")))
        codes = [step.code for step in steps]
        if codes != [code for code in STEPS if code in codes] or "decision" not in codes:
            raise RulesWrong(
                f"steps: {', '.join(codes) or 'none'}; they come in the order {', '.join(STEPS)}, each once"
            )
        eligibility = tuple(
            _one_of(f"eligibility[{n}]", each, ELIGIBILITY) for n, each in enumerate(document.get("eligibility", ()))
        )
        if "origin" not in eligibility:
            raise RulesWrong("eligibility: origin is missing; no proposal is submitted without one")
        criteria = tuple(_criterion(f"criteria[{n}]", each) for n, each in enumerate(document.get("criteria", ())))
        rules = cls(
            decided_by=_text(document, "decided_by"),
            steps=steps,
            eligibility=eligibility,
            criteria=criteria,
            most=_whole(document, "most", 5, least=1),
            reviewers=_whole(document, "reviewers", 0),
            quorum=_whole(document, "quorum", 1, least=1),
            scores_open_to_board=_one_of(
                "scores_open_to_board", document.get("scores_open_to_board", "all_in"), OPENINGS
            ),
            scores_open_to_applicant=_one_of(
                "scores_open_to_applicant", document.get("scores_open_to_applicant", "decision"), OPENINGS
            ),
            objection_days=_whole(document, "objection_days", 0),
            reports=tuple(_report(f"reports[{n}]", each) for n, each in enumerate(document.get("reports", ()))),
            marker_sample_percent=_whole(document, "marker_sample_percent", 20),
        )
        if ("scoring" in codes) != bool(criteria) or ("scoring" in codes) != bool(rules.reviewers):
            raise RulesWrong("criteria, reviewers: a process that scores has both, and one that does not has neither")
        return rules


def _list(document: Mapping[str, Any], name: str) -> list[Any]:
    value = document.get(name)
    if not isinstance(value, list):
        raise RulesWrong(f"{name}: a list is needed")
    return value


def _text(document: Mapping[str, Any], name: str, path: str = "") -> str:
    value = document.get(name)
    if not isinstance(value, str) or not value.strip():
        raise RulesWrong(f"{path}{name}: a text is needed")
    return value


def _whole(document: Mapping[str, Any], name: str, default: int, *, least: int = 0, path: str = "") -> int:
    value = document.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise RulesWrong(f"{path}{name}: {value!r} is no whole number from {least} on")
    return value


def _one_of(path: str, value: object, choices: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in choices:
        raise RulesWrong(f"{path}: {value!r} is none of {', '.join(choices)}")
    return value


def _opening(document: Mapping[str, Any], name: str, default: str) -> str:
    return _one_of(name, document.get(name, default), OPENINGS)


def _table(path: str, value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise RulesWrong(f"{path}: a table is needed")
    return value


def _step(path: str, value: object) -> Step:
    table = _table(path, value)
    return Step(
        _one_of(f"{path}.code", table.get("code"), STEPS),
        _text(table, "title", f"{path}."),
        _whole(table, "days", 0, path=f"{path}."),
    )


def _criterion(path: str, value: object) -> Criterion:
    table = _table(path, value)
    try:
        weight = Decimal(str(table.get("weight")))
    except InvalidOperation:
        weight = Decimal(0)
    if not weight.is_finite() or weight <= 0:
        raise RulesWrong(f"{path}.weight: {table.get('weight')!r} is no number above 0")
    return Criterion(
        _text(table, "code", f"{path}."), _text(table, "title", f"{path}."), weight, str(table.get("help", ""))
    )


def _report(path: str, value: object) -> ReportDue:
    table = _table(path, value)
    return ReportDue(
        _one_of(f"{path}.kind", table.get("kind"), ("progress", "financial", "final")),
        _whole(table, "every_months", 0, path=f"{path}."),
    )
