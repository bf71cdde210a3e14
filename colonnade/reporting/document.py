"""A report as plain data: what every renderer (HTML, Word, PDF, Excel) receives, and all it receives.

:mod:`colonnade.reporting.compose` builds a :class:`Document` from a report's text and its figure results, and
:mod:`colonnade.reporting.briefs` a short one from the numbers of one place; renderers turn it into files. A value in
the text keeps the key of its figure, so that each renderer can link it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from colonnade.analysis.figures.result import Cell, FigureResult, Number


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
    as in ``projects_by_pillar/pillar=I/share`` (:mod:`colonnade.reporting.tags`).
    """

    figure: str
    tag: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to another place of the document: ``anchor`` is that of a table, a chart or a heading."""

    text: str
    anchor: str


Inline = Text | Value | Link


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 1 to 3; ``number`` is printed before the text (``I.``, ``A.``, ``1.``), and may be empty.

    ``anchor`` is unique in the document and safe in a URL fragment. ``new_page``: in files of pages it begins one.
    """

    level: int
    text: str
    anchor: str
    number: str = ""
    new_page: bool = False


class Style(StrEnum):
    """How a paragraph is set: running text, an item of a lettered list, or a note set apart from the text."""

    BODY = "body"
    ITEM = "item"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``number`` is the paragraph's number, as United Nations documents print it; ``None`` for an unnumbered one.

    ``marker`` is the letter of an item: ``(a)``.
    """

    inlines: tuple[Inline, ...]
    number: int | None = None
    style: Style = Style.BODY
    marker: str = ""

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(inline.text for inline in self.inlines)


@dataclass(frozen=True, slots=True)
class TableCell:
    """``text`` as displayed. ``tag`` is set on a number, and identifies it as :class:`Value` does.

    ``value`` is the exact number behind the text, in base units of ``unit``; the workbook writes it. ``figure`` is the
    key of its figure, which differs from the table's own in margins taken from other figures.
    """

    text: str
    tag: str = ""
    figure: str = ""
    value: Number | None = None
    unit: str = ""

    @property
    def is_number(self) -> bool:
        return bool(self.tag)


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A numbered, captioned table. The last ``total_rows`` rows are totals. ``note`` states units, base, doubts.

    ``numeric`` says, per column, whether it holds numbers (and is set to the right). In a brief tables have no number
    (0) and stand right under their heading. ``strip`` marks a row of headline numbers, which are set large.
    """

    number: int
    caption: str
    figure: str
    anchor: str
    header: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    numeric: tuple[bool, ...]
    total_rows: int = 0
    note: str = ""
    strip: bool = False


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A numbered, captioned chart; its numbers stand in the table whose number is ``table_number``.

    ``spec`` is a complete Vega-Lite specification with its data inside; ``svg`` is the same, drawn, ``width`` and
    ``height`` its size in pixels. ``alt`` says in words what the chart shows. Where it is not drawn yet, ``svg`` is
    empty and the height is about right; ``title`` and the fills that get a texture, ``textured``, are kept for that.
    """

    number: int
    caption: str
    figure: str
    anchor: str
    alt: str
    spec: Mapping[str, object]
    svg: str
    width: int
    height: int
    table_number: int
    table_anchor: str
    title: str = ""
    textured: tuple[str, ...] = ()


Block = Heading | Paragraph | TableBlock | ChartBlock


@dataclass(frozen=True, slots=True)
class Records:
    """Records behind a figure, as the workbook lists them: a header, up to the limit's rows, and how many there are."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int


class Form(StrEnum):
    """How a document is set: a report with contents and an annex of definitions, a brief of two pages, a letter."""

    REPORT = "report"
    BRIEF = "brief"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report, ready to be set.

    ``masthead`` is the lines at the head of the first page (distribution, date, language). ``summary`` stands before
    the contents. Where the records are illustrative or the audience is not the public, ``banner`` is printed at the
    head and ``running_banner``, its short form, on each page; else both are empty. ``figures`` is every figure used, in
    the order of first use: renderers close with an annex that gives each one's definition, source, number of records
    and SQL. ``records`` gives, per figure, records for the workbook.
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
    masthead: tuple[str, ...] = ()
    summary: tuple[Paragraph, ...] = ()
    running_banner: str = ""
    records: Mapping[str, Records] = field(default_factory=dict)
    form: Form = Form.REPORT

    @property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Heading))

    @property
    def tables(self) -> tuple[TableBlock, ...]:
        return tuple(block for block in self.blocks if isinstance(block, TableBlock))

    @property
    def charts(self) -> tuple[ChartBlock, ...]:
        return tuple(block for block in self.blocks if isinstance(block, ChartBlock))


def paragraph_ranges(blocks: tuple[Block, ...]) -> dict[str, tuple[int, int]]:
    """For each heading's anchor, the first and last paragraph number under it; headings without any are left out."""
    ranges: dict[str, tuple[int, int]] = {}
    open_headings: list[Heading] = []
    for block in blocks:
        if isinstance(block, Heading):
            open_headings = [heading for heading in open_headings if heading.level < block.level] + [block]
        elif isinstance(block, Paragraph) and block.number is not None:
            for heading in open_headings:
                first, _ = ranges.get(heading.anchor, (block.number, block.number))
                ranges[heading.anchor] = (first, block.number)
    return ranges
