"""Searching the programme over whole numbers, in two steps that together prove the optimum.

First the *core* (Balas and Zemel, 1980): the proposals about which the prices are least sure; the others are held where
the prices put them. That finds a choice near the optimum. Then everything whose opposite is proven to be no better is
held, since deciding otherwise would cost more than what separates the choice from the bound; what remains is searched
to the end. What is held in the second step is held by proof, so that the bound is one of the whole problem.
"""

from dataclasses import dataclass
from typing import Final

import highspy
import numpy as np

from colonnade.analysis.allocation.layout import Flags, Floats
from colonnade.analysis.allocation.model import Programme, pin
from colonnade.analysis.allocation.relaxing import Relaxation

#: The gap that is promised, relative to the value.
GAP: Final = 1e-4
#: Proposals in the core. The amounts of all that are funded stay open: they fill what whole proposals leave.
CORE: Final = 150
#: Within the core, and over problems that are all core, the search goes on further than is promised.
CORE_GAP: Final = 5e-5
CORE_NODES: Final = 20
SMALL_GAP: Final = 1e-9
#: Nodes after which a problem that is all core is content with the promised gap.
SMALL_NODES: Final = 2_000
#: Nodes after which a proof that goes on looks for a better choice as well.
PROOF_NODES: Final = 20
#: Of the promised gap, the part that holding by proof may use up.
HELD: Final = 0.9
#: What the prices may be off, relative to the bound; and the regret below which they are not listened to.
SAFE: Final = 1e-8
UNSURE: Final = 1e-3

_HEURISTICS: Final = (
    "mip_heuristic_run_feasibility_jump",
    "mip_heuristic_run_rens",
    "mip_heuristic_run_rins",
    "mip_heuristic_run_root_reduced_cost",
)


@dataclass(frozen=True)
class Found:
    """The best solution of a search, and what no solution can exceed. ``solution`` is ``None`` where there is none."""

    solution: Floats | None
    value: float
    bound: float

    @property
    def gap(self) -> float:
        return gap(self.value, self.bound)


def gap(value: float, bound: float) -> float:
    """How far the bound lies above the value, relative to it."""
    return 0.0 if bound <= value else (bound - value) / value if value > 0 else np.inf


def search(relaxation: Relaxation, start: Floats | None = None) -> Found:
    """The optimum within :data:`GAP`, from ``start``, a choice that keeps the rules, where there is one."""
    built = relaxation.programme
    regret = relaxation.regret
    if np.count_nonzero(built.layout.free) <= CORE:
        return _search_all(built, start)
    first = _run(relaxation, regret > np.sort(regret)[CORE], target=CORE_GAP, nodes=CORE_NODES)
    best = _better(first, _valued(built, start))
    if best.solution is None:
        return _run(relaxation, np.zeros_like(built.layout.free), target=GAP)
    proof = _prove(relaxation, best, look_too=False)
    return proof if proof.gap <= GAP else _prove(relaxation, proof, look_too=True)


def _prove(relaxation: Relaxation, best: Found, *, look_too: bool) -> Found:
    """The second step: what is left when everything is held that provably does no better otherwise."""
    allowed = best.value * (1.0 + HELD * GAP)
    if relaxation.bound <= allowed:
        return Found(best.solution, best.value, relaxation.bound)
    proven = relaxation.regret > relaxation.bound * (1.0 + SAFE) - allowed
    nodes = None if look_too else PROOF_NODES
    last = _run(relaxation, proven, target=GAP, start=best.solution, look_too=look_too, nodes=nodes)
    improved = _better(best, last)
    bound = min(relaxation.bound, max(last.bound, allowed))
    return Found(improved.solution, improved.value, max(improved.value, bound))


def _search_all(built: Programme, start: Floats | None) -> Found:
    """A problem of the size of a board's: to the end, unless that turns out to be long."""
    solver = built.solver(whole=True)
    solver.setOptionValue("mip_rel_gap", SMALL_GAP)
    solver.setOptionValue("mip_max_nodes", SMALL_NODES)
    if start is not None:
        _start(solver, start)
    found = _result(solver)
    if found.gap > GAP and solver.getModelStatus() == highspy.HighsModelStatus.kSolutionLimit:
        solver = built.solver(whole=True)
        solver.setOptionValue("mip_rel_gap", GAP)
        if found.solution is not None:
            _start(solver, found.solution)
        return _result(solver)
    return found


def _run(
    relaxation: Relaxation,
    hold: Flags,
    *,
    target: float,
    start: Floats | None = None,
    look_too: bool = True,
    nodes: int | None = None,
) -> Found:
    """Search with some proposals held where the prices put them; never one about which these say next to nothing."""
    built = relaxation.programme
    solver = built.solver(whole=True)
    solver.setOptionValue("mip_rel_gap", target)
    funded = relaxation.profit > 0
    held = np.flatnonzero(hold & built.layout.free & (relaxation.regret > UNSURE))
    pin(solver, held, funded[held].astype(np.float64))
    if start is not None:
        _start(solver, start)
    if nodes is not None:
        solver.setOptionValue("mip_max_nodes", nodes)
    if start is None:  # a few columns fewer are not worth beginning again
        solver.setOptionValue("mip_allow_restart", False)
    if not look_too:
        # The choice to beat is all but optimal: what is left to do is to prove it.
        for heuristic in _HEURISTICS:
            solver.setOptionValue(heuristic, False)
        solver.setOptionValue("mip_heuristic_effort", 0.0)
    return _result(solver)


def _start(solver: "highspy._core._Highs", solution: Floats) -> None:
    given = highspy.HighsSolution()
    given.col_value = list(solution)
    solver.setSolution(given)


def _result(solver: "highspy._core._Highs") -> Found:
    solver.run()
    info = solver.getInfo()
    if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return Found(None, -np.inf, -np.inf)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Found(None, -np.inf, info.mip_dual_bound)
    value = float(info.objective_function_value)
    return Found(np.array(solver.getSolution().col_value), value, max(value, float(info.mip_dual_bound)))


def _valued(built: Programme, start: Floats | None) -> Found:
    return Found(None, -np.inf, np.inf) if start is None else Found(start, float(built.cost @ start), np.inf)


def _better(one: Found, other: Found) -> Found:
    return other if other.value > one.value else one
