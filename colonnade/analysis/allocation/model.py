"""The mixed-integer programme as rows and columns, and HiGHS around it.

Columns: for each proposal whether it is funded (``z``, binary); for each that can use a partial sum, what is kept back
of its cost (``d``, so that the part given is ``f = z - d``); for each need that could be met more than once, the part
that is met (``y``). Rows: the rules; ``d <= (1 - least) z``; ``y <= sum share f``, and the further inequalities of
:mod:`.covers`. Why so: docs/decisions/0019-choosing-under-a-budget.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import highspy
import numpy as np
from highspy import _core

from colonnade.analysis.allocation.covers import Cut, plain
from colonnade.analysis.allocation.layout import UNIT, Floats, Integers, Layout
from colonnade.analysis.allocation.problem import Rule

_BINARY: Final = highspy.HighsVarType.kInteger


class Columns:
    """Where the columns of a layout stand."""

    def __init__(self, layout: Layout) -> None:
        self.proposals = layout.size
        self.divisible: Integers = np.flatnonzero(layout.least < 1)
        self.kept_back: Integers = np.full(layout.size, -1, dtype=np.int64)
        self.kept_back[self.divisible] = layout.size + np.arange(len(self.divisible))
        self.first_need = layout.size + len(self.divisible)
        self.often = [need for need, profile in enumerate(layout.profiles) if not profile.met_once_at_most]
        self.met: Integers = np.full(len(layout.profiles), -1, dtype=np.int64)
        self.met[self.often] = self.first_need + np.arange(len(self.often))
        self.count = self.first_need + len(self.often)

    def choices(self, solution: Floats) -> Floats:
        """``z`` of each proposal."""
        return solution[: self.proposals]

    def parts(self, solution: Floats) -> Floats:
        """``f`` of each proposal."""
        parts = solution[: self.proposals].copy()
        parts[self.divisible] -= solution[self.proposals : self.first_need]
        return parts


class Rows:
    """Rows gathered one after the other, in the form that HiGHS takes."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self.low: list[float] = []
        self.high: list[float] = []
        self.starts: list[int] = []
        self.places: list[int] = []
        self.values: list[float] = []

    def __len__(self) -> int:
        return len(self.low)

    def add(
        self,
        low: float,
        high: float,
        *,
        by_part: Iterable[tuple[int, float]] = (),
        by_choice: Iterable[tuple[int, float]] = (),
        others: Iterable[tuple[int, float]] = (),
    ) -> None:
        """A row with coefficients of ``f`` and ``z`` by proposal, and of other columns."""
        row: dict[int, float] = {}
        for place, value in by_part:
            row[place] = row.get(place, 0.0) + value
            if self._columns.kept_back[place] >= 0:
                row[int(self._columns.kept_back[place])] = -value
        for place, value in (*by_choice, *others):
            row[place] = row.get(place, 0.0) + value
        self.low.append(low)
        self.high.append(high)
        self.starts.append(len(self.places))
        self.places.extend(row)
        self.values.extend(row.values())

    def add_cut(self, cut: Cut) -> None:
        """``y - by_part . f - by_choice . z <= constant``."""
        self.add(
            -np.inf,
            cut.constant,
            by_part=((int(place), -value) for place, value in _present(cut.places, cut.by_part)),
            by_choice=((int(place), -value) for place, value in _present(cut.places, cut.by_choice)),
            others=((int(self._columns.met[cut.need]), 1.0),),
        )

    def to(self, solver: _core._Highs) -> None:
        """Add them to a model."""
        solver.addRows(
            len(self),
            np.array(self.low),
            np.array(self.high),
            len(self.places),
            np.array(self.starts, dtype=np.int32),
            np.array(self.places, dtype=np.int32),
            np.array(self.values),
        )


@dataclass(frozen=True)
class Programme:
    """Everything that HiGHS is given. The first rows are those of the rules, then the links, then the needs'."""

    layout: Layout
    columns: Columns
    cost: Floats
    low: Floats
    high: Floats
    rows: Rows
    cuts: tuple[Cut, ...]

    @property
    def first_link(self) -> int:
        return len(self.layout.rows)

    @property
    def first_cut(self) -> int:
        return self.first_link + len(self.columns.divisible)

    def solver(self, *, whole: bool) -> _core._Highs:
        """HiGHS with the programme; over whole numbers, or relaxed. One thread: the same input, the same answer."""
        # The binding itself: the class around it prints a banner whenever one is made.
        solver = _core._Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        nothing = np.array([], dtype=np.int32)
        solver.addCols(
            self.columns.count, self.cost, self.low, self.high, 0, nothing, nothing, np.array([], dtype=np.float64)
        )
        self.rows.to(solver)
        solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        if whole:
            for place in range(self.columns.proposals):
                solver.changeColIntegrality(place, _BINARY)
        return solver

    def kept_back_fully(self) -> Floats:
        """The most that can be kept back of each proposal that can use a partial sum."""
        return 1.0 - self.layout.least[self.columns.divisible]


def programme(layout: Layout, cuts: Iterable[Cut] = (), margins: Mapping[Rule, float] | None = None) -> Programme:
    """The programme of a layout. ``margins`` tighten rows whose rules were missed by less than a cent before."""
    columns = Columns(layout)
    rows = Rows(columns)
    amounts = layout.cost / UNIT
    for row in layout.rows:
        margin = (margins or {}).get(row.rule, 0.0)
        rows.add(
            row.low + margin,
            row.high - margin,
            by_part=_present(np.arange(layout.size), row.given * amounts),
            by_choice=_present(np.arange(layout.size), row.funded),
        )
    for place in columns.divisible:
        kept_back = int(columns.kept_back[place])
        rows.add(-np.inf, 0.0, by_choice=((int(place), layout.least[place] - 1.0),), others=((kept_back, 1.0),))
    all_cuts = (*(plain(need, layout.profiles[need]) for need in columns.often), *cuts)
    for cut in all_cuts:
        rows.add_cut(cut)

    cost, low, high = np.zeros(columns.count), np.zeros(columns.count), np.ones(columns.count)
    for need, profile in enumerate(layout.profiles):
        if columns.met[need] >= 0:
            cost[columns.met[need]] = profile.worth * layout.scale
        else:
            np.add.at(cost, profile.places, profile.worth * layout.scale * profile.shares)
    cost[layout.size : columns.first_need] = -cost[columns.divisible]
    high[layout.size : columns.first_need] = 1.0 - layout.least[columns.divisible]
    high[: layout.size][layout.barred] = 0.0
    low[: layout.size][layout.wanted] = 1.0
    return Programme(layout, columns, cost, low, high, rows, all_cuts)


def pin(solver: _core._Highs, places: Integers, values: Floats) -> None:
    """Hold columns at a value."""
    if len(places):
        solver.changeColsBounds(len(places), places.astype(np.int32), values, values)


def _present(places: Integers, values: Floats) -> list[tuple[int, float]]:
    return [(int(places[at]), float(values[at])) for at in np.flatnonzero(values)]
