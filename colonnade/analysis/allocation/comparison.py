"""The board's own choice beside the plan: what it is worth, the rules that it breaks, what it gives up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from colonnade.analysis.allocation.plan import Plan
from colonnade.analysis.allocation.problem import Amounts, Cents, Problem
from colonnade.analysis.allocation.rules import Breach, Misfit, breaches, misfits, without_nothing
from colonnade.analysis.allocation.valuation import parts_met, value_of


@dataclass(frozen=True, slots=True)
class NeedBeside:
    """A need that one of the two meets further: the parts met, by the choice and by the plan, and what it is worth."""

    need: str
    by_choice: Fraction
    by_plan: Fraction
    worth: Fraction

    @property
    def given_up(self) -> Fraction:
        """What the choice gives up here; below nought where it gains."""
        return (self.by_plan - self.by_choice) * self.worth


@dataclass(frozen=True, slots=True)
class Comparison:
    """A choice held against a plan. It says what differs; which is right is the board's to say."""

    amounts: Amounts
    value: Fraction
    given: Cents
    broken: tuple[Breach, ...]
    misfits: tuple[Misfit, ...]
    plan_value: Fraction
    only_chosen: tuple[str, ...]
    only_planned: tuple[str, ...]
    otherwise: Mapping[str, tuple[Cents, Cents]]
    needs: tuple[NeedBeside, ...]

    @property
    def given_up(self) -> Fraction:
        """What the plan is worth more; below nought is possible only where the choice breaks a rule."""
        return self.plan_value - self.value

    @property
    def share(self) -> Fraction | None:
        """The choice's value as a part of the plan's."""
        return self.value / self.plan_value if self.plan_value else None


class UnknownProposals(ValueError):
    """A choice names proposals that the problem does not have."""


def compare(problem: Problem, plan: Plan, chosen: Amounts | Iterable[str]) -> Comparison:
    """Hold a choice, as amounts or as proposals that are given what they cost, against the plan."""
    if isinstance(chosen, Mapping):
        amounts = dict(chosen)
    else:
        amounts = {each: problem.by_id[each].cost if each in problem.by_id else 1 for each in chosen}
    unknown = sorted(set(amounts) - set(problem.by_id))
    if unknown:
        raise UnknownProposals(f"no such proposals: {', '.join(unknown)}")
    amounts = without_nothing(amounts)
    by_choice, by_plan = parts_met(problem, amounts), parts_met(problem, plan.amounts)
    needs = (NeedBeside(each.id, by_choice[each.id], by_plan[each.id], each.value) for each in problem.needs)
    differing = [each for each in needs if each.given_up]
    both = [each for each in amounts if each in plan.amounts]
    return Comparison(
        amounts=amounts,
        value=value_of(problem, amounts),
        given=sum(amounts.values()),
        broken=breaches(problem, amounts),
        misfits=misfits(problem, amounts),
        plan_value=plan.value,
        only_chosen=tuple(each for each in amounts if each not in plan.amounts),
        only_planned=tuple(each for each in plan.amounts if each not in amounts),
        otherwise={each: (amounts[each], plan.amounts[each]) for each in both if amounts[each] != plan.amounts[each]},
        needs=tuple(sorted(differing, key=lambda each: (-abs(each.given_up), each.need))),
    )
