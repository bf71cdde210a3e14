"""The other half of the audit: how far a sum can be narrowed down, by a linear programme for each end.

Every unknown is at or above nought, as counts and amounts are. Where sums are counts, the programme is solved over
whole numbers wherever its own answer is not whole: the attacker knows that, too.
"""

import math
from dataclasses import dataclass
from typing import Final

import highspy
import numpy as np
from highspy import _core

from colonnade.analysis.disclosure.statements import Form, System

#: What the solver's arithmetic may be off, relative to the size of the numbers.
TOLERANCE: Final = 1e-6
#: Seconds that a search over whole numbers may take before the wider, continuous bound stands.
SECONDS: Final = 5.0


class Contradiction(ValueError):
    """The statements cannot all be true."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``low`` to ``high``; ``None`` where there is no upper bound."""

    low: float
    high: float | None

    @property
    def width(self) -> float:
        return math.inf if self.high is None else self.high - self.low


class Bounds:
    """The programme of a system, made once and solved for one sum after another."""

    def __init__(self, system: System) -> None:
        self._counted = system.counted
        self._size = len(system.atoms)
        # The binding itself: the class around it prints a banner whenever one is made.
        self._solver = _core._Highs()
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        ends = [float(end) for row in system.rows for end in (row.low, row.high) if end is not None]
        # Amounts of hundreds of millions are brought near one, where the solver's tolerances mean something.
        self._scale = 1.0 if system.counted else max([1.0, *(abs(end) for end in ends)]) / 1000
        for _ in range(self._size):
            self._solver.addVar(0.0, highspy.kHighsInf)
        for row in system.rows:
            if not row.form:
                continue
            places = np.array(sorted(row.form), dtype=np.int32)
            high = highspy.kHighsInf if row.high is None else float(row.high) / self._scale
            self._solver.addRow(float(row.low) / self._scale, high, len(places), places, np.ones(len(places)))

    def interval(self, form: Form) -> Interval:
        """The least and the greatest that the sum over ``form`` can be. Raises :class:`Contradiction`."""
        for place in range(self._size):
            self._solver.changeColCost(place, 1.0 if place in form else 0.0)
        low, high = self._end(highspy.ObjSense.kMinimize), self._end(highspy.ObjSense.kMaximize)
        return Interval(low or 0.0, high)

    def _end(self, sense: highspy.ObjSense) -> float | None:
        """One end; ``None`` where there is none."""
        self._solver.changeObjectiveSense(sense)
        found = self._solve()
        if found is None or not self._counted:
            return None if found is None else found * self._scale
        if self._is_whole():
            return float(round(found))
        continuous = found
        kinds = (highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous)
        for place in range(self._size):
            self._solver.changeColIntegrality(place, kinds[0])
        try:
            found = self._solve()
        finally:
            for place in range(self._size):
                self._solver.changeColIntegrality(place, kinds[1])
        if found is None:  # the search took too long
            up = sense == highspy.ObjSense.kMinimize
            return float(math.ceil(continuous - TOLERANCE) if up else math.floor(continuous + TOLERANCE))
        return float(round(found))

    def _solve(self) -> float | None:
        # The solver's clock runs on from one solution to the next.
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + SECONDS)
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return float(self._solver.getInfo().objective_function_value)
        if status == highspy.HighsModelStatus.kInfeasible:
            raise Contradiction("the statements contradict one another")
        # Every unknown is bounded below: what is not optimal here is unbounded, or was given up.
        return None

    def _is_whole(self) -> bool:
        return all(abs(each - round(each)) < TOLERANCE for each in self._solver.getSolution().col_value)
