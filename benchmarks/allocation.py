"""Choosing under a budget: plans proven within 1e-4, beside a greedy choice that is repaired for the rules.

The instances are drawn with fixed seeds, several of each size; none is left out. Costs are skewed, dear proposals meet
more, some needs are met by many, entities differ in size; three in ten proposals can use a partial sum; ceilings per
group and entity, floors per pillar and region, must-haves and exclusions are all there, and the budget pays for three
tenths of what is asked.
"""

import heapq
import statistics
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Final

import numpy as np

from benchmarks.timing import Timing, peak_mib, report
from colonnade.analysis.allocation.checker import check
from colonnade.analysis.allocation.plan import Contradiction, Plan
from colonnade.analysis.allocation.problem import Cents, Field, Kind, Measure, Need, Problem, Proposal, Rule
from colonnade.analysis.allocation.rules import Tally, breaches
from colonnade.analysis.allocation.solving import solve
from colonnade.analysis.allocation.valuation import value_of

SIZES: Final = ((1_000, 2_000, 2.0, 10), (5_000, 5_000, 10.0, 5))
GROUPS, ENTITIES, REGIONS = 12, 42, 6
PILLARS: Final = ("I", "II", "III", "IV")
GAP: Final = 1e-4


def main() -> None:
    """Every size over its seeds: the median and the worst, the gap, and what greedy reaches."""
    for proposals, needs, bound, seeds in SIZES:
        seconds, busy, gaps, certified, greedy = [], [], [], [], []
        for seed in range(seeds):
            problem = planted(proposals, needs, seed)
            start, used = time.perf_counter(), time.process_time()
            plan = solve(problem)
            seconds.append(time.perf_counter() - start)
            busy.append(time.process_time() - used)
            if isinstance(plan, Contradiction):
                raise SystemExit(f"seed {seed}: the rules contradict each other: the instance is wrong")
            gaps.append(float(plan.gap))
            certified.append(_certified(problem, plan))
            greedy.append(_greedy_share(problem, plan))
        size = f"{proposals:,} proposals, {needs:,} needs, {seeds} seeds"
        report("Choosing under a budget", size, Timing(tuple(seconds)), bound)
        slowest = "within" if max(seconds) <= bound else "MISSED"
        proven = "within" if max(gaps) <= GAP else "MISSED"
        print(f"  slowest seed {max(seconds):.2f} s: {slowest}; largest gap {max(gaps):.1e}, bound {GAP:.0e}: {proven}")
        print(f"  of one processor: median {statistics.median(busy):.2f} s, at most {max(busy):.2f} s")
        print(f"  gap that the prices alone prove, without a solver: at most {max(certified):.1e}")
        reached = [share for share in greedy if share is not None]
        shares = f"{min(reached):.2%} to {max(reached):.2%} of the optimum" if reached else "none"
        print(f"  greedy, repaired for the rules: {shares}; {len(reached)} of {seeds} keep them", flush=True)
    print(f"  peak memory of all {peak_mib():.0f} MiB")


def _certified(problem: Problem, plan: Plan) -> float:
    verdict = check(problem, plan)
    if not verdict.passed or verdict.certified is None:
        raise SystemExit(f"the checker found: {'; '.join(verdict.faults)}")
    return float(verdict.certified / verdict.value - 1)


def planted(proposals: int, needs: int, seed: int) -> Problem:
    """An instance with the structure of a round, larger than any."""
    draw = np.random.default_rng(seed)
    priority = draw.choice([1, 2, 3, 5], needs, p=[0.4, 0.3, 0.2, 0.1])
    unmet = draw.choice([25, 50, 75, 100], needs, p=[0.2, 0.3, 0.2, 0.3])
    sought = draw.permutation((1.0 + np.arange(needs)) ** -0.6)
    sought /= sought.sum()
    meeting = draw.integers(1, 9, proposals)
    asked = np.exp(draw.normal(np.log(200_000), 0.9, proposals)) * (meeting / 4.5) ** 0.5
    cost = np.maximum(10_000, np.round(asked / 100) * 100).astype(int) * 100
    size = np.arange(1, ENTITIES + 1) ** -0.7
    entity = draw.choice(ENTITIES, proposals, p=size / size.sum())
    group = draw.integers(0, GROUPS, proposals)
    pillar = draw.choice(PILLARS, proposals, p=[0.25, 0.35, 0.3, 0.1])
    region = draw.choice(REGIONS, proposals, p=[0.3, 0.2, 0.2, 0.15, 0.1, 0.05])
    named = []
    for place in range(proposals):
        met = draw.choice(needs, meeting[place], replace=False, p=sought)
        shares = draw.integers(1, 11, meeting[place])
        part = int(cost[place] * draw.choice([0.25, 0.4, 0.5, 0.6])) // 10_000 * 10_000
        divisible = part > 0 and draw.random() < 0.3
        named.append(
            Proposal(
                id=f"P{place:05d}",
                cost=int(cost[place]),
                least=part if divisible else int(cost[place]),
                meets=tuple(
                    (f"N{need:05d}", Fraction(int(share), 10)) for need, share in zip(met, shares, strict=True)
                ),
                group=f"G{group[place]:02d}",
                entity=f"E{entity[place]:02d}",
                pillar=str(pillar[place]),
                region=f"R{region[place]}",
            )
        )
    fixed = draw.permutation(proposals)[: 3 * (proposals // 100)]
    return Problem.of(
        proposals=named,
        needs=(
            Need(f"N{need:05d}", Fraction(int(priority[need])), Fraction(int(unmet[need]), 100))
            for need in range(needs)
        ),
        rules=_rules(int(cost.sum()) * 3 // 10, [f"P{place:05d}" for place in fixed]),
    )


def _rules(budget: Cents, fixed: list[str]) -> list[Rule]:
    """Ceilings that bind for some groups and entities, floors that bind for the smallest pillar and region."""
    third = len(fixed) // 3
    return [
        Rule(Kind.BUDGET, bound=budget),
        *(
            Rule(Kind.CEILING, f"G{at:02d}", Field.GROUP, Measure.SUM, budget * 13 // (10 * GROUPS))
            for at in range(GROUPS)
        ),
        *(Rule(Kind.CEILING, f"E{at:02d}", Field.ENTITY, Measure.SUM, budget * 6 // 100) for at in range(ENTITIES)),
        *(Rule(Kind.FLOOR, pillar, Field.PILLAR, Measure.SHARE, Fraction(15, 100)) for pillar in PILLARS),
        *(Rule(Kind.FLOOR, f"R{at}", Field.REGION, Measure.SHARE, Fraction(8, 100)) for at in range(REGIONS)),
        *(Rule(Kind.MUST_HAVE, each) for each in fixed[:third]),
        *(Rule(Kind.EXCLUSION, each) for each in fixed[third:]),
    ]


def _greedy_share(problem: Problem, plan: Plan) -> float | None:
    """What the greedy choice is worth of the plan; ``None`` where its repair ends in one that breaks a rule."""
    chosen = repaired_greedy(problem)
    return None if breaches(problem, chosen) else float(value_of(problem, chosen) / plan.value)


class _Gains:
    """What proposals would add, in floats: the rival is not to be slowed by exactness."""

    def __init__(self, problem: Problem) -> None:
        self._worth = {need.id: float(need.value) for need in problem.needs}
        self._meets = {each.id: [(need, float(share)) for need, share in each.meets] for each in problem.proposals}
        self._met = dict.fromkeys(self._worth, 0.0)

    def of(self, proposal: Proposal, sign: int = 1) -> float:
        """What it adds a dollar, or would take away."""
        gain = 0.0
        for need, share in self._meets[proposal.id]:
            before = self._met[need]
            gain += self._worth[need] * abs(min(1.0, before + sign * share) - min(1.0, before))
        return gain / proposal.cost

    def count(self, proposal: Proposal, sign: int = 1) -> None:
        for need, share in self._meets[proposal.id]:
            self._met[need] += sign * share


def repaired_greedy(problem: Problem) -> dict[str, Cents]:
    """Must-haves; for each floor what adds most a dollar; then from all; then less, until the floors are kept."""
    gains, tally, chosen = _Gains(problem), Tally(problem, {}), dict[str, Cents]()

    def take(proposal: Proposal, sign: int = 1) -> None:
        gains.count(proposal, sign)
        tally.give(proposal, sign * proposal.cost)
        if sign > 0:
            chosen[proposal.id] = proposal.cost
        else:
            del chosen[proposal.id]

    def over(proposal: Proposal) -> bool:
        return any(each.rule.kind is not Kind.FLOOR for each in tally.would_break(proposal, proposal.cost))

    for each in sorted(problem.must_haves):
        take(problem.by_id[each])
    open_ones = [each for each in problem.proposals if each.id not in problem.excluded and each.id not in chosen]

    def take_best(among: list[Proposal], enough: Callable[[], bool]) -> None:
        heap = [(-gains.of(each), each.id) for each in among if each.id not in chosen]
        heapq.heapify(heap)
        while heap and not enough():
            known, name = heapq.heappop(heap)
            proposal = problem.by_id[name]
            now = -gains.of(proposal)
            if now > known + 1e-15:  # what it adds has become less since
                heapq.heappush(heap, (now, name))
            elif not over(proposal):
                take(proposal)

    budget = next(rule.bound for rule in problem.rules if rule.kind is Kind.BUDGET)
    for floor in (rule for rule in problem.rules if rule.kind is Kind.FLOOR):
        reserved = floor.bound * budget if floor.measure is Measure.SHARE else floor.bound
        take_best([each for each in open_ones if floor.concerns(each)], lambda f=floor, r=reserved: tally.part(f) >= r)
    take_best(open_ones, lambda: False)
    while short := [each.rule for each in tally.broken() if each.rule.kind is Kind.FLOOR]:
        others = [problem.by_id[each] for each in chosen if each not in problem.must_haves]
        others = [each for each in others if not any(rule.concerns(each) for rule in short)]
        if not others:
            break
        take(min(others, key=lambda each: (gains.of(each, -1), each.id)), -1)
    for proposal in sorted(open_ones, key=lambda each: (-gains.of(each), each.id)):
        if proposal.id not in chosen and not tally.would_break(proposal, proposal.cost):
            take(proposal)
    return chosen


if __name__ == "__main__":
    main()
