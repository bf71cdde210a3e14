"""A report as plain data: what every renderer (HTML, Word, PDF, Excel) receives, and all it receives.

:mod:`colonnade.reporting.compose` builds a :class:`Document` from a report's text and its figure results; renderers
turn it into files. A value in the text keeps the key of its figure, so that each renderer can link it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from colonnade.analysis.figures.result import FigureResult


@dataclass(frozen=True, slots=True)
class Text:
    """A run of words."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A number in running text, as displayed, with the figure it comes from.

    ``tag`` identifies it inside the document: the figure's key, followed for a cell of a table figure by its place,
    as in ``projects_by_pillar/pillar=I/share``.
    """

    figure: str
    tag: str
    text: str


Inline = Text | Value


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 1 to 3; ``anchor`` is unique in the document and safe in a URL fragment."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``number`` is the paragraph's number, as United Nations documents print it; ``None`` for an unnumbered one."""

    inlines: tuple[Inline, ...]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class TableCell:
    """``text`` as displayed. ``tag`` is set on a number, and identifies it as :class:`Value` does."""

    text: str
    tag: str = ""

    @property
    def is_number(self) -> bool:
        return bool(self.tag)


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A numbered, captioned table. The last ``total_rows`` rows are totals. ``note`` states units, base, doubts."""

    number: int
    caption: str
    figure: str
    anchor: str
    header: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    total_rows: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A numbered, captioned chart; its numbers stand in the table whose number is ``table_number``.

    ``spec`` is a complete Vega-Lite specification with its data inside; ``svg`` and ``png`` are the same, rendered.
    ``alt`` says in words what the chart shows.
    """

    number: int
    caption: str
    figure: str
    anchor: str
    alt: str
    spec: Mapping[str, object]
    svg: str
    png: bytes
    table_number: int


Block = Heading | Paragraph | TableBlock | ChartBlock


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report, ready to be set.

    ``banner`` is printed at the head and on each page where the records are illustrative or the audience is not the
    public; empty otherwise. ``figures`` is every figure used, in the order of first use: renderers close with an annex
    that gives each one's definition, source, number of records and SQL. ``records`` gives, per figure, a header row
    and up to ``records_limit`` records, for the workbook.
    """

    name: str
    title: str
    subtitle: str
    symbol: str
    date: str
    language: str
    audience: str
    as_of: str
    snapshot: str
    banner: str
    blocks: tuple[Block, ...]
    figures: tuple[FigureResult, ...]
    records: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
