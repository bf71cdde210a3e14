"""Whether a parsed text mentions only what exists: figures, their columns, tables, charts, parameters."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from colonnade.core.problems import Problem
from colonnade.reporting.text.expressions import SIGNATURES, VARIES
from colonnade.reporting.text.nodes import (
    CHART_KINDS,
    TOTAL,
    BlockSource,
    Call,
    ChartSource,
    Choice,
    Condition,
    Each,
    HeadingSource,
    ItemsSource,
    ParagraphSource,
    Parameter,
    Reference,
    TableSource,
    Template,
    TextSource,
    WhenSource,
)

_COUNT: Final = re.compile(r"[1-9]\d*")
_NUMBER: Final = re.compile(r"\d+(\.\d+)?")

#: figure key -> the names of its columns, none for a single value.
KnownFigures = Mapping[str, frozenset[str]]


@dataclass(slots=True)
class Mentions:
    """What the texts of a report mention, in order of first mention."""

    figures: dict[str, None] = field(default_factory=dict)
    parameters: dict[str, None] = field(default_factory=dict)


def check_texts(
    texts: Iterable[TextSource], known: KnownFigures, parameters: Iterable[str]
) -> tuple[Mentions, list[Problem]]:
    """Every figure and parameter that the texts mention, and a problem for each that does not exist."""
    sources = list(texts)
    checker = _Checker(known, frozenset(parameters))
    for text in sources:
        checker.file = text.file
        checker.names(text.blocks)
    for text in sources:
        checker.file = text.file
        for block in _all_blocks(text.blocks):
            checker.block(block)
    return checker.mentions, checker.problems


def _all_blocks(blocks: Iterable[BlockSource]) -> Iterator[BlockSource]:
    for block in blocks:
        yield block
        if isinstance(block, WhenSource):
            yield from _all_blocks(block.blocks)


class _Checker:
    def __init__(self, known: KnownFigures, parameters: frozenset[str]) -> None:
        self.known, self.parameters = known, parameters
        self.file = ""
        self.problems: list[Problem] = []
        self.mentions = Mentions()
        self.declared: dict[str, set[str]] = {"table": set(), "chart": set()}

    def wrong(self, line: int, value: str, message: str, mend: str) -> None:
        self.problems.append(Problem(self.file, line, None, value, message, mend))

    def names(self, blocks: Iterable[BlockSource]) -> None:
        for block in _all_blocks(blocks):
            if isinstance(block, TableSource | ChartSource):
                kind = "table" if isinstance(block, TableSource) else "chart"
                if block.name in self.declared[kind]:
                    self.wrong(block.line, block.name, f"two {kind}s have this name", "give one '  name: ...'")
                self.declared[kind].add(block.name)

    def block(self, block: BlockSource) -> None:
        if isinstance(block, HeadingSource | ParagraphSource):
            self.template(block.text, frozenset())
        elif isinstance(block, WhenSource):
            self.condition(block.condition, frozenset())
        elif isinstance(block, ItemsSource):
            columns = self.figure(block.key, block.line)
            self.settings(block.key, columns, block.options, ("sort", "with"), block.line)
            self.template(block.text, columns)
        elif isinstance(block, TableSource):
            self.table(block)
        else:
            self.chart(block)

    def table(self, block: TableSource) -> None:
        columns = self.figure(block.key, block.line)
        self.settings(block.key, columns, block.settings, ("columns", "sort"), block.line)
        if "pivot" in block.settings:
            spread = {"pivot": block.settings["pivot"].replace(" by ", ",")}
            self.settings(block.key, columns, spread, ("pivot",), block.line)
        for side in ("right", "bottom"):
            key, _, measure = block.settings.get(side, "").partition(" ")
            if key:
                self.settings(key, self.figure(key, block.line), {side: measure}, (side,), block.line)
        self.template(block.caption, frozenset())
        self.template(block.note, frozenset())

    def settings(
        self, key: str, columns: frozenset[str], settings: Mapping[str, str], names: Iterable[str], line: int
    ) -> None:
        """The columns that some settings name, and a ``limit`` or ``rank`` that must be a number."""
        for setting in names:
            for name in filter(None, (part.strip() for part in settings.get(setting, "").split(","))):
                if columns and name not in columns:
                    self.column(key, name, line)
        for setting in ("limit", "rank"):
            if setting in settings and not _COUNT.fullmatch(settings[setting]):
                self.wrong(line, settings[setting], f"{setting} is not a number above zero", "write 1 or more")

    def chart(self, block: ChartSource) -> None:
        columns = self.figure(block.key, block.line)
        self.template(block.caption, frozenset())
        named = ("category", "series", "measure", "measures", "also", "sort")
        settings = {name: value for name, value in block.settings.items() if (name, value) != ("sort", TOTAL)}
        self.settings(block.key, columns, settings, named, block.line)
        kind = settings.get("kind", "")
        if kind and kind not in CHART_KINDS:
            self.wrong(block.line, kind, "no such kind of chart", f"use one of: {', '.join(CHART_KINDS)}")
        if not {"measure", "measures"} & settings.keys():
            self.wrong(block.line, block.key, "the chart has nothing to measure", "add '  measure: COLUMN'")
        if "target" in settings and not _NUMBER.fullmatch(settings["target"]):
            self.wrong(block.line, settings["target"], "the target is not a number", "write 15")
        table = block.settings.get("table", block.key)
        if table not in self.declared["table"]:
            self.wrong(block.line, table, "the chart has no table beside it", "add ::table, or set '  table: NAME'")

    def figure(self, key: str, line: int) -> frozenset[str]:
        if key not in self.known:
            self.wrong(line, key, "no such figure", "use a key of the figures library")
            return frozenset()
        self.mentions.figures.setdefault(key)
        return self.known[key]

    def column(self, key: str, name: str, line: int) -> None:
        known = ", ".join(sorted(self.known[key]))
        self.wrong(line, name, f"figure {key} has no such column", f"use one of: {known}")

    def template(self, template: Template, scope: frozenset[str]) -> None:
        for node in template:
            if isinstance(node, Reference):
                self.reference(node, scope)
            elif isinstance(node, Parameter):
                self.parameter(node)
            elif isinstance(node, Call):
                self.call(node, scope)
            elif isinstance(node, Each):
                columns = self.figure(node.key, node.line)
                self.settings(node.key, columns, node.options, ("sort", "with"), node.line)
                self.template(node.body, scope | columns)
            elif isinstance(node, Choice):
                self.condition(node.condition, scope)
                self.template(node.then, scope)
                self.template(node.otherwise, scope)

    def parameter(self, node: Parameter) -> None:
        if node.name not in self.parameters:
            known = ", ".join(f"@{name}" for name in sorted(self.parameters))
            self.wrong(node.line, f"@{node.name}", "no such parameter", f"use one of: {known}")
        self.mentions.parameters.setdefault(node.name)

    def reference(self, node: Reference, scope: frozenset[str]) -> None:
        if node.key in scope and not node.dimensions and node.measure is None:
            return
        columns = self.figure(node.key, node.line)
        if node.key not in self.known:
            return
        if columns and node.measure is None:
            self.wrong(node.line, node.key, "a table figure needs a place", "write {KEY dimension=code measure}")
        if not columns and node.measure is not None:
            self.wrong(node.line, node.key, "a single value has no cells", f"write {{{node.key}}}")
        if columns:
            names = [name for name, _ in node.dimensions] + ([node.measure] if node.measure else [])
            for name in names:
                if name not in columns:
                    self.column(node.key, name, node.line)

    def call(self, node: Call, scope: frozenset[str]) -> None:
        columns: frozenset[str] = frozenset()
        for kind, argument in zip(SIGNATURES[node.name], node.arguments, strict=True):
            if isinstance(argument, Reference):
                self.reference(argument, scope)
            elif kind == "figure":
                columns = self.figure(str(argument), node.line)
            elif kind == "column" and columns and argument not in columns:
                self.column(str(node.arguments[0]), str(argument), node.line)
            elif kind == "name" and argument not in self.declared[node.name]:
                self.wrong(node.line, str(argument), f"no {node.name} has this name", f"add ::{node.name}, or mend it")
        if columns:
            self.settings(str(node.arguments[0]), columns, node.options, ("show",), node.line)

    def condition(self, condition: Condition, scope: frozenset[str]) -> None:
        for term in condition:
            if term.operator == VARIES and isinstance(term.left, Reference) and term.left.measure:
                columns = self.figure(term.left.key, term.left.line)
                if term.left.key in self.known and term.left.measure not in columns:
                    self.column(term.left.key, term.left.measure, term.left.line)
                continue
            for side in (term.left, term.right):
                if isinstance(side, Parameter):
                    self.parameter(side)
                elif isinstance(side, Reference) and not (side.key in scope and side.measure is None):
                    if side.measure is None and not side.dimensions:
                        self.figure(side.key, side.line)
                    else:
                        self.reference(side, scope)
