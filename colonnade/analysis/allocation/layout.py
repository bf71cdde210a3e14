"""The problem as arrays: what the solver's model is made from.

Floats only steer the search. What is answered is valued and held against the rules exactly (:mod:`.valuation`,
:mod:`.rules`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from colonnade.analysis.allocation.problem import Amounts, Cents, Field, Kind, Measure, Problem, Rule

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

#: One unit of money in the model: a thousand dollars. The solver lets a row be off by a millionth, a tenth of a cent.
UNIT: Final = 100_000
#: What the objective adds up to when every need is met: keeps the solver's absolute tolerances far below the gap.
SCALE: Final = 10_000.0


@dataclass(frozen=True)
class Row:
    """A rule over all proposals: ``low <= given . amounts + funded . chosen <= high``, amounts in :data:`UNIT`."""

    rule: Rule
    given: Floats
    funded: Floats
    low: float
    high: float


@dataclass(frozen=True)
class Profile:
    """The proposals that meet a need, by place, with their shares; ``alike`` are all the needs that are met just so."""

    places: Integers
    shares: Floats
    worth: float
    alike: tuple[str, ...]

    @property
    def met_once_at_most(self) -> bool:
        """Whether all of them together do not meet more than the whole of it: what they meet then simply adds up."""
        return float(self.shares.sum()) <= 1.0 + 1e-9


@dataclass(frozen=True)
class Layout:
    """Proposals and needs by place. ``least`` is the smallest part, up to 1, that a proposal can use."""

    problem: Problem
    cost: Integers
    least: Floats
    barred: Flags
    wanted: Flags
    profiles: tuple[Profile, ...]
    rows: tuple[Row, ...]
    scale: float

    @property
    def size(self) -> int:
        return len(self.cost)

    @property
    def free(self) -> Flags:
        """Proposals about which there is something to decide."""
        return ~(self.barred | self.wanted)

    def parts(self, amounts: Amounts) -> Floats:
        """The part of its cost that a choice gives to each proposal."""
        given = np.array([amounts.get(each.id, 0) for each in self.problem.proposals], dtype=np.float64)
        return given / self.cost

    def amounts(self, parts: Floats) -> dict[str, Cents]:
        """The other way round, to the nearest cent that the proposal can use."""
        chosen = {}
        for place in np.flatnonzero(parts > 0):
            proposal = self.problem.proposals[place]
            given = round(float(parts[place]) * proposal.cost)
            chosen[proposal.id] = min(max(given, proposal.least), proposal.cost)
        return chosen


def lay_out(problem: Problem) -> Layout:
    """Arrays of the problem. Needs of no value, and needs that nobody who may be funded meets, are left out."""
    proposals = problem.proposals
    profiles = _profiles(problem)
    whole = sum(profile.worth for profile in profiles)
    return Layout(
        problem=problem,
        cost=np.array([each.cost for each in proposals], dtype=np.int64),
        least=np.array([each.least / each.cost for each in proposals], dtype=np.float64),
        barred=np.array([each.id in problem.excluded for each in proposals], dtype=bool),
        wanted=np.array([each.id in problem.must_haves for each in proposals], dtype=bool),
        profiles=profiles,
        rows=_rows(problem),
        scale=SCALE / whole if whole else 1.0,
    )


def _profiles(problem: Problem) -> tuple[Profile, ...]:
    met: dict[str, list[tuple[int, float]]] = {}
    for place, proposal in enumerate(problem.proposals):
        if proposal.id not in problem.excluded:
            for need, share in proposal.meets:
                met.setdefault(need, []).append((place, float(share)))
    alike: dict[tuple[tuple[int, float], ...], list[str]] = {}
    worth: Mapping[str, float] = {need.id: float(need.value) for need in problem.needs if need.value}
    for need in worth:
        if need in met:
            alike.setdefault(tuple(met[need]), []).append(need)
    return tuple(
        Profile(
            np.array([place for place, _ in edges], dtype=np.int64),
            np.array([share for _, share in edges], dtype=np.float64),
            sum(worth[need] for need in needs),
            tuple(needs),
        )
        for edges, needs in alike.items()
    )


def _rows(problem: Problem) -> tuple[Row, ...]:
    codes = {field: np.array([each.code(field) for each in problem.proposals]) for field in Field}
    rows = []
    for rule in problem.rules:
        if rule.kind not in (Kind.EXCLUSION, Kind.MUST_HAVE):
            every = np.ones(len(problem.proposals))
            rows.append(
                _row(rule, every if rule.field is None else (codes[rule.field] == rule.code).astype(np.float64))
            )
    return tuple(rows)


def _row(rule: Rule, members: Floats) -> Row:
    nothing = np.zeros_like(members)
    bound = float(rule.bound)
    given, funded = members, nothing
    if rule.measure is Measure.PROPOSALS:
        given, funded = nothing, members
    elif rule.measure is Measure.SHARE:
        given, bound = members - bound, 0.0
    else:
        bound /= UNIT
    at_least = rule.kind is Kind.FLOOR
    return Row(rule, given, funded, bound if at_least else -np.inf, np.inf if at_least else bound)
