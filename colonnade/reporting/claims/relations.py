"""The kinds of relation that should hold between claims, and the verdict on one.

A relation disagrees if, and only if, no choice of values that the printed numbers may stand for satisfies it. The
difference is given twice: between the numbers as printed, and the smallest that rounding leaves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from colonnade.reporting.claims.dates import Span, steps_back
from colonnade.reporting.claims.intervals import Interval
from colonnade.reporting.claims.model import Claim, plain, with_unit
from colonnade.reporting.claims.operands import (
    Constant,
    Operand,
    Quantity,
    Ratio,
    Selection,
    Stated,
    Sum,
    share_of,
    sources_of,
)

Comparing = Literal["equal", "at_most", "at_least"]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a relation as a reader sees it: what it says, and the paragraphs that say it."""

    text: str
    paragraphs: tuple[str, ...]
    value: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """The size of a disagreement: as printed, and at the least once rounding is allowed for."""

    printed: Fraction
    smallest: Fraction
    unit: str

    def __str__(self) -> str:
        printed, smallest = (_apart(value, self.unit) for value in (self.printed, self.smallest))
        if self.printed == self.smallest:
            return smallest
        if self.smallest == 0:
            return f"{printed} as printed; the ranges touch and do not meet"
        if self.printed == 0:
            return f"nothing between the numbers as printed, {smallest} at the least between what they mean"
        return f"{printed} as printed, {smallest} at the least after rounding"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a relation can hold, its two sides, and how far apart they are where it cannot."""

    holds: bool
    left: Side
    right: Side
    gap: Gap


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two amounts, one of which should equal the other, or be at most or at least the other."""

    left: Operand
    comparing: Comparing
    right: Operand

    def claims(self) -> tuple[Claim, ...]:
        return self.left.claims() + self.right.claims()

    def verdict(self) -> Verdict:
        left, right = self.left.quantity(), self.right.quantity()
        one, two = left.interval, right.interval
        holds = {
            "equal": lambda: not one.is_empty and not two.is_empty and not one.intersection(two).is_empty,
            "at_most": lambda: one.can_be_at_most(two),
            "at_least": lambda: two.can_be_at_most(one),
        }[self.comparing]()
        gap = Gap(abs(left.value - right.value), one.distance(two), left.unit or right.unit)
        return Verdict(holds, _side(left, sources_of(self.left)), _side(right, sources_of(self.right)), gap)


@dataclass(frozen=True, slots=True)
class EachAtMost:
    """Several amounts, none of which should be above one ceiling. The verdict is that on the largest."""

    parts: tuple[Operand, ...]
    ceiling: Operand

    def claims(self) -> tuple[Claim, ...]:
        return Sum(self.parts).claims() + self.ceiling.claims()

    def verdict(self) -> Verdict:
        verdicts = [Comparison(part, "at_most", self.ceiling).verdict() for part in self.parts]
        above = [verdict for verdict in verdicts if not verdict.holds]
        return max(above or verdicts, key=lambda verdict: verdict.left.value or Fraction(0))


@dataclass(frozen=True, slots=True)
class SharePrinted:
    """A percentage that is printed beside the part and the whole that it is of."""

    part: Operand
    whole: Operand
    share: Operand

    def claims(self) -> tuple[Claim, ...]:
        return self.part.claims() + self.whole.claims() + self.share.claims()

    def verdict(self) -> Verdict:
        share = self.share.quantity()
        part, whole = self.part.quantity(), self.whole.quantity()
        ratio = Ratio(self.part, self.whole, times=100, unit="per cent").quantity()
        distance = ratio.interval.distance(share.interval)
        holds = not ratio.interval.intersection(share.interval).is_empty
        if holds and part.unit == whole.unit == "count":
            holds = _some_count_has(share.interval, part.interval, whole.interval)
        gap = Gap(abs(ratio.value - share.value), distance, "per cent")
        paragraphs = sources_of(self.part) + sources_of(self.whole)
        return Verdict(holds, _side(ratio, paragraphs), _side(share, sources_of(self.share)), gap)


@dataclass(frozen=True, slots=True)
class Complete:
    """Shares of one whole that leave nothing out: they add up to 100 per cent.

    Where the whole is a count, each share stands for a count too, and those counts must add up to the whole.
    """

    shares: tuple[Operand, ...]
    whole: Operand | None

    def claims(self) -> tuple[Claim, ...]:
        return Sum(self.shares).claims() + (self.whole.claims() if self.whole else ())

    def verdict(self) -> Verdict:
        shares, hundred = Sum(self.shares).quantity(), Constant(Fraction(100), "per cent").quantity()
        verdict = Comparison(Sum(self.shares), "equal", Constant(Fraction(100), "per cent")).verdict()
        holds, smallest, right = verdict.holds, verdict.gap.smallest, _side(hundred, ())
        if self.whole is not None:
            whole = self.whole.quantity()
            counted = Comparison(share_of(Sum(self.shares), self.whole), "equal", self.whole).verdict()
            holds = counted.holds
            smallest = counted.gap.smallest * 100 / whole.value
            right = Side(f"100% of {whole}", sources_of(self.whole), Fraction(100), Fraction(100), Fraction(100))
        gap = Gap(abs(shares.value - 100), smallest, "per cent")
        return Verdict(holds, verdict.left, right, gap)


@dataclass(frozen=True, slots=True)
class SameLists:
    """Two lists: the same items, or all of the left among the right, or none in common."""

    left: Selection
    comparing: Literal["same", "among", "disjoint"]
    right: Selection

    def claims(self) -> tuple[Claim, ...]:
        return ()

    def verdict(self) -> Verdict:
        left, right = self.left.names(), self.right.names()
        only_left = [name for name in left if name not in right]
        only_right = [name for name in right if name not in left]
        if self.comparing == "disjoint":
            shared = [name for name in left if name in right]
            return self._told(len(shared), f"{len(left)} listed, also there: ", shared, f"{len(right)} listed", [])
        if self.comparing == "among":
            only_right = []
        return self._told(
            len(only_left) + len(only_right), f"{len(left)} listed, only here: ", only_left,
            f"{len(right)} listed", only_right,
        )  # fmt: skip

    def _told(self, off: int, left: str, on_left: Sequence[str], right: str, on_right: Sequence[str]) -> Verdict:
        one = Side(left + (", ".join(on_left) or "none"), (self.left.claim.source,), Fraction(len(self.left.names())))
        text = right + (f", only here: {', '.join(on_right)}" if on_right else "")
        two = Side(text, (self.right.claim.source,), Fraction(len(self.right.names())))
        return Verdict(off == 0, one, two, Gap(Fraction(off), Fraction(off), "count"))


@dataclass(frozen=True, slots=True)
class Ascending:
    """Dates that stand in the order of time: those of a list, or of claims in the order given."""

    selection: Selection | None
    dated: tuple[Claim, ...] = ()

    def claims(self) -> tuple[Claim, ...]:
        return self.dated

    def verdict(self) -> Verdict:
        if self.selection is not None:
            source = self.selection.claim.source
            entries = [(item.name, item.span, source) for item in self.selection.items() if item.span is not None]
        else:
            entries = [(claim.counts, claim.span, claim.source) for claim in self.dated if claim.span is not None]
        back = steps_back([span.on for _, span, _ in entries])
        if not back:
            return Verdict(True, _dated(entries[:1]), _dated(entries[-1:]), _days(0))
        place, _ = back[0]
        days = sum(days for _, days in back)
        return Verdict(False, _dated(entries[place - 1 : place]), _dated(entries[place : place + 1]), _days(days))


@dataclass(frozen=True, slots=True)
class Within:
    """A date that lies inside another: a day in its week, in its year, before the report that tells of it."""

    inner: Claim
    outer: Claim | Span

    def claims(self) -> tuple[Claim, ...]:
        return (self.inner,)

    def verdict(self) -> Verdict:
        outer = self.outer.span if isinstance(self.outer, Claim) else self.outer
        assert self.inner.span is not None
        assert outer is not None
        named = (self.outer.counts, self.outer.source) if isinstance(self.outer, Claim) else ("the period", "")
        return Verdict(
            self.inner.span.can_fall_within(outer),
            _dated([(self.inner.counts, self.inner.span, self.inner.source)]),
            _dated([(named[0], outer, named[1])]),
            _days(self.inner.span.days_outside(outer)),
        )


@dataclass(frozen=True, slots=True)
class SameQuantity:
    """One quantity that the document states more than once."""

    stated: tuple[Claim, ...]

    def claims(self) -> tuple[Claim, ...]:
        return self.stated

    def verdict(self) -> Verdict:
        """The verdict on the two statements that lie furthest apart."""
        pairs = [(one, two) for place, one in enumerate(self.stated) for two in self.stated[place + 1 :]]
        verdicts = [_same_day(one, two) if one.span else _same_number(one, two) for one, two in pairs]
        disagreeing = [verdict for verdict in verdicts if not verdict.holds]
        return max(disagreeing or verdicts, key=lambda verdict: verdict.gap.smallest)


@dataclass(frozen=True, slots=True)
class ToldIn:
    """A passage that is said to give details: it should state these claims again.

    ``again`` are the claims of that passage that do.
    """

    stated: tuple[Claim, ...]
    place: str
    again: frozenset[str]

    def claims(self) -> tuple[Claim, ...]:
        return self.stated

    def verdict(self) -> Verdict:
        missing = [claim for claim in self.stated if claim.key not in self.again]
        left = Side("; ".join(f"{claim.counts}: {claim.printed}" for claim in self.stated), _paragraphs(self.stated))
        right = Side(f"{len(self.stated) - len(missing)} of {len(self.stated)} stated there", (self.place,))
        return Verdict(not missing, left, right, Gap(Fraction(len(missing)), Fraction(len(missing)), "count"))


Body = Comparison | EachAtMost | SharePrinted | Complete | SameLists | Ascending | Within | SameQuantity | ToldIn


@dataclass(frozen=True, slots=True)
class Reading:
    """Another way to understand the document, which explains a disagreement if all of its checks hold."""

    text: str
    checks: tuple[Body, ...]

    @property
    def holds(self) -> bool:
        return all(check.verdict().holds for check in self.checks)


@dataclass(frozen=True, slots=True)
class Relation:
    """What should hold between claims, in words (``says``) and as a check, with the readings to try if it does not."""

    key: str
    kind: str
    says: str
    body: Body
    readings: tuple[Reading, ...]
    row: int


def _some_count_has(share: Interval, part: Interval, whole: Interval) -> bool:
    """Whether whole numbers of these ranges stand in this ratio. Where both have no end, such numbers always exist."""
    hundred = Interval.exactly(100)
    if part.low is not None and part.high is not None:
        for count in range(ceil(part.low), floor(part.high) + 1):
            if count == 0 or share.high == 0:
                if count == 0 and 0 in share:
                    return True
                continue
            wholes = Interval.exactly(count * 100).over(share)
            if not wholes.intersection(whole).whole_numbers().is_empty:
                return True
        return False
    if whole.low is not None and whole.high is not None:
        return any(
            not share.times(Interval.exactly(count)).over(hundred).intersection(part).whole_numbers().is_empty
            for count in range(ceil(whole.low), floor(whole.high) + 1)
        )
    return True


def _apart(value: Fraction, unit: str) -> str:
    """A difference in words: two percentages are percentage points apart."""
    if unit == "per cent":
        return f"{plain(value)} percentage point{'' if value == 1 else 's'}"
    return with_unit(value, unit)


def _side(quantity: Quantity, paragraphs: tuple[str, ...]) -> Side:
    text = f"{quantity} ({quantity.range})" if quantity.range and quantity.compound else str(quantity)
    return Side(text, _unique(paragraphs), quantity.value, quantity.interval.low, quantity.interval.high)


def _dated(entries: Sequence[tuple[str, Span | None, str]]) -> Side:
    return Side("; ".join(f"{name}: {span}" for name, span, _ in entries), _unique(entry[2] for entry in entries))


def _days(days: int) -> Gap:
    return Gap(Fraction(days), Fraction(days), "days")


def _same_number(one: Claim, two: Claim) -> Verdict:
    return Comparison(Stated(one), "equal", Stated(two)).verdict()


def _same_day(one: Claim, two: Claim) -> Verdict:
    assert one.span is not None
    assert two.span is not None
    pairs = ((one.span.on.days, two.span.on.days), (one.span.until.days, two.span.until.days))
    holds = all(not left.intersection(right).is_empty for left, right in pairs)
    days = max(int(left.distance(right)) for left, right in pairs)
    return Verdict(
        holds, _dated([(one.counts, one.span, one.source)]), _dated([(two.counts, two.span, two.source)]), _days(days)
    )


def _paragraphs(claims: Sequence[Claim]) -> tuple[str, ...]:
    return _unique(claim.source for claim in claims)


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
