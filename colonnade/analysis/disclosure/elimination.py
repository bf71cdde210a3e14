"""The exact half of the audit: which sums follow from the published equations, by elimination over the rationals.

A sum over atoms is *determined* exactly where its form lies in the row space of the equations; the combination that
gives it is the attack, and is handed back so that a person can follow it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from colonnade.analysis.disclosure.statements import Form, Row, System

Vector = dict[int, Fraction]


@dataclass(frozen=True, slots=True)
class Derived:
    """A sum that follows: its value, and which equations give it when each is taken as often as said."""

    value: Fraction
    combination: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class _Reduced:
    """A row of the echelon form: ``pivot`` has the coefficient 1 and stands in no other row."""

    pivot: int
    vector: Vector
    value: Fraction
    used: Mapping[int, Fraction]


class Echelon:
    """The reduced row echelon form of a system's exact equations."""

    def __init__(self, system: System) -> None:
        self._named: Sequence[Row] = system.rows
        self._rows: dict[int, _Reduced] = {}
        for place, row in enumerate(system.rows):
            if row.is_exact:
                self._take_in(place, row)

    def derive(self, form: Form) -> Derived | None:
        """What the equations say about the sum over ``form``; ``None`` where they do not determine it."""
        vector, value, used = self._reduce(dict.fromkeys(form, Fraction(1)))
        if vector:
            return None
        combination = {self._named[place].name: share for place, share in sorted(used.items()) if share}
        return Derived(value, combination)

    def sums(self) -> list[tuple[Form, Derived]]:
        """The sums over sets of atoms that stand in the echelon form itself: groups that nobody published as such."""
        found = []
        for row in self._rows.values():
            if set(row.vector.values()) == {Fraction(1)}:
                named = {self._named[place].name: share for place, share in sorted(row.used.items()) if share}
                found.append((frozenset(row.vector), Derived(row.value, named)))
        return found

    def _take_in(self, place: int, row: Row) -> None:
        vector, value, used = self._reduce(dict.fromkeys(row.form, Fraction(1)))
        if not vector:
            return
        pivot = min(vector)
        scale = 1 / vector[pivot]
        # The reduction says how to make the row from the others; what is left over is the row less that.
        own = {other: -share * scale for other, share in used.items()}
        own[place] = own.get(place, Fraction(0)) + scale
        new = _Reduced(pivot, _scaled(vector, scale), (row.low - value) * scale, own)
        for other, standing in list(self._rows.items()):
            share = standing.vector.get(pivot)
            if share:
                self._rows[other] = _Reduced(
                    other,
                    _added(standing.vector, new.vector, -share),
                    standing.value - share * new.value,
                    _added(standing.used, new.used, -share),
                )
        self._rows[pivot] = new

    def _reduce(self, vector: Vector) -> tuple[Vector, Fraction, Vector]:
        """What is left of ``vector`` without the rows, the value of what was taken off, and of which equations."""
        value, used = Fraction(0), Vector()
        for pivot in sorted(vector):
            row = self._rows.get(pivot)
            share = vector.get(pivot)
            if row is None or not share:
                continue
            vector = _added(vector, row.vector, -share)
            value += share * row.value
            used = _added(used, row.used, share)
        return vector, value, used


def _scaled(vector: Mapping[int, Fraction], scale: Fraction) -> Vector:
    return {place: share * scale for place, share in vector.items()}


def _added(vector: Mapping[int, Fraction], other: Mapping[int, Fraction], scale: Fraction) -> Vector:
    result = dict(vector)
    for place, share in other.items():
        total = result.get(place, Fraction(0)) + share * scale
        if total:
            result[place] = total
        else:
            result.pop(place, None)
    return result
