"""How a board is described: what is read, and everything that is refused at once, by its path."""

from decimal import Decimal
from typing import Any

import pytest

from colonnade.core.parts import RulesWrong
from colonnade.review.rules import Rules
from colonnade.review.tests.registries import RULES

SCORING: dict[str, Any] = {
    **RULES,
    "steps": [
        {"code": "screening", "title": "A first look", "days": 5},
        {"code": "scoring", "title": "Scores"},
        {"code": "decision", "title": "Decision"},
    ],
    "criteria": [{"code": "need", "title": "Need", "weight": 3}, {"code": "value", "title": "Value", "weight": 1}],
    "reviewers": 2,
}


def faults(**changes: Any) -> list[tuple[str, str]]:
    """Path and value of everything that is wrong with rules that are changed so."""
    with pytest.raises(RulesWrong) as wrong:
        Rules.read({name: value for name, value in {**SCORING, **changes}.items() if value is not None})
    assert all(fault.message and fault.mend for fault in wrong.value.faults)
    return [(fault.path, fault.value) for fault in wrong.value.faults]


def test_rules_are_read_and_what_is_left_out_has_its_default() -> None:
    rules = Rules.read(SCORING)
    assert rules.codes == ("screening", "scoring", "decision")
    assert rules.share(rules.criteria[0]) == Decimal("0.75")
    assert (rules.quorum, rules.decides, rules.objection_days) == (1, "head", 0)
    screening = rules.step("screening")
    assert screening is not None
    assert screening.days == 5
    assert rules.step("board") is None


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"quorm": 3}, [("quorm", "quorm")]),
        ({"quorum": 0}, [("quorum", "0")]),
        ({"quorum": True}, [("quorum", "True")]),
        ({"decided_by": " "}, [("decided_by", " ")]),
        ({"decides": "nobody"}, [("decides", "nobody")]),
        ({"decides": "board"}, [("decides", "board")]),
        ({"eligibility": ["described"]}, [("eligibility", "described")]),
        ({"eligibility": ["origin", "origin"]}, [("eligibility[1]", "origin")]),
        ({"eligibility": ["origin", "lucky"]}, [("eligibility[1]", "lucky")]),
        ({"criteria": None}, [("criteria", "")]),
        ({"reviewers": None}, [("reviewers", "")]),
        ({"steps": "decision"}, [("steps", "decision"), ("steps", "")]),
        ({"marker_sample_percent": 101}, [("marker_sample_percent", "101")]),
        ({"notes": [{"of": "steps.board", "text": "x"}]}, [("notes[0].of", "steps.board")]),
        ({"notes": [{"of": "quorum", "text": ""}]}, [("notes[0].text", "")]),
        ({"notes": [{"of": "quorum", "text": "x", "assumed": "yes"}]}, [("notes[0].assumed", "yes")]),
        ({"reports": [{"kind": "gossip", "every_months": 1}]}, [("reports[0].kind", "gossip")]),
        ({"reports": [{"kind": "final", "every_months": -1}]}, [("reports[0].every_months", "-1")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_path_and_value(changes: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert [
        fault for fault in faults(**changes) if fault[0] not in ("criteria", "reviewers") or fault in found
    ] == found


@pytest.mark.parametrize("weight", [0, -1, "heavy", None, float("nan"), float("inf"), True])
def test_a_criterion_weighs_something(weight: Any) -> None:
    criteria = [{"code": "need", "title": "Need", "weight": weight}]
    assert [path for path, _value in faults(criteria=criteria)] == ["criteria[0].weight"]


def test_two_criteria_have_two_codes() -> None:
    criteria = [{"code": "need", "title": "Need", "weight": 1}] * 2
    assert faults(criteria=criteria) == [("criteria[1].code", "need")]


def test_steps_come_in_their_order_and_end_with_the_decision() -> None:
    steps = [{"code": "decision", "title": "x"}, {"code": "screening", "title": "x"}]
    assert ("steps", "decision, screening") in faults(steps=steps)
    assert ("steps", "screening") in faults(steps=steps[1:])


def test_everything_that_is_wrong_is_said_at_once() -> None:
    found = faults(quorum=-1, most=0, decided_by=3, steps=[{"code": "dance", "title": "x", "hours": 2}])
    assert {path for path, _value in found} >= {"quorum", "most", "decided_by", "steps[0].code", "steps[0].hours"}


def test_a_strategy_writes_its_own_letter_and_the_rest_stays_as_usual() -> None:
    letter = Rules.read(
        {**SCORING, "letter": {"closing": "Thank you.", "sentences": {"reject": "Not this time."}}}
    ).letter
    usual = Rules.read(SCORING).letter
    assert (letter.closing, letter.sentences["reject"]) == ("Thank you.", "Not this time.")
    assert letter.sentences["approve"] == usual.sentences["approve"]
    assert letter.objection == usual.objection


@pytest.mark.parametrize(
    ("letter", "path"),
    [
        ({"sentences": {"approve": "It is yours."}}, "letter.sentences.approve"),
        ({"sentences": {"approved": "It is yours: {amount}."}}, "letter.sentences.approved"),
        ({"sentences": {"reject": "No {amount}."}}, "letter.sentences.reject"),
        ({"greeting": "To {entity} and {person}"}, "letter.greeting"),
        ({"objection": "Until {day"}, "letter.objection"),
        ({"on_reasons": "Reasons {0}"}, "letter.on_reasons"),
        ({"farewell": "Goodbye"}, "letter.farewell"),
    ],
)
def test_a_letter_that_cannot_be_written_is_refused_by_its_path(letter: dict[str, Any], path: str) -> None:
    assert [found for found, _value in faults(letter=letter)] == [path]
