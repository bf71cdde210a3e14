"""Small problems, drawn and named, and every choice among them: what the tests hold the solver against."""

import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from colonnade.analysis.allocation.problem import Amounts, Cents, Field, Kind, Measure, Need, Problem, Proposal, Rule
from colonnade.analysis.allocation.rules import is_allowed, without_nothing
from colonnade.analysis.allocation.valuation import value_of

GROUPS, PILLARS = ("G1", "G2"), ("I", "II")
TENTHS = st.integers(1, 10).map(lambda tenths: Fraction(tenths, 10))


def dollars(amount: int) -> Cents:
    return amount * 100


@st.composite
def rounds(draw: st.DrawFn, *, partial: bool = False, most: int = 6) -> Problem:
    """Up to ``most`` proposals that overlap in up to four needs, under a budget and a few other rules."""
    needs = [
        Need(f"N{at}", Fraction(draw(st.integers(0, 5))), Fraction(draw(st.integers(0, 4)), 4))
        for at in range(draw(st.integers(1, 4)))
    ]
    proposals = []
    for at in range(draw(st.integers(1, most))):
        cost = dollars(draw(st.integers(1, 30)))
        least = draw(st.integers(1, cost)) if partial and draw(st.booleans()) else cost
        met = draw(st.lists(st.sampled_from([need.id for need in needs]), unique=True, max_size=3))
        proposals.append(
            Proposal(
                id=f"P{at}",
                cost=cost,
                least=least,
                meets=tuple((need, draw(TENTHS)) for need in met),
                group=draw(st.sampled_from(("", *GROUPS))),
                entity=draw(st.sampled_from(("E1", "E2"))),
                pillar=draw(st.sampled_from(PILLARS)),
            )
        )
    names = [each.id for each in proposals]
    rules = [Rule(Kind.BUDGET, bound=dollars(draw(st.integers(0, 80))))]
    rules += [
        Rule(Kind.CEILING, group, Field.GROUP, Measure.SUM, dollars(draw(st.integers(0, 40))))
        for group in draw(st.lists(st.sampled_from(GROUPS), unique=True))
    ]
    if draw(st.booleans()):
        rules.append(Rule(Kind.CEILING, "E1", Field.ENTITY, Measure.PROPOSALS, draw(st.integers(0, 3))))
    for pillar in draw(st.lists(st.sampled_from(PILLARS), unique=True)):
        if draw(st.booleans()):
            rules.append(
                Rule(Kind.FLOOR, pillar, Field.PILLAR, Measure.SHARE, draw(st.integers(1, 5)) * Fraction(1, 10))
            )
        else:
            rules.append(Rule(Kind.FLOOR, pillar, Field.PILLAR, Measure.SUM, dollars(draw(st.integers(1, 30)))))
    rules += [
        Rule(draw(st.sampled_from((Kind.MUST_HAVE, Kind.EXCLUSION))), name)
        for name in draw(st.lists(st.sampled_from(names), unique=True, max_size=2))
    ]
    return Problem.of(proposals=proposals, needs=needs, rules=rules)


def choices(problem: Problem) -> Iterator[Amounts]:
    """Every choice that keeps the rules and gives each proposal nothing, its smallest part or its cost."""
    steps = [sorted({0, each.least, each.cost}) for each in problem.proposals]
    names = [each.id for each in problem.proposals]
    for given in product(*steps):
        amounts = without_nothing(dict(zip(names, given, strict=True)))
        if is_allowed(problem, amounts):
            yield amounts


def best_value(problem: Problem) -> Fraction | None:
    """What the best of these choices is worth; ``None`` where no choice keeps the rules."""
    return max((value_of(problem, amounts) for amounts in choices(problem)), default=None)


def seed_round(*, budget: int = 339_000, must_haves: tuple[str, ...] = ()) -> Problem:
    """Four proposals, a ceiling for each working group; one is withdrawn. A and B overlap in the need for evidence."""
    whole = Fraction(1)
    return Problem.of(
        title="Seed round",
        needs=[
            Need("evidence", Fraction(3), whole),
            Need("borders", Fraction(2), Fraction(1, 2)),
            Need("rights", Fraction(1), Fraction(3, 4)),
        ],
        proposals=[
            _proposal("A", 169_500, "G1", "I", {"evidence": "0.6", "borders": "0.5"}),
            _proposal("B", 113_000, "G1", "II", {"evidence": "0.7"}, least=60_000),
            _proposal("C", 100_000, "G2", "III", {"borders": "0.5", "rights": "1"}),
            _proposal("D", 90_000, "G3", "I", {"rights": "0.4"}),
            _proposal("E", 90_000, "G3", "I", {"rights": "0.4"}),
        ],
        rules=[
            Rule(Kind.BUDGET, bound=dollars(budget)),
            *(Rule(Kind.CEILING, group, Field.GROUP, Measure.SUM, dollars(169_500)) for group in ("G1", "G2", "G3")),
            Rule(Kind.FLOOR, "III", Field.PILLAR, Measure.SHARE, Fraction(3, 20)),
            Rule(Kind.EXCLUSION, "E", because="withdrawn"),
            *(Rule(Kind.MUST_HAVE, name) for name in must_haves),
        ],
    )


def _proposal(
    name: str, cost: int, group: str, pillar: str, meets: dict[str, str], *, least: int | None = None
) -> Proposal:
    return Proposal(
        id=name,
        cost=dollars(cost),
        least=dollars(least or cost),
        meets=tuple((need, Fraction(share)) for need, share in meets.items()),
        group=group,
        entity=f"of {name}",
        pillar=pillar,
    )


def call(*, seed: int, proposals: int = 220, needs: int = 500) -> Problem:
    """A call for proposals larger than the core of the search: ceilings, floors, partial sums, overlapping needs."""
    draw = random.Random(seed)
    named = []
    for at in range(proposals):
        cost = dollars(draw.randrange(100, 9_000))
        met = draw.sample(range(needs), draw.randrange(1, 7))
        named.append(
            Proposal(
                id=f"P{at:03d}",
                cost=cost,
                least=cost // 2 if draw.random() < 0.3 else cost,
                meets=tuple((f"N{need}", Fraction(draw.randrange(2, 11), 10)) for need in met),
                group=f"G{draw.randrange(6)}",
                entity=f"E{draw.randrange(20)}",
                pillar=draw.choice(("I", "II", "III", "IV")),
            )
        )
    budget = sum(each.cost for each in named) // 3
    return Problem.of(
        proposals=named,
        needs=(
            Need(f"N{at}", Fraction(draw.randrange(1, 6)), Fraction(draw.randrange(1, 5), 4)) for at in range(needs)
        ),
        rules=[
            Rule(Kind.BUDGET, bound=budget),
            *(Rule(Kind.CEILING, f"G{at}", Field.GROUP, Measure.SUM, budget // 5) for at in range(6)),
            *(Rule(Kind.FLOOR, each, Field.PILLAR, Measure.SHARE, Fraction(1, 5)) for each in ("I", "II", "III", "IV")),
        ],
    )
