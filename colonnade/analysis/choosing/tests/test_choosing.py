"""From a call's proposals to a plan, and what is said of it."""

from decimal import Decimal
from fractions import Fraction

from colonnade.analysis.allocation.plan import Contradiction
from colonnade.analysis.choosing.answering import Answered, answered
from colonnade.analysis.choosing.asking import Asked, Offered, OpenNeed, problem_of
from colonnade.needs.coverage import Coverage
from colonnade.needs.models import Recommendation
from colonnade.review.rules_choosing import PRIORITIES, Choosing

HERE = frozenset({"QMA"})
NEEDS = (
    OpenNeed("n1", "Wells", "high", Coverage.UNMET, "QMA", "water"),
    OpenNeed("n2", "Pipes", "medium", Coverage.PARTLY_MET, "QMA", "water"),
    OpenNeed("n3", "Roads", "low", Coverage.CLAIMED, "QMB", "roads"),
    OpenNeed("n4", "Nobody answers it", "high", Coverage.UNMET, "QMC", "roads"),
)
OFFERED = (
    Offered("p1", "Dig", Decimal(600), "ALPHA", "wells", "I", "water", HERE, "n1"),
    Offered("p2", "Lay", Decimal(500), "BETA", "wells", "I", "water", HERE, "n2"),
    Offered("p3", "Pave", Decimal(400), "BETA", "roads", "II", "roads", frozenset({"QMB"}), "n3"),
    Offered("p4", "Write", Decimal(100), "GAMMA", "", "II", "", frozenset(), ""),
)


def answer(asked: Asked = Asked(), budget: int = 1000, ceiling: int | None = None) -> Answered | Contradiction:  # noqa: B008  # frozen
    limit = None if ceiling is None else Decimal(ceiling)
    return answered(
        problem_of("A call", OFFERED, NEEDS, weighs=Choosing(), budget=Decimal(budget), ceiling=limit, asked=asked)
    )


def chosen(found: Answered | Contradiction) -> set[str]:
    assert isinstance(found, Answered)
    return set(found.plan.amounts)


def test_a_proposal_meets_what_it_cites_and_part_of_what_is_near_it() -> None:
    problem = problem_of("A call", OFFERED, NEEDS, weighs=Choosing(), budget=Decimal(1000), ceiling=None, asked=Asked())
    assert dict(problem.by_id["p1"].meets) == {"n1": Fraction(1), "n2": Fraction(1, 4)}
    assert problem.by_id["p4"].meets == ()
    assert [(need.id, need.weight, need.unmet) for need in problem.needs] == [
        ("n1", Fraction(3), Fraction(1)),
        ("n2", Fraction(2), Fraction(1, 2)),
        ("n3", Fraction(1), Fraction(1)),
    ]


def test_the_plan_meets_most_need_within_the_budget() -> None:
    found = answer()
    assert chosen(found) == {"p1", "p3"}
    assert isinstance(found, Answered)
    assert found.plan.value == 3 + Fraction(1, 4) + 1
    assert {each.proposal: each.why.value for each in found.reasons}["p4"] == "meets_nothing"
    assert [step.percent for step in found.frontier] == [80, 90, 100, 110, 120]


def test_what_is_asked_for_holds() -> None:
    assert chosen(answer(Asked(out=frozenset({"p1"})))) == {"p2", "p3"}
    assert "p4" in chosen(answer(Asked(must=frozenset({"p4"}))))
    assert "p2" not in chosen(answer(ceiling=600))
    floored = answer(Asked(floors={"II": 40}))
    assert isinstance(floored, Answered)
    second = sum(given for one, given in floored.plan.amounts.items() if one in ("p3", "p4"))
    assert second * 100 >= 40 * sum(floored.plan.amounts.values())
    capped = answer(Asked(most=40))
    assert chosen(capped) == {"p3"}
    assert chosen(answer(Asked(least=50, most=40))) >= {"p1"}


def test_rules_that_contradict_each_other_are_named() -> None:
    found = answer(Asked(must=frozenset({"p1", "p2"})))
    assert isinstance(found, Contradiction)
    assert {rule.key for rule in found.rules} == {"budget", "must_have:p1", "must_have:p2"}


def test_every_priority_weighs_something() -> None:
    assert tuple(Recommendation.Priority.values) == PRIORITIES
    assert set(Choosing().priorities) == set(PRIORITIES)


def test_what_is_both_in_and_out_is_in() -> None:
    assert "p4" in chosen(answer(Asked(must=frozenset({"p4"}), out=frozenset({"p4"}))))
