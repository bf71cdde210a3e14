"""Reads relations and readings: which keys each kind of relation takes, and what they must refer to.

An operand is the key of a claim, a number, or a table with one of ``sum``, ``difference``, ``product``, ``ratio``,
``length`` (of a list), or with ``share`` and ``of``. A list is the key of a claim that has one, or a table with
``list`` and any of ``first``, ``in_year``, ``without``, ``added`` and ``moved``.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from colonnade.reporting.claims.dates import span
from colonnade.reporting.claims.model import LIST, WHOLE_UNITS, Claim, Item
from colonnade.reporting.claims.operands import (
    Constant,
    Difference,
    Length,
    Operand,
    Product,
    Ratio,
    Selection,
    Stated,
    Sum,
    share_of,
)
from colonnade.reporting.claims.reading import Fields, Source
from colonnade.reporting.claims.relations import (
    Ascending,
    Body,
    Comparing,
    Comparison,
    Complete,
    EachAtMost,
    Reading,
    Relation,
    SameLists,
    SameQuantity,
    SharePrinted,
    ToldIn,
    Within,
)

_COMPARINGS: Final[tuple[Comparing, ...]] = ("equal", "at_most", "at_least")
_NOTHING: Final = Constant(Fraction(1))


def read_relations(
    source: Source, tables: Sequence[Mapping[str, Any]], claims: Mapping[str, Claim]
) -> tuple[Relation, ...]:
    """The relations of a file, and after them one for each claim that restates another."""
    relations: dict[str, Relation] = {}
    for place, table in enumerate(tables):
        fields = Fields(source, "relation", place, table)
        key, says = fields.text("key"), fields.text("says")
        if key in relations:
            fields.wrong("key", "this key stands twice", "give one of the two another key")
        kind, body = _body(fields, claims)
        readings = tuple(_reading(fields, raw, claims) for raw in fields.get("reading", []))
        fields.finish()
        if body is not None:
            relations[key] = Relation(key, kind, says, body, readings, fields.row())
    for claim in claims.values():
        if first := claims.get(claim.restates):
            says = f"One quantity, stated twice: {first.counts}"
            key = f"{claim.key}-restates-{first.key}"
            relations[key] = Relation(key, "same_quantity", says, SameQuantity((first, claim)), (), claim.row)
    return tuple(relations.values())


def _reading(fields: Fields, raw: Any, claims: Mapping[str, Claim]) -> Reading:
    if not isinstance(raw, dict):
        fields.wrong("reading", "not a table", "begin each reading with [[relation.reading]]", raw)
        return Reading("", ())
    inside = fields.inside(raw)
    text = inside.text("text")
    checks = []
    for check in inside.list("checks"):
        if not isinstance(check, dict):
            inside.wrong("checks", "not a relation", "write { kind = 'sum', parts = [...], total = '...' }", check)
            continue
        one = inside.inside(check)
        _, body = _body(one, claims)
        one.finish()
        checks += [] if body is None else [body]
    inside.finish()
    return Reading(text, tuple(checks))


def _body(fields: Fields, claims: Mapping[str, Claim]) -> tuple[str, Body | None]:
    kind = fields.text("kind")
    if kind not in KINDS:
        if kind:
            fields.wrong("kind", "no such kind of relation", f"use one of {', '.join(KINDS)}")
        return kind, None
    before = len(fields.source.problems)
    body = KINDS[kind](_Referring(fields, claims))
    if len(fields.source.problems) == before:
        _check_once(fields, body)
        _check_units(fields, body)
    return kind, body


class _Referring:
    """The keys of one relation, resolved against the claims."""

    def __init__(self, fields: Fields, claims: Mapping[str, Claim]) -> None:
        self.fields = fields
        self._claims = claims

    def operand(self, column: str) -> Operand:
        return self._operand(column, self.fields.get(column))

    def divisor(self, column: str) -> Operand:
        """An operand that something is divided by, or is a share of."""
        return self._not_zero(column, self.operand(column))

    def operands(self, column: str) -> tuple[Operand, ...]:
        return tuple(self._operand(column, raw) for raw in self.fields.list(column))

    def comparing(self) -> Comparing:
        chosen = self.fields.choice("comparing", _COMPARINGS, "equal")
        return _COMPARINGS[_COMPARINGS.index(chosen)]

    def stated(self, column: str) -> tuple[Claim, ...]:
        """The claims, numbers or dates, that a list of keys names."""
        found = [self._claim(column, key) for key in self.fields.list(column)]
        for claim in found:
            if claim is not None and claim.unit == LIST:
                self.fields.wrong(
                    column, "a list, not a number or a date", "name claims of numbers or dates", claim.key
                )
        return tuple(claim for claim in found if claim is not None)

    def dated(self, column: str, raw: Any = None) -> Claim | None:
        claim = self._claim(column, self.fields.get(column) if raw is None else raw)
        if claim is not None and claim.span is None:
            self.fields.wrong(column, "not a date", "name a claim of unit date", claim.key)
            return None
        return claim

    def selection(self, column: str) -> Selection | None:
        return self._selection(column, self.fields.get(column))

    def _claim(self, column: str, key: Any) -> Claim | None:
        if isinstance(key, str) and key in self._claims:
            return self._claims[key]
        if key is not None:
            self.fields.wrong(column, "no claim has this key", "name one of the claims above", key)
        return None

    def _operand(self, column: str, raw: Any) -> Operand:
        if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
            return Constant(Fraction(self.fields.inside({column: raw}).number(column)))
        if isinstance(raw, dict):
            return self._made(column, raw)
        claim = self._claim(column, raw)
        if claim is None:
            return _NOTHING
        if not claim.is_number:
            self.fields.wrong(column, "not a number", "name a claim of a number", claim.key)
            return _NOTHING
        return Stated(claim)

    def _made(self, column: str, raw: Mapping[str, Any]) -> Operand:
        def parts(values: Any) -> tuple[Operand, ...]:
            if isinstance(values, list) and len(values) > 1:
                return tuple(self._operand(column, value) for value in values)
            self.fields.wrong(column, "not a list of two or more", "write [..., ...]", values)
            return (_NOTHING, _NOTHING)

        match sorted(raw):
            case ["sum"]:
                return Sum(parts(raw["sum"]))
            case ["difference"]:
                first, *rest = parts(raw["difference"])
                return Difference(first, tuple(rest))
            case ["product"]:
                return Product(parts(raw["product"]))
            case ["ratio"]:
                over, under, *_ = parts(raw["ratio"])
                return Ratio(over, self._not_zero(column, under))
            case ["length"]:
                selection = self._selection(column, raw["length"])
                return _NOTHING if selection is None else Length(selection)
            case ["of", "share"]:
                return share_of(self._operand(column, raw["share"]), self._operand(column, raw["of"]))
        mend = "use one of sum, difference, product, ratio, length, or share with of"
        self.fields.wrong(column, "no such operand", mend, ", ".join(raw))
        return _NOTHING

    def _not_zero(self, column: str, operand: Operand) -> Operand:
        if operand.quantity().value > 0:
            return operand
        self.fields.wrong(column, "nothing is a share of zero", "name a claim that is above zero")
        return _NOTHING

    def _selection(self, column: str, raw: Any) -> Selection | None:
        inside = self.fields.inside(raw if isinstance(raw, dict) else {"list": raw})
        claim = None if raw is None else self._claim(column, inside.get("list"))
        if claim is not None and claim.items is None:
            self.fields.wrong(column, "this claim has no list", "name a claim with the key list", claim.key)
        if claim is None or claim.items is None:
            return None
        first = int(inside.number("first", Decimal(0))) or None
        year = str(inside.get("in_year", "") or "")
        without = inside.list("without") if "without" in inside else []
        added = [self._added(inside, entry) for entry in (inside.list("added") if "added" in inside else [])]
        moved = inside.table("moved")
        inside.finish()
        names = {item.name for item in claim.items}
        for name in [*without, *moved]:
            if name not in names:
                inside.wrong(column, f"not in the list of {claim.key}", "name an item of the list", name)
        try:
            spans = {name: span(str(on)) for name, on in moved.items()}
            return Selection(claim, first, span(year) if year else None, frozenset(without), tuple(added), spans)
        except ValueError as error:
            inside.wrong(column, f"not a date: {error}", "write a year, a month or a day")
            return None

    def _added(self, inside: Fields, entry: Any) -> Item:
        if not isinstance(entry, str):
            inside.wrong("added", "not a text", "write the name of the item", entry)
        return Item(str(entry))


def _sum(of: _Referring) -> Body:
    return Comparison(Sum(of.operands("parts")), of.comparing(), of.operand("total"))


def _difference(of: _Referring) -> Body:
    return Comparison(Difference(of.operand("first"), of.operands("less")), of.comparing(), of.operand("result"))


def _product(of: _Referring) -> Body:
    return Comparison(Product(of.operands("factors")), of.comparing(), of.operand("result"))


def _ratio(of: _Referring) -> Body:
    return Comparison(Ratio(of.operand("over"), of.divisor("under")), of.comparing(), of.operand("result"))


def _share_of(of: _Referring) -> Body:
    return SharePrinted(of.operand("part"), of.divisor("whole"), of.operand("share"))


def _complete(of: _Referring) -> Body:
    whole = of.divisor("whole") if "whole" in of.fields else None
    if whole is not None and not (isinstance(whole, Stated) and whole.claim.is_single):
        of.fields.wrong("whole", "not an exact count", "name a claim of unit count that is exact, or leave it out")
        whole = None
    return Complete(of.operands("shares"), whole)


def _subset(of: _Referring) -> Body:
    return Comparison(of.operand("part"), "at_most", of.operand("whole"))


def _each_at_most(of: _Referring) -> Body:
    return EachAtMost(of.operands("parts"), of.operand("whole"))


def _compared(of: _Referring) -> Body:
    return Comparison(of.operand("left"), of.comparing(), of.operand("right"))


def _count_of_list(of: _Referring) -> Body | None:
    selection, count = of.selection("list"), of.operand("count")
    return None if selection is None else Comparison(count, of.comparing(), Length(selection))


def _same_quantity(of: _Referring) -> Body | None:
    stated = of.stated("claims")
    if len(stated) < 2 or len({claim.unit for claim in stated}) > 1:
        of.fields.wrong("claims", "not two or more claims in one unit", "name the claims that state it")
        return None
    return SameQuantity(stated)


def _lists(comparing: Any) -> Callable[[_Referring], Body | None]:
    def read(of: _Referring) -> Body | None:
        left, right = of.selection("left"), of.selection("right")
        return None if left is None or right is None else SameLists(left, comparing, right)

    return read


def _order(of: _Referring) -> Body | None:
    if "list" in of.fields:
        selection = of.selection("list")
        return None if selection is None else Ascending(selection)
    dated = [of.dated("claims", key) for key in of.fields.list("claims")]
    return Ascending(None, tuple(claim for claim in dated if claim is not None))


def _within(of: _Referring) -> Body | None:
    inner, outer = of.dated("inner"), of.dated("outer")
    return None if inner is None or outer is None else Within(inner, outer)


def _date_in_year(of: _Referring) -> Body | None:
    inner, year = of.dated("date"), of.fields.span("year")
    return None if inner is None else Within(inner, year)


def _told_in(of: _Referring) -> Body:
    stated, place = of.stated("claims"), of.fields.text("place")
    again = frozenset(claim.restates for claim in of._claims.values() if f"{claim.source} ".startswith(f"{place} "))
    return ToldIn(stated, place, again)


#: Each kind of relation and how its keys are read.
KINDS: Final[Mapping[str, Callable[[_Referring], Body | None]]] = MappingProxyType(
    {
        "sum": _sum,
        "difference": _difference,
        "product": _product,
        "ratio": _ratio,
        "share_of": _share_of,
        "complete": _complete,
        "subset": _subset,
        "each_at_most": _each_at_most,
        "compared": _compared,
        "count_of_list": _count_of_list,
        "same_quantity": _same_quantity,
        "same_items": _lists("same"),
        "among": _lists("among"),
        "disjoint": _lists("disjoint"),
        "order": _order,
        "within": _within,
        "date_in_year": _date_in_year,
        "told_in": _told_in,
    }
)


def _check_once(fields: Fields, body: Body | None) -> None:
    """Interval arithmetic takes each use of a claim for a value of its own, so a rounded one may be used once only."""
    used = [claim.key for claim in body.claims() if claim.is_number and not claim.is_single] if body else []
    for key in sorted({key for key in used if used.count(key) > 1}):
        fields.wrong("kind", "a rounded number stands in it twice", "state it so that each stands once", key)


def _check_units(fields: Fields, body: Body | None) -> None:
    if not isinstance(body, Comparison):
        return
    units = [side.quantity().unit for side in (body.left, body.right)]
    one, two = ("count" if unit in WHOLE_UNITS else unit for unit in units)
    if one and two and one != two:
        fields.wrong("kind", "its two sides are in different units", "compare like with like", f"{one} and {two}")
