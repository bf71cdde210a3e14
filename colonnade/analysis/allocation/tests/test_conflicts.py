"""Rules that contradict each other are named: all of them are needed for it, and what is said to mend it does."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings

from colonnade.analysis.allocation.conflicts import can_be_kept, conflicting
from colonnade.analysis.allocation.plan import Contradiction, Plan
from colonnade.analysis.allocation.problem import Field, Kind, Measure, Need, Problem, Proposal, Rule
from colonnade.analysis.allocation.solving import solve
from colonnade.analysis.allocation.tests.rounds import best_value, dollars, rounds, seed_round

FEW = settings(max_examples=80, deadline=None)


@FEW
@given(rounds())
def test_without_any_one_of_them_the_others_can_be_kept(problem: Problem) -> None:
    answer = solve(problem)
    assert isinstance(answer, Contradiction) == (best_value(problem) is None)
    if isinstance(answer, Plan):
        return
    assert answer.rules
    assert best_value(problem.with_rules(answer.rules)) is None
    for rule in answer.rules:
        others = [each for each in answer.rules if each != rule]
        assert best_value(problem.with_rules(others)) is not None


@FEW
@given(rounds())
def test_a_mend_mends_and_nothing_nearer_does(problem: Problem) -> None:
    answer = solve(problem)
    if isinstance(answer, Plan):
        return
    for mend in answer.mends:
        assert best_value(problem.relaxed({mend.rule: mend.bound})) is not None
        if mend.rule.measure is not Measure.SHARE:
            towards = 1 if mend.rule.kind is Kind.FLOOR else -1
            nearer = problem.relaxed({mend.rule: mend.bound + towards})
            assert best_value(nearer) is None


def test_a_share_of_less_than_a_cent_is_not_taken_for_kept() -> None:
    """Sums of a dollar: within its tolerance the solver took a tenth of a cent for given."""
    whole = Fraction(1, 10)
    problem = Problem.of(
        proposals=[
            Proposal(f"P{number}", 100, 100, (), entity="E1", pillar="II" if number == 1 else "I")
            for number in range(5)
        ],
        needs=[Need("N0", Fraction(0), Fraction(0))],
        rules=[
            Rule(Kind.BUDGET, bound=100),
            Rule(Kind.FLOOR, "I", Field.PILLAR, Measure.SUM, 100),
            Rule(Kind.FLOOR, "II", Field.PILLAR, Measure.SHARE, whole),
        ],
    )
    answer = solve(problem)
    assert isinstance(answer, Contradiction)
    assert answer.mends
    for mend in answer.mends:
        assert best_value(problem.relaxed({mend.rule: mend.bound})) is not None


def test_two_must_haves_of_one_group_contradict_its_ceiling() -> None:
    answer = solve(seed_round(must_haves=("A", "B", "C")))
    assert isinstance(answer, Contradiction)
    assert {rule.key for rule in answer.rules} == {"ceiling:group:G1:sum", "must_have:A", "must_have:B"}
    assert [(mend.rule.key, mend.bound) for mend in answer.mends] == [("ceiling:group:G1:sum", dollars(229_500))]


def test_a_must_have_that_is_excluded_contradicts_that_alone() -> None:
    answer = solve(seed_round(must_haves=("A", "E")))
    assert isinstance(answer, Contradiction)
    assert {rule.key for rule in answer.rules} == {"must_have:E", "exclusion:E"}


def test_what_keeps_one_proposal_out_is_asked_of_the_others() -> None:
    problem = seed_round(budget=100_000)
    assert can_be_kept(replace(problem, needs=()))
    assert [rule.key for rule in conflicting(problem, [Rule(Kind.MUST_HAVE, "A")])] == ["budget"]
    assert conflicting(problem, [Rule(Kind.MUST_HAVE, "C")]) == ()
