"""What each record adds to a figure's number, where the number is a sum over its records. Pure.

A weight is taken only where it gives the printed number on both sides, to the last digit; a share, a balance or a
number of distinct things has none, and is explained by its records alone. Of several columns that would do, the one
that the figure's query adds up comes first, then the one that the measure is named after.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from colonnade.analysis.figures.definition import FigureDefinition
from colonnade.analysis.figures.result import Number
from colonnade.reporting.comparison.records import Rows, Weight, total

_SUMMED: Final = re.compile(r"\bsum\(\s*(?:\w+\.)?(\w+)\s*\)", re.IGNORECASE)
#: Percentages are never sums over records, even where the digits happen to agree.
_RATIOS: Final = frozenset({"per cent", "years"})


def weight_of(
    definition: FigureDefinition | None, measure: str, unit: str, *sides: tuple[Rows, Number | None]
) -> Weight | None:
    """The weight with which the records of every side add up to its number; ``None`` where there is none.

    A side without a number, and without records, agrees with every weight.
    """
    if unit in _RATIOS:
        return None
    for weight in _candidates(definition, measure, unit, [rows for rows, _ in sides]):
        if all(_gives(weight, rows, value) for rows, value in sides):
            return weight
    return None


def _candidates(definition: FigureDefinition | None, measure: str, unit: str, sides: Sequence[Rows]) -> list[Weight]:
    named = [name for name in sides[0].columns if all(_is_numeric(rows, name) for rows in sides)]
    if unit == "USD":
        named = [name for name in named if name.endswith("_usd")]
    summed = _SUMMED.findall(definition.value) if definition else []
    named.sort(key=lambda name: (not (measure and name.startswith(measure)), name not in summed))
    by_column = [Weight(name) for name in named]
    if unit == "USD":
        return by_column
    return [*by_column, Weight()] if any(name in summed for name in named) else [Weight(), *by_column]


def _is_numeric(rows: Rows, name: str) -> bool:
    if name not in rows.columns:
        return False
    place = list(rows.columns).index(name)
    return all(row[place] is None or _is_number(row[place]) for row in rows.rows)


def _is_number(met: Any) -> bool:
    return isinstance(met, int | Decimal) and not isinstance(met, bool)


def _gives(weight: Weight, rows: Rows, value: Number | None) -> bool:
    if not weight.column:
        return len(rows.rows) == (value or 0)
    place = list(rows.columns).index(weight.column)
    return total(row[place] or 0 for row in rows.rows) == (value or 0)
