"""Reads ``claims.toml``: the document, its claims and the relations between them.

Nothing is taken from a file that has anything wrong: every error is collected with its line, key and mend, and raised
together. Numbers are read as decimals, so that a number keeps the precision it is printed with: 238.9 (million) is
rounded to tenths, 51 (per cent) to whole per cent. Counts and unscaled amounts of money are exact, unless
``rounded_to`` says otherwise. A list may stand in the file or in a column of one of the pack's CSV files beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from colonnade.core.problems import ProblemsFound
from colonnade.reporting.claims.intervals import Interval
from colonnade.reporting.claims.lists import read_items
from colonnade.reporting.claims.model import (
    DATE,
    LIST,
    QUALIFIERS,
    SCALES,
    UNITS,
    WHOLE_UNITS,
    Answer,
    Claim,
    Published,
    with_unit,
)
from colonnade.reporting.claims.reading import Fields, Source
from colonnade.reporting.claims.relation_loading import read_relations
from colonnade.reporting.claims.relations import Relation


@dataclass(frozen=True, slots=True)
class Claims:
    """What one file states: the document, its claims by key, and the relations, all in the order of the file."""

    file: str
    published: Published
    claims: Mapping[str, Claim]
    relations: tuple[Relation, ...]


def load_claims(path: Path) -> Claims:
    """The claims in the file at ``path``. Raises ``ProblemsFound`` with everything that is wrong with it."""
    source = Source.read(path)
    tables = source.tables()
    published = _published(Fields(source, "document", 0, tables.get("document", {})))
    claims: dict[str, Claim] = {}
    for place, table in enumerate(source.array(tables, "claim")):
        fields = Fields(source, "claim", place, table)
        claim = _claim(fields, published, path.parent)
        if claim.key in claims:
            fields.wrong("key", "this key stands twice", "give one of the two another key")
        claims[claim.key] = claim
        fields.finish()
    for unknown in sorted(tables.keys() - {"document", "claim", "relation"}):
        source.wrong(None, unknown, "", "not a table of this file", "use [document], [[claim]] or [[relation]]")
    relations = read_relations(source, source.array(tables, "relation"), claims)
    _check_restatements(source, claims)
    if source.problems:
        raise ProblemsFound(source.problems)
    return Claims(path.name, published, claims, relations)


def _published(fields: Fields) -> Published:
    symbol, title = fields.text("symbol"), fields.text("title")
    dated = fields.span("dated")
    fields.finish()
    return Published(symbol, title, dated)


def _claim(fields: Fields, published: Published, folder: Path) -> Claim:
    key = fields.key("key")
    source, counts = fields.text("source"), fields.text("counts")
    if not source.startswith(f"{published.symbol} "):
        fields.wrong("source", "not a place in the document", f"write it as {published.symbol} para. 12")
    unit = fields.choice("unit", sorted(UNITS))
    note, restates, of = fields.text("note", ""), fields.text("restates", ""), fields.text("of", "")
    items = read_items(fields, folder) if "list" in fields else None
    answer = _answer(fields)
    shared: dict[str, Any] = {
        "key": key, "source": source, "counts": counts, "unit": unit, "row": fields.row(), "items": items,
        "note": note, "restates": restates, "of": of, "answer": answer,
    }  # fmt: skip
    if unit == LIST:
        if items is None:
            fields.wrong("list", "a claim of unit list has none", "give the items that the document prints")
        return Claim(**shared, printed=f"{len(items or ())} listed")
    if unit == DATE:
        when = fields.span("value", "until")
        return Claim(**shared, span=when, printed=str(when))
    return _number(fields, unit, shared)


def _number(fields: Fields, unit: str, shared: Mapping[str, Any]) -> Claim:
    printed = fields.number("value")
    qualifier = fields.choice("qualifier", list(QUALIFIERS), "exact")
    scale_name = fields.choice("scale", list(SCALES), "")
    scale = SCALES[scale_name]
    rounded_to = fields.number("rounded_to", Decimal(0))
    if printed < 0:
        fields.wrong("value", "below zero", "state the amount, and in counts what it is an amount of")
    if unit == "per cent":
        if printed > 100:
            fields.wrong("value", "a share above 100", "state a share of the whole, at most 100")
        if not shared["of"]:
            fields.wrong("of", "a percentage without its whole", "say what it is a share of")
    if qualifier == "about" and not rounded_to:
        fields.wrong("rounded_to", "nobody can tell how rough 'about' is", "say to what the number was rounded")
    if unit in WHOLE_UNITS and scale == 1 and printed != printed.to_integral_value():
        fields.wrong("value", "a count that is not whole", "count whole things")
    step = Fraction(rounded_to) if rounded_to else _last_digit(printed, unit, scale)
    value = Fraction(printed) * scale
    interval = meant(value, step * scale, qualifier)
    return Claim(
        **shared,
        value=value,
        interval=interval.whole_numbers() if unit in WHOLE_UNITS else interval,
        qualifier=qualifier,
        printed=QUALIFIERS[qualifier] + _as_printed(printed, unit, scale_name),
    )


def meant(value: Fraction, step: Fraction, qualifier: str) -> Interval:
    """What a number, printed in steps of ``step`` (0 where it is exact), may stand for under its qualifier."""
    match qualifier:
        case "more_than":
            return Interval(value, None, low_open=True)
        case "at_least":
            return Interval(value, None)
        case "less_than":
            return Interval(Fraction(0), value, high_open=True)
        case "at_most":
            return Interval(Fraction(0), value)
    return Interval.rounded(value, step / 2)


def _last_digit(printed: Decimal, unit: str, scale: int) -> Fraction:
    if scale == 1 and unit != "per cent" and printed == printed.to_integral_value():
        return Fraction(0)
    exponent = printed.as_tuple().exponent
    return Fraction(10) ** min(int(exponent), 0)


def _as_printed(printed: Decimal, unit: str, scale: str) -> str:
    if not scale:
        return with_unit(Fraction(printed), unit, 6)
    text = f"{printed:,} {scale}"
    return f"${text}" if unit == "USD" else f"{text}%" if unit == "per cent" else text


def _answer(fields: Fields) -> Answer | None:
    parameters, cell = fields.table("parameters"), fields.table("cell")
    figure = fields.text("figure", "")
    if not figure:
        if parameters or cell:
            fields.wrong("figure", "parameters or a cell, and no figure", "name the figure that answers the claim")
        return None
    return Answer(figure, dict(parameters), {name: str(code) for name, code in cell.items()})


def _check_restatements(source: Source, claims: Mapping[str, Claim]) -> None:
    for claim in claims.values():
        first = claims.get(claim.restates)
        if not claim.restates:
            continue
        mend = "name the claim that states the quantity first"
        if first is None:
            source.wrong(claim.row, "restates", claim.restates, "no claim has this key", mend)
        elif first.unit != claim.unit or first.unit == LIST:
            source.wrong(claim.row, "restates", claim.restates, "a claim in another unit", mend)
