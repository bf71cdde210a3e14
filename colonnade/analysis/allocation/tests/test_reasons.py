"""Every reason is true: make the change that it names, and what it says comes about."""

from hypothesis import given, settings

from colonnade.analysis.allocation.plan import Plan
from colonnade.analysis.allocation.problem import Problem
from colonnade.analysis.allocation.reasons import Reason, Why, reasons
from colonnade.analysis.allocation.rules import is_allowed
from colonnade.analysis.allocation.solving import solve
from colonnade.analysis.allocation.telling import reason_in_words
from colonnade.analysis.allocation.tests.rounds import best_value, choices, dollars, rounds, seed_round
from colonnade.analysis.allocation.valuation import value_of


def explained(problem: Problem, *force: str) -> tuple[Plan, dict[str, Reason]]:
    plan = solve(problem)
    assert isinstance(plan, Plan)
    return plan, {each.proposal: each for each in reasons(problem, plan, force=force)}


@settings(max_examples=80, deadline=None)
@given(rounds(partial=True))
def test_with_the_rules_moved_as_it_says_the_proposal_comes_in(problem: Problem) -> None:
    plan = solve(problem, explain=False)
    if not isinstance(plan, Plan):
        return
    for reason in reasons(problem, plan):
        if reason.why is Why.EXCLUDED:
            assert reason.proposal in problem.excluded
            continue
        moved = problem.relaxed({breach.rule: breach.found for breach in reason.in_the_way})
        with_it = {**plan.amounts, reason.proposal: problem.by_id[reason.proposal].least}
        assert is_allowed(moved, with_it)
        assert value_of(problem, with_it) == plan.value + reason.adds
        assert (reason.adds == 0) == (reason.why in (Why.ALREADY_MET, Why.MEETS_NOTHING))
        for breach in reason.in_the_way:  # and each of them is in the way by itself
            others = {each.rule: each.found for each in reason.in_the_way if each != breach}
            assert not is_allowed(problem.relaxed(others), with_it)


@settings(max_examples=40, deadline=None)
@given(rounds(most=5))
def test_the_best_plan_with_it_is_worth_as_much_less_as_is_said(problem: Problem) -> None:
    plan = solve(problem, explain=False)
    if not isinstance(plan, Plan):
        return
    out = [each.id for each in problem.proposals if each.id not in plan.amounts]
    for reason in reasons(problem, plan, force=out):
        best = best_value(problem.demanding(reason.proposal))
        if reason.why is Why.EXCLUDED:
            continue
        assert (best is None) == (reason.why is Why.CANNOT)
        if best is None:
            assert best_value(problem.with_rules(reason.conflict).demanding(reason.proposal)) is None
            continue
        assert reason.forced is not None
        assert abs(plan.value - best - reason.forced.less) <= plan.value / 10_000
        assert reason.less_at_least <= plan.value - best


@settings(max_examples=60, deadline=None)
@given(rounds(partial=True, most=5))
def test_no_choice_with_it_is_worth_more_than_the_prices_allow(problem: Problem) -> None:
    plan = solve(problem, explain=False)
    if not isinstance(plan, Plan):
        return
    less = {each.proposal: each.less_at_least for each in reasons(problem, plan)}
    for amounts in choices(problem):
        for name in less.keys() & amounts.keys():
            assert less[name] == 0 or value_of(problem, amounts) <= plan.value - less[name]


def test_the_ceiling_of_a_group_is_used_up() -> None:
    _, why = explained(seed_round(), "B")
    breach = why["B"].in_the_way[0]
    assert (breach.rule.key, breach.found) == ("ceiling:group:G1:sum", dollars(229_500))
    assert "would have to be 60,000 more" in reason_in_words(why["B"])
    assert "0.2 less (without A)" in reason_in_words(why["B"])


def test_what_is_met_already_is_said_to_be() -> None:
    _, why = explained(seed_round())
    assert why["D"].why is Why.ALREADY_MET


def test_an_exclusion_gives_its_own_reason() -> None:
    _, why = explained(seed_round())
    assert reason_in_words(why["E"]) == "It is excluded: withdrawn"


def test_one_that_no_choice_can_have_names_the_rules() -> None:
    _, why = explained(seed_round(budget=100_000), "A")
    assert why["A"].why is Why.CANNOT
    assert [rule.key for rule in why["A"].conflict] == ["budget"]
