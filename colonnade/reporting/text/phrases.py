"""Fills a parsed text with figures: templates in, words and linked values out. Pure.

A text that mentions a number without a value raises :class:`~.lookup.NotReported`; the block it stands in is left out.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Final

from colonnade.analysis.figures.display import display
from colonnade.analysis.figures.result import Number, TableValue
from colonnade.reporting import tags
from colonnade.reporting.document import Inline, Link, Text, Value
from colonnade.reporting.text.expressions import VARIES
from colonnade.reporting.text.lookup import Found, NotReported, Results, Row, chosen_rows, find, rows_of, table_of
from colonnade.reporting.text.nodes import (
    Argument,
    Call,
    Choice,
    Condition,
    Each,
    Parameter,
    Reference,
    Template,
    Term,
    Words,
)
from colonnade.reporting.wording import Wording

_SENTENCE_END: Final = re.compile(r"(?:^|[.!?]|\.\)) *$")
_ABBREVIATION: Final = re.compile(r"\b(?:para|paras|No|Nos|vol|art|arts|sect|sects|p|pp)\. $")


@dataclass(frozen=True, slots=True)
class Place:
    """The number and anchor of a table or chart."""

    number: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Matter:
    """What texts are filled with. ``tables`` and ``charts`` are those that stand in the document, by name.

    ``shown`` are the same results as ``results``, their codes titled for tables and charts instead of sentences.
    """

    results: Results
    shown: Results
    parameters: Mapping[str, str]
    wording: Wording
    tables: Mapping[str, Place] = field(default_factory=dict)
    charts: Mapping[str, Place] = field(default_factory=dict)


def fill(template: Template, matter: Matter, row: Row | None = None) -> tuple[Inline, ...]:
    """The template in words, beginning with a capital letter where it, or a sentence in it, begins with a value."""
    return _capitalised(_fill(template, matter, row))


def plain(template: Template, matter: Matter) -> str:
    """The template as text alone, for headings and captions."""
    return "".join(inline.text for inline in fill(template, matter))


def holds(condition: Condition, matter: Matter, row: Row | None = None) -> bool:
    """Whether every term holds. A comparison with what has no value does not hold."""
    return all(_term(term, matter, row) for term in condition)


def _fill(template: Template, matter: Matter, row: Row | None) -> list[Inline]:
    inlines: list[Inline] = []
    for node in template:
        if isinstance(node, Words):
            inlines.append(Text(node.text, node.bold, node.italic))
        elif isinstance(node, Reference):
            inlines += _reference(node, matter, row)
        elif isinstance(node, Parameter):
            inlines.append(Text(_parameter(node, matter)))
        elif isinstance(node, Call):
            inlines += _FUNCTIONS[node.name](node, matter, row)
        elif isinstance(node, Each):
            inlines += _each(node, matter)
        else:
            inlines += _choice(node, matter, row)
    return inlines


def _choice(node: Choice, matter: Matter, row: Row | None) -> list[Inline]:
    return _fill(node.then if holds(node.condition, matter, row) else node.otherwise, matter, row)


def _parameter(node: Parameter, matter: Matter) -> str:
    text = matter.parameters.get(node.name, "")
    if not text:
        raise NotReported(f"@{node.name}")
    return text


def _reference(node: Reference, matter: Matter, row: Row | None) -> list[Inline]:
    if _of_row(node, row) and row is not None and row.is_dimension(node.key):
        return [Text(_told(row, node.key, matter))]
    found = _found(node, matter, row)
    return [_value(found, _in_words(found, found.value, matter, row))]


def _told(row: Row, dimension: str, matter: Matter) -> str:
    return matter.wording.not_reported if row.cell(dimension) is None else row.label(dimension)


def _of_row(node: Reference, row: Row | None) -> bool:
    return row is not None and node.measure is None and not node.dimensions and row.has(node.key)


def _found(node: Reference, matter: Matter, row: Row | None) -> Found:
    if row is not None and _of_row(node, row):
        return row.found(node.key)
    return find(matter.results, node)


def _value(found: Found, text: str) -> Value:
    return Value(found.figure, found.tag, f"at least {text}" if found.at_least else text)


def _each(node: Each, matter: Matter) -> list[Inline]:
    parts = [_fill(node.body, matter, row) for row in chosen_rows(matter.results, node.key, node.options)]
    if not parts:
        raise NotReported(node.key)
    words = matter.wording.join([f"\x00{place}\x00" for place in range(len(parts))])
    if "sep" in node.options:
        words = node.options["sep"].join(f"\x00{place}\x00" for place in range(len(parts)))
        if "last" in node.options and len(parts) > 1:
            head, tail = words.rsplit(node.options["sep"], 1)
            words = head + node.options["last"] + tail
    inlines: list[Inline] = []
    for place, piece in enumerate(words.split("\x00")):
        if place % 2:
            inlines += parts[int(piece)]
        elif piece:
            inlines.append(Text(piece))
    return inlines


# --- text functions -------------------------------------------------------------------------------------------------


def _number(argument: Argument, matter: Matter, row: Row | None) -> Found:
    if isinstance(argument, Decimal):
        return Found(argument, "", "", "")
    if isinstance(argument, Reference):
        return _found(argument, matter, row)
    raise TypeError(f"{argument!r} is no number")


def _noun(call: Call, matter: Matter, row: Row | None) -> list[Inline]:
    found = _number(call.arguments[0], matter, row)
    return [Text(str(call.arguments[1] if found.value == 1 else call.arguments[2]))]


def _count(call: Call, matter: Matter, row: Row | None) -> list[Inline]:
    found = _number(call.arguments[0], matter, row)
    number = "no" if found.value == 0 and not found.at_least else _in_words(found, found.value, matter, row)
    return [_value(found, number), Text(" "), *_noun(call, matter, row)]


def _in_words(found: Found, value: Number, matter: Matter, row: Row | None) -> str:
    """A number as running text prints it; one of a series of rows in numerals, as its neighbours may be."""
    return display(value, found.unit) if row else matter.wording.number(value, found.unit)


def _numeral(call: Call, matter: Matter, row: Row | None) -> list[Inline]:
    found = _number(call.arguments[0], matter, row)
    return [_value(found, found.displayed)]


def _size(call: Call, matter: Matter, row: Row | None) -> list[Inline]:
    found = _number(call.arguments[0], matter, row)
    return [_value(found, _in_words(found, found.value if found.value >= 0 else -found.value, matter, row))]


def _compare(call: Call, matter: Matter, row: Row | None) -> list[Inline]:
    one, other = (_number(argument, matter, row) for argument in call.arguments[:2])
    place = 2 if one.value < other.value else 4
    if one.value == other.value or (one.unit == other.unit and one.displayed == other.displayed):
        place = 3
    return [Text(str(call.arguments[place]))]


def _ranked(call: Call, matter: Matter, row: Row | None) -> list[Inline]:
    del row  # ranks whole tables, never the row of an ``each``
    key, measure = str(call.arguments[0]), str(call.arguments[1])
    groups = _groups(matter, key, measure)
    if call.name == "smallest":
        groups.reverse()
    rank = int(call.options.get("rank", "1"))
    if rank > len(groups):
        raise NotReported(f"{key}: there is no number {rank}")
    tied = groups[rank - 1]
    show = call.options.get("show")
    if show is not None and not tied[0].is_dimension(show):
        found = tied[0].found(show)
        return [_value(found, matter.wording.number(found.value, found.unit))]
    dimension = show or next(column.name for column in tied[0].columns if column.is_dimension)
    return [Text(matter.wording.join([_told(row, dimension, matter) for row in tied]))]


def _groups(matter: Matter, key: str, measure: str) -> list[list[Row]]:
    """The rows reported, greatest first; those that read the same are one group, in the table's order."""
    rows = [row for row in rows_of(matter.results, key) if row.is_reported and row.cell(measure) is not None]
    ordered = sorted(rows, key=lambda row: row.found(measure).value, reverse=True)
    groups = groupby(ordered, key=lambda row: row.found(measure).displayed)
    return [sorted(group, key=rows.index) for _, group in groups]


def _rows(call: Call, matter: Matter, row: Row | None) -> list[Inline]:
    del row
    result, table = table_of(matter.results, str(call.arguments[0]))
    found = Found(len(table.rows), "count", result.key, tags.rows_tag(result.key))
    return [_value(found, matter.wording.number(found.value, found.unit))]


def _table(call: Call, matter: Matter, row: Row | None) -> list[Inline]:
    del row
    place = _place(matter.tables, call)
    return [Link(_unbroken(matter.wording.table_label(place.number)), place.anchor)]


def _chart(call: Call, matter: Matter, row: Row | None) -> list[Inline]:
    del row
    place = _place(matter.charts, call)
    return [Link(_unbroken(matter.wording.figure_label(place.number)), place.anchor)]


def _unbroken(label: str) -> str:
    """``figure II`` as running text has it, on one line."""
    return (label[0].lower() + label[1:]).replace(" ", "\u00a0")


def _place(places: Mapping[str, Place], call: Call) -> Place:
    place = places.get(str(call.arguments[0]))
    if place is None:
        raise NotReported(str(call.arguments[0]))
    return place


_FUNCTIONS: Final[Mapping[str, Callable[[Call, Matter, Row | None], list[Inline]]]] = {
    "count": _count,
    "noun": _noun,
    "numeral": _numeral,
    "size": _size,
    "compare": _compare,
    "largest": _ranked,
    "smallest": _ranked,
    "rows": _rows,
    "table": _table,
    "chart": _chart,
}


# --- conditions -----------------------------------------------------------------------------------------------------

_TESTS: Final[Mapping[str, Callable[[Decimal, Decimal], bool]]] = {
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
    "!=": lambda one, other: one != other,
}


def _term(term: Term, matter: Matter, row: Row | None) -> bool:
    try:
        met = _test(term, matter, row)
    except NotReported:
        met = False
    return met is not term.negated


def _test(term: Term, matter: Matter, row: Row | None) -> bool:
    if term.operator is None:
        return _has_value(term.left, matter, row)
    if term.operator == VARIES and isinstance(term.left, Reference) and term.left.measure:
        return len(_groups(matter, term.left.key, term.left.measure)) > 1
    if term.operator in {"is", "is not"}:
        left = matter.parameters.get(term.left.name, "") if isinstance(term.left, Parameter) else _code(term.left, row)
        right = matter.parameters.get(term.right.name, "") if isinstance(term.right, Parameter) else str(term.right)
        return (left == right) is (term.operator == "is")
    return _TESTS[term.operator](_operand(term.left, matter, row), _operand(term.right, matter, row))


def _has_value(side: Reference | Parameter, matter: Matter, row: Row | None) -> bool:
    if isinstance(side, Parameter):
        return bool(matter.parameters.get(side.name))
    if row is not None and _of_row(side, row):
        return row.cell(side.key) is not None
    result = matter.results.get(side.key)
    if side.measure is None and result is not None and isinstance(result.value, TableValue):
        return bool(result.value.rows)
    return find(matter.results, side) is not None


def _code(reference: Reference, row: Row | None) -> str:
    if row is None or not row.has(reference.key):
        raise NotReported(reference.key)
    return str(row.cell(reference.key) if row.cell(reference.key) is not None else tags.NOT_REPORTED)


def _operand(side: Reference | Parameter | Decimal | str | None, matter: Matter, row: Row | None) -> Decimal:
    if isinstance(side, Reference):
        return Decimal(_found(side, matter, row).value)
    if isinstance(side, Parameter):
        return Decimal(_parameter(side, matter))
    return Decimal(side or 0)


# --- capitals -------------------------------------------------------------------------------------------------------


def _capitalised(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """Sentences begin with a capital, also where a computed word begins them; no blank is doubled or left over."""
    result: list[Inline] = []
    before = ""
    for inline in _tidied(inlines):
        begins = _SENTENCE_END.search(before) is not None and _ABBREVIATION.search(before) is None
        if begins and inline.text[:1].islower() and (not before or before.endswith(" ")):
            upper = inline.text[0].upper() + inline.text[1:]
            if isinstance(inline, Text):
                inline = Text(upper, inline.bold, inline.italic)
            elif isinstance(inline, Link):
                inline = Link(upper, inline.anchor)
            else:
                inline = Value(inline.figure, inline.tag, upper)
        result.append(inline)
        before = (before + inline.text)[-16:]
    return tuple(result)


def _tidied(inlines: Sequence[Inline]) -> list[Inline]:
    """Without the blanks that a choice with nothing to say leaves behind."""
    result: list[Inline] = []
    for inline in inlines:
        blank_before = not result or result[-1].text.endswith(" ")
        if isinstance(inline, Text) and blank_before:
            inline = Text(inline.text.lstrip(" "), inline.bold, inline.italic)
        if inline.text:
            result.append(inline)
    while result and isinstance(result[-1], Text) and result[-1].text.endswith(" "):
        last = result.pop()
        trimmed = last.text.rstrip(" ")
        if trimmed and isinstance(last, Text):
            result.append(Text(trimmed, last.bold, last.italic))
    return result
