"""An independent check of a plan: rules, value and bound, in exact fractions and without a solver.

It reads the problem and the plan and shares nothing with what made the plan: no arrays, no rows, no rule that was
stated elsewhere. The bound follows from the plan's prices by weak duality. For any choice and any prices not below
nought, the value is at most

    sum over needs of what their priced inequalities say  +  sum over rules of price x what the rule leaves,

which is linear in each proposal by itself, so that the most it can be is found by looking at each: left out, given its
smallest part, given its cost. What the search then proved below that bound has to be believed, and is said apart.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from colonnade.analysis.allocation.plan import NeedPrice, Plan
from colonnade.analysis.allocation.problem import Kind, Measure, Need, Problem, Proposal, Rule

#: The gap that a plan promises, relative to its value.
PROMISED: Final = Fraction(1, 10_000)
#: What a value or bound that was written with twelve digits may be off, relative.
WRITTEN: Final = Fraction(1, 10**9)
_NONE, _ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check found. ``value`` is the plan's, recomputed; ``certified`` the bound that its prices prove."""

    faults: tuple[str, ...]
    value: Fraction
    certified: Fraction | None

    @property
    def passed(self) -> bool:
        return not self.faults


def check(problem: Problem, plan: Plan) -> Verdict:
    """Every fault of the plan. None: it keeps all rules, is worth what it says, and its bound is none too low."""
    faults = [*_amount_faults(problem, plan)]
    if faults:  # nothing further can be counted
        return Verdict(tuple(faults), _NONE, None)
    faults += _rule_faults(problem, plan)
    value = _value(problem, plan)
    if abs(value - plan.value) > WRITTEN * max(_ONE, value):
        faults.append(f"the value is {_shown(value)}, and not {_shown(plan.value)} as the plan says")
    if value > plan.bound * (1 + WRITTEN):
        faults.append(f"the value {_shown(value)} lies above the bound {_shown(plan.bound)} that the plan claims")
    elif plan.bound - value > PROMISED * value * (1 + WRITTEN) and plan.bound > 0:
        faults.append(f"the bound {_shown(plan.bound)} lies more than {float(PROMISED):.0e} above the value")
    faults += _price_faults(problem, plan)
    certified = None
    if not any(fault.startswith("the prices") for fault in faults):
        certified = certified_bound(problem, plan)
        if value > certified:
            faults.append(f"the value {_shown(value)} lies above {_shown(certified)}, which follows from the prices")
    return Verdict(tuple(faults), value, certified)


def _shown(value: Fraction) -> str:
    return f"{float(value):.9g}"


def _amount_faults(problem: Problem, plan: Plan) -> Iterator[str]:
    known = {proposal.id: proposal for proposal in problem.proposals}
    for name, amount in plan.amounts.items():
        if name not in known:
            yield f"{name}: the problem has no such proposal"
        elif amount > known[name].cost:
            yield f"{name}: {amount} cents are given, above its cost of {known[name].cost}"
        elif amount < known[name].least:
            yield f"{name}: {amount} cents are given, below the {known[name].least} that it can use at least"


def _rule_faults(problem: Problem, plan: Plan) -> Iterator[str]:
    total = sum(plan.amounts.values())
    for rule in problem.rules:
        if rule.kind is Kind.MUST_HAVE:
            if rule.code not in plan.amounts:
                yield f"{rule.key}: {rule.code} is given nothing"
            continue
        if rule.kind is Kind.EXCLUSION:
            if rule.code in plan.amounts:
                yield f"{rule.key}: {rule.code} is given {plan.amounts[rule.code]} cents"
            continue
        members = [amount for proposal, amount in _funded(problem, plan) if _counts(rule, proposal)]
        counted = Fraction(len(members) if rule.measure is Measure.PROPOSALS else sum(members))
        bound = rule.bound * total if rule.measure is Measure.SHARE else Fraction(rule.bound)
        short = bound - counted if rule.kind is Kind.FLOOR else counted - bound
        if short > 0:
            what = "proposals" if rule.measure is Measure.PROPOSALS else "cents"
            side = "too few" if rule.kind is Kind.FLOOR else "too many"
            yield f"{rule.key}: {float(short):.12g} {what} {side}"


def _funded(problem: Problem, plan: Plan) -> Iterator[tuple[Proposal, int]]:
    for proposal in problem.proposals:
        if proposal.id in plan.amounts:
            yield proposal, plan.amounts[proposal.id]


def _counts(rule: Rule, proposal: Proposal) -> bool:
    if rule.kind is Kind.BUDGET:
        return True
    codes = {
        "group": proposal.group,
        "entity": proposal.entity,
        "pillar": proposal.pillar,
        "region": proposal.region,
    }
    return rule.field is not None and codes[rule.field.value] == rule.code


def _value(problem: Problem, plan: Plan) -> Fraction:
    met = {need.id: _NONE for need in problem.needs}
    for proposal, amount in _funded(problem, plan):
        for need, share in proposal.meets:
            met[need] += share * Fraction(amount, proposal.cost)
    return sum((need.weight * need.unmet * min(_ONE, met[need.id]) for need in problem.needs), _NONE)


def _price_faults(problem: Problem, plan: Plan) -> Iterator[str]:
    keys = {rule.key for rule in problem.rules}
    worth = {need.id: need.weight * need.unmet for need in problem.needs}
    for key, price in plan.certificate.rules.items():
        if key not in keys:
            yield f"the prices name {key}, which is no rule of the problem"
        elif price < 0:
            yield f"the prices of rules are not below nought: {key}"
    meeting = _meeting(problem)
    for need, priced in plan.certificate.needs.items():
        if need not in worth:
            yield f"the prices name {need}, which is no need of the problem"
            continue
        if any(entry.weight < 0 for entry in priced) or sum(entry.weight for entry in priced) > worth[need]:
            yield f"the prices of need {need} are below nought, or more than it is worth"
        for entry in priced:
            named = [*entry.whole, *entry.least, *entry.capped]
            if len(set(named)) < len(named) or not set(named) <= meeting[need].keys():
                yield f"the prices of need {need} name proposals twice, or such as do not meet it"


def _meeting(problem: Problem) -> dict[str, dict[str, tuple[Proposal, Fraction]]]:
    """By need, the proposals that could meet it and are not excluded."""
    out = {rule.code for rule in problem.rules if rule.kind is Kind.EXCLUSION}
    meeting: dict[str, dict[str, tuple[Proposal, Fraction]]] = {need.id: {} for need in problem.needs}
    for proposal in problem.proposals:
        if proposal.id not in out:
            for need, share in proposal.meets:
                meeting[need][proposal.id] = (proposal, share)
    return meeting


class _Priced:
    """A bound in the making: a constant, and for each proposal what being funded and each part given earns."""

    def __init__(self) -> None:
        self.constant = _NONE
        self.by_choice: dict[str, Fraction] = {}
        self.by_part: dict[str, Fraction] = {}

    def choice(self, proposal: str, earns: Fraction) -> None:
        self.by_choice[proposal] = self.by_choice.get(proposal, _NONE) + earns

    def part(self, proposal: str, earns: Fraction) -> None:
        self.by_part[proposal] = self.by_part.get(proposal, _NONE) + earns

    def most(self, proposal: Proposal, *, funded: bool | None) -> Fraction:
        """The most that the proposal earns: funded, not, or as is better."""
        chosen, part = self.by_choice.get(proposal.id, _NONE), self.by_part.get(proposal.id, _NONE)
        inside = max(chosen + part * Fraction(proposal.least, proposal.cost), chosen + part)
        return inside if funded else _NONE if funded is False else max(_NONE, inside)


def certified_bound(problem: Problem, plan: Plan, *, demanding: str | None = None) -> Fraction:
    """What no choice that keeps the rules can exceed, by the plan's prices; with ``demanding``, none that funds it."""
    return bounds_when_forced(problem, plan, [demanding])[demanding]


def bounds_when_forced(
    problem: Problem, plan: Plan, proposals: "list[str] | list[str | None]"
) -> Mapping[str | None, Fraction]:
    """For each proposal what no choice that keeps the rules and funds it can exceed; ``None``: for any choice."""
    priced = _Priced()
    meeting = _meeting(problem)
    for need in problem.needs:
        _price_need(priced, need, plan.certificate.needs.get(need.id), meeting[need.id])
    for rule in problem.rules:
        if plan.certificate.rules.get(rule.key):
            _price_rule(priced, problem, rule, plan.certificate.rules[rule.key])
    forced = {rule.code: rule.kind is Kind.MUST_HAVE for rule in problem.rules if rule.field is None}
    known = {proposal.id: proposal for proposal in problem.proposals}
    most = {name: priced.most(proposal, funded=forced.get(name)) for name, proposal in known.items()}
    whole = priced.constant + sum(most.values(), _NONE)
    return {
        name: whole if name is None else whole - most[name] + priced.most(known[name], funded=True)
        for name in proposals
    }


def _price_need(
    priced: _Priced,
    need: Need,
    entries: tuple[NeedPrice, ...] | None,
    meeting: Mapping[str, tuple[Proposal, Fraction]],
) -> None:
    worth = need.weight * need.unmet
    if entries is None:
        entries = (NeedPrice(worth),)
    total = sum((share for _, share in meeting.values()), _NONE)
    for entry in entries:
        if not entry.whole and not entry.least and not entry.capped:
            for name, (_, share) in meeting.items():
                priced.part(name, entry.weight * share)
            continue
        least = {name: share * Fraction(of.least, of.cost) for name, (of, share) in meeting.items()}
        reached = sum((meeting[name][1] for name in entry.whole), _NONE)
        reached = min(_ONE, reached + sum((least[name] for name in entry.least), _NONE))
        missing = _ONE - reached
        priced.constant += entry.weight * reached
        for name, (_, share) in meeting.items():
            if name in entry.whole or name in entry.least:
                counted = share if name in entry.whole else least[name]
                # What it adds to all the others together, lost for certain where it is not funded.
                rest = max(_NONE, min(counted, _ONE - (total - share)))
                priced.constant -= entry.weight * rest
                priced.choice(name, entry.weight * rest)
                if name in entry.least and missing:
                    priced.part(name, entry.weight * share)
                    priced.choice(name, -entry.weight * least[name])
            elif name in entry.capped:
                priced.choice(name, entry.weight * missing)
            else:
                priced.part(name, entry.weight * share)
    # The rest of what the need is worth is met at most once.
    priced.constant += worth - sum((entry.weight for entry in entries), _NONE)


def _price_rule(priced: _Priced, problem: Problem, rule: Rule, price: Fraction) -> None:
    """Add price x what a choice leaves of the rule, which is not below nought where the rule is kept."""
    sign = -1 if rule.kind is Kind.FLOOR else 1
    per_cent = price / 100
    if rule.measure is Measure.PROPOSALS:
        priced.constant += sign * price * rule.bound
    elif rule.measure is Measure.SUM:
        priced.constant += sign * per_cent * rule.bound
    for proposal in problem.proposals:
        inside = _counts(rule, proposal)
        if rule.measure is Measure.PROPOSALS:
            if inside:
                priced.choice(proposal.id, -sign * price)
        elif rule.measure is Measure.SHARE:
            priced.part(proposal.id, -sign * per_cent * proposal.cost * ((1 if inside else 0) - rule.bound))
        elif inside:
            priced.part(proposal.id, -sign * per_cent * proposal.cost)
