"""The prices of the relaxed programme, written down so that the bound can be checked without a solver."""

from fractions import Fraction
from typing import Final

from colonnade.analysis.allocation.layout import UNIT, Layout
from colonnade.analysis.allocation.plan import Certificate, NeedPrice
from colonnade.analysis.allocation.problem import Measure
from colonnade.analysis.allocation.relaxing import Relaxation

#: Digits that are kept of a price, and prices, as a part of the need's value, that are left out.
DIGITS: Final = 12
NEGLIGIBLE: Final = 1e-7
_CENTS: Final = 100


def certify(relaxation: Relaxation) -> Certificate:
    """The certificate of a relaxation. Whatever is rounded here, the bound that follows from it stays one."""
    layout = relaxation.programme.layout
    rules = {}
    for row, price in zip(layout.rows, relaxation.rule_prices, strict=True):
        per_unit = abs(float(price)) / layout.scale
        if row.rule.measure is not Measure.PROPOSALS:
            per_unit *= _CENTS / UNIT
        if per_unit > 1e-15:
            rules[row.rule.key] = _rounded(per_unit)
    return Certificate(rules, _needs(relaxation, layout))


def _needs(relaxation: Relaxation, layout: Layout) -> dict[str, tuple[NeedPrice, ...]]:
    named = [each.id for each in layout.problem.proposals]
    value = {need.id: need.value for need in layout.problem.needs}
    by_need: dict[int, list[tuple[float, NeedPrice]]] = {}
    for cut, price in zip(relaxation.programme.cuts, relaxation.cut_prices, strict=True):
        part = float(price) / (layout.scale * layout.profiles[cut.need].worth)
        if part > NEGLIGIBLE:
            sets = (tuple(named[place] for place in places) for places in (cut.whole, cut.least, cut.capped))
            by_need.setdefault(cut.need, []).append((part, NeedPrice(Fraction(0), *sets)))
    needs = {}
    for number, found in sorted(by_need.items()):
        whole = sum(part for part, _ in found)
        for need in layout.profiles[number].alike:
            priced = []
            left = value[need]
            for part, entry in sorted(found, key=lambda each: (-each[0], each[1].whole, each[1].least)):
                weight = min(left, _rounded(part / max(1.0, whole) * float(value[need])))
                left -= weight
                priced.append(NeedPrice(weight, entry.whole, entry.least, entry.capped))
            needs[need] = tuple(priced)
    for number, profile in enumerate(layout.profiles):
        if not profile.met_once_at_most and number not in by_need:
            needs |= dict.fromkeys(profile.alike, ())
    return needs


def _rounded(price: float) -> Fraction:
    return Fraction(f"{price:.{DIGITS}g}")
