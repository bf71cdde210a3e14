"""Parses a text file of a report into its blocks. Collects every problem it meets; evaluates nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from colonnade.core.problems import Problem
from colonnade.reporting.document import Style
from colonnade.reporting.text.inline import parse_condition, parse_text
from colonnade.reporting.text.nodes import (
    BlockSource,
    ChartSource,
    Condition,
    HeadingSource,
    ItemsSource,
    ParagraphSource,
    TableSource,
    Template,
    TextSource,
    WhenSource,
)

TABLE_SETTINGS: Final = frozenset(
    {"name", "caption", "note", "columns", "titles", "pivot", "right", "bottom", "limit", "sort", "order"}
)
CHART_SETTINGS: Final = frozenset(
    {
        "name", "caption", "kind", "category", "measure", "measures", "series", "also", "table", "limit", "sort",
        "colours", "target", "target_label",
    }
)  # fmt: skip
ITEM_SETTINGS: Final = frozenset({"text", "sort", "limit", "with", "only"})
_SETTINGS: Final[Mapping[str, frozenset[str]]] = {
    "table": TABLE_SETTINGS,
    "chart": CHART_SETTINGS,
    "items": ITEM_SETTINGS,
}
#: Settings without which a directive says too little.
_REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "table": ("caption",),
    "chart": ("caption", "kind", "category"),
    "items": ("text",),
}

_DIRECTIVE: Final = re.compile(r"::(\w+)\s*(.*)")
_SETTING: Final = re.compile(r"\s+([a-z_]+):\s*(.*)")
_HEADING: Final = re.compile(r"(#{1,3})\s+(.+)")
_KEY: Final = re.compile(r"[a-z][a-z0-9_]*")
#: What ends a paragraph without a blank line. A note begins after one: a wrapped condition may begin with ``>``.
_MARGIN_SIGNS: Final = ("#", "- ", "%", "::")


@dataclass(slots=True)
class _Open:
    """A ``::when`` that waits for its ``::end``, or the file itself."""

    condition: Condition
    line: int
    blocks: list[BlockSource] = field(default_factory=list)


class _Reader:
    def __init__(self, file: str, source: str) -> None:
        self.file = file
        self.lines = source.split("\n")
        self.at = self.level = 0
        self.problems: list[Problem] = []
        self.open = [_Open((), 0)]

    def wrong(self, line: int, value: str, message: str, mend: str) -> None:
        self.problems.append(Problem(self.file, line, None, value, message, mend))

    def text(self, source: str, line: int) -> Template:
        template, problems = parse_text(source, self.file, line)
        self.problems += problems
        return template

    def add(self, block: BlockSource) -> None:
        self.open[-1].blocks.append(block)

    def read(self) -> None:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip() or line.startswith("%"):
                self.at += 1
            elif line.startswith("::"):
                self.directive(line)
            elif line.startswith("#"):
                self.heading(line)
            elif line[0].isspace():
                self.wrong(self.at + 1, line.strip()[:40], "an indented line that belongs to nothing", "move it left")
                self.at += 1
            else:
                self.paragraph(line)
        for unclosed in self.open[1:]:
            self.wrong(unclosed.line, "::when", "a ::when without its ::end", "add ::end where it stops")

    def heading(self, line: str) -> None:
        match = _HEADING.fullmatch(line.rstrip())
        self.at += 1
        if match is None:
            self.wrong(self.at, line, "not a heading", "write one to three # signs, a blank and the words")
            return
        if len(match[1]) > self.level + 1:
            self.wrong(self.at, match[1], "a heading more than one level below the one before", "leave out no level")
        self.level = len(match[1])
        self.add(HeadingSource(len(match[1]), self.text(match[2], self.at), self.at))

    def paragraph(self, line: str) -> None:
        first = self.at + 1
        style = {"- ": Style.ITEM, "> ": Style.NOTE}.get(line[:2], Style.BODY)
        parts = [line[2:] if style is not Style.BODY else line]
        self.at += 1
        while self.at < len(self.lines) and self.lines[self.at].strip():
            if self.lines[self.at].startswith(_MARGIN_SIGNS):
                break
            parts.append(self.lines[self.at])
            self.at += 1
        self.add(ParagraphSource(self.text("\n".join(parts), first), style, first))

    def directive(self, line: str) -> None:
        match = _DIRECTIVE.fullmatch(line.strip())
        self.at += 1
        name, rest = (match[1], match[2].strip()) if match else ("", "")
        if name == "when":
            condition, problems = parse_condition(rest, self.file, self.at)
            self.problems += problems
            self.open.append(_Open(condition, self.at))
        elif name == "end" and len(self.open) > 1:
            closed = self.open.pop()
            self.add(WhenSource(closed.condition, tuple(closed.blocks), closed.line))
        elif name == "end":
            self.wrong(self.at, line, "an ::end without its ::when", "remove it, or open a ::when above")
        elif name in _SETTINGS:
            self.figure(name, rest)
        else:
            self.wrong(self.at, line, "not a directive", "use ::table, ::chart, ::items, ::when or ::end")

    def figure(self, directive: str, key: str) -> None:
        line = self.at
        settings = self.settings(directive)
        if not _KEY.fullmatch(key):
            self.wrong(line, key, "not a figure's key", f"write ::{directive} and the key of a figure")
        for required in _REQUIRED[directive]:
            if required not in settings:
                self.wrong(line, directive, f"the setting {required!r} is missing", f"add '  {required}: ...' below")
        caption = self.text(settings.get("caption", ""), line)
        name = settings.get("name", key)
        if directive == "table":
            self.add(TableSource(key, name, caption, self.text(settings.get("note", ""), line), settings, line))
        elif directive == "chart":
            self.add(ChartSource(key, name, caption, settings, line))
        else:
            self.add(ItemsSource(key, self.text(settings.get("text", ""), line), settings, line))

    def settings(self, directive: str) -> dict[str, str]:
        """The indented lines below: ``name: value``. A line indented further continues the value above it."""
        settings: dict[str, str] = {}
        last = ""
        while self.at < len(self.lines) and self.lines[self.at][:1].isspace() and self.lines[self.at].strip():
            line = self.lines[self.at]
            self.at += 1
            match = _SETTING.fullmatch(line.rstrip())
            if match is None or (last and line.startswith("    ")):
                if last:
                    settings[last] += " " + line.strip()
                else:
                    self.wrong(self.at, line.strip()[:40], "not a setting", "write 'name: value'")
                continue
            last = match[1]
            if last not in _SETTINGS[directive]:
                known = ", ".join(sorted(_SETTINGS[directive]))
                self.wrong(self.at, last, f"::{directive} has no such setting", f"use one of: {known}")
            elif last in settings:
                self.wrong(self.at, last, "the setting is given twice", "keep one")
            settings[last] = match[2]
        return settings


def parse_blocks(source: str, file: str) -> tuple[TextSource, list[Problem]]:
    """The blocks of a text file, and all problems met. With problems, the blocks are what could be read."""
    reader = _Reader(file, source)
    reader.read()
    return TextSource(file, tuple(reader.open[0].blocks)), reader.problems
