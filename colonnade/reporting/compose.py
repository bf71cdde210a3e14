"""Composes a :class:`Document` from a report's texts and its figure results. Reads no database and runs no query.

Two passes: the first decides which tables and charts stand in the document and numbers them, so that the second can
fill the texts that refer to them. What mentions a number that was not reported is left out, and then headings with
nothing under them; numbers run on without a gap.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from colonnade.analysis.figures.definition import library
from colonnade.analysis.figures.result import FigureResult
from colonnade.reporting.charts import build_chart
from colonnade.reporting.charts.model import build_model
from colonnade.reporting.charts.sketch import sketch_chart
from colonnade.reporting.document import (
    Block,
    ChartBlock,
    Document,
    Heading,
    Paragraph,
    Records,
    Style,
    TableBlock,
    Text,
    Value,
)
from colonnade.reporting.folder import Report
from colonnade.reporting.tables import build_table
from colonnade.reporting.text.lookup import NotReported, chosen_rows
from colonnade.reporting.text.nodes import (
    BlockSource,
    ChartSource,
    HeadingSource,
    ItemsSource,
    ParagraphSource,
    TableSource,
    WhenSource,
)
from colonnade.reporting.text.phrases import Matter, Place, fill, holds, plain
from colonnade.reporting.wording import letter, roman, wording


@dataclass(frozen=True, slots=True)
class Setting:
    """What a build knows about itself. ``parameters`` fill ``{@name}``; empty ones are treated as missing."""

    audience: str
    as_of: str
    snapshot: str
    banner: str
    parameters: Mapping[str, str]
    running_banner: str = ""
    #: Said at the end of a report that counts needs.
    closing: str = ""
    records: Mapping[str, Records] = field(default_factory=dict)


def compose(report: Report, results: Mapping[str, FigureResult], setting: Setting, *, drawn: bool = True) -> Document:
    """The whole report. Figures of the library that ``results`` lacks count as not reported.

    Where charts are not ``drawn``, they are sketches (:mod:`colonnade.reporting.charts.sketch`).
    """
    told, shown = (relabelled(results, report.forms, use) for use in ("text", "table"))
    matter = Matter(told, shown, setting.parameters, wording(report.language))
    sources = [block for text in report.texts for block in text.blocks]
    composer = _Composer(matter, report.colours, drawn=drawn)
    blocks = composer.compose(sources)
    summary: tuple[Paragraph, ...] = ()
    if report.summary is not None:
        filled = composer.compose_texts(report.summary.blocks)
        summary = tuple(block for block in filled if isinstance(block, Paragraph))
    used = _figures_used([*summary, *blocks])
    if setting.closing and any(key in library() and library()[key].subject == "needs" for key in used):
        blocks = (*blocks, Paragraph((Text(setting.closing),), style=Style.NOTE))
    return Document(
        name=report.name,
        title=report.title,
        subtitle=report.subtitle,
        symbol=report.symbol,
        date=report.date,
        language=report.language,
        audience=setting.audience,
        as_of=setting.as_of,
        snapshot=setting.snapshot,
        banner=setting.banner,
        running_banner=setting.running_banner or setting.banner,
        blocks=blocks,
        figures=tuple(results[key] for key in used),
        masthead=tuple(line.format_map(setting.parameters) for line in report.masthead),
        summary=summary,
        records={key: setting.records[key] for key in used if key in setting.records},
    )


def relabelled(
    results: Mapping[str, FigureResult], forms: Mapping[str, Mapping[str, str]], use: str
) -> dict[str, FigureResult]:
    """The results with the titles of their codes in the form that ``use`` (``table`` or ``text``) asks for."""
    return {key: replace(result, labels=_labels(result, forms, use)) for key, result in results.items()}


def _labels(result: FigureResult, forms: Mapping[str, Mapping[str, str]], use: str) -> dict[str, Mapping[str, str]]:
    labels = dict(result.labels)
    for dimension, titles in result.labels.items():
        form = forms.get(dimension, {}).get(use)
        if form:
            labels[dimension] = {
                code: form.format(code=code, title=title, lower=_lower(title)) for code, title in titles.items()
            }
    return labels


def _lower(title: str) -> str:
    """With a small first letter, unless the word is an abbreviation."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


class _Composer:
    def __init__(self, matter: Matter, colours: Mapping[str, Mapping[str, str]], *, drawn: bool) -> None:
        self.matter, self.colours, self.drawn = matter, colours, drawn
        self.anchors: set[str] = set()

    def compose(self, sources: Sequence[BlockSource]) -> tuple[Block, ...]:
        standing = list(self._standing(sources))
        tables, charts = self._place(standing)
        matter = self.matter
        self.matter = replace(matter, tables=tables, charts=charts)
        return _numbered(_without_empty_headings(self._fill(standing)))

    def compose_texts(self, sources: Sequence[BlockSource]) -> list[Block]:
        """Blocks that are not numbered and hold no table or chart: the summary."""
        return self._fill(list(self._standing(sources)))

    def _standing(self, sources: Sequence[BlockSource]) -> Iterator[BlockSource]:
        for source in sources:
            if isinstance(source, WhenSource):
                if holds(source.condition, self.matter):
                    yield from self._standing(source.blocks)
            else:
                yield source

    def _place(self, sources: Sequence[BlockSource]) -> tuple[dict[str, Place], dict[str, Place]]:
        """Numbers for the tables and charts that can be built. Trying to build them is the surest way to know."""
        anywhere = {source.name: Place(0, "") for source in sources if isinstance(source, TableSource | ChartSource)}
        given = self.matter
        self.matter = replace(given, tables=anywhere, charts=anywhere)
        tables: dict[str, Place] = {}
        charts: dict[str, Place] = {}
        for source in sources:
            if isinstance(source, TableSource) and self._table(source, Place(0, "")) is not None:
                tables[source.name] = Place(len(tables) + 1, f"table-{source.name}")
        for source in sources:
            if isinstance(source, ChartSource) and self._has_points(source, tables):
                charts[source.name] = Place(len(charts) + 1, f"chart-{source.name}")
        return tables, charts

    def _has_points(self, source: ChartSource, tables: Mapping[str, Place]) -> bool:
        if source.settings.get("table", source.key) not in tables:
            return False
        try:
            build_model(source, self.matter, "", self.colours)
        except NotReported:
            return False
        return True

    def _fill(self, sources: Sequence[BlockSource]) -> list[Block]:
        blocks: list[Block] = []
        for source in sources:
            try:
                blocks += self._block(source)
            except NotReported:
                continue
        return blocks

    def _block(self, source: BlockSource) -> list[Block]:
        if isinstance(source, HeadingSource):
            text = plain(source.text, self.matter)
            return [Heading(source.level, text, self._anchor(text))]
        if isinstance(source, ParagraphSource):
            inlines = fill(source.text, self.matter)
            return [Paragraph(inlines, style=Style(source.style))] if inlines else []
        if isinstance(source, ItemsSource):
            rows = chosen_rows(self.matter.results, source.key, source.options)
            return [Paragraph(fill(source.text, self.matter, row), style=Style.ITEM) for row in rows]
        if isinstance(source, TableSource):
            place = self.matter.tables.get(source.name)
            table = self._table(source, place) if place else None
            return [table] if table else []
        if isinstance(source, ChartSource):
            return self._chart(source)
        return []

    def _table(self, source: TableSource, place: Place) -> TableBlock | None:
        try:
            return build_table(source, self.matter, place.number, place.anchor)
        except NotReported:
            return None

    def _chart(self, source: ChartSource) -> list[Block]:
        place = self.matter.charts.get(source.name)
        table = self.matter.tables.get(source.settings.get("table", source.key))
        if place is None or table is None:
            return []
        make = build_chart if self.drawn else sketch_chart
        return [make(source, self.matter, self.colours, number=place.number, anchor=place.anchor, table=table)]

    def _anchor(self, text: str) -> str:
        slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "section"
        anchor, again = slug, 2
        while anchor in self.anchors:
            anchor, again = f"{slug}-{again}", again + 1
        self.anchors.add(anchor)
        return anchor


def _without_empty_headings(blocks: Sequence[Block]) -> list[Block]:
    """Drops headings that nothing follows before the next heading of their level or a higher one."""
    kept: list[Block] = []
    for block in reversed(blocks):
        follows = kept[-1] if kept else None
        if isinstance(block, Heading) and (
            follows is None or (isinstance(follows, Heading) and follows.level <= block.level)
        ):
            continue
        kept.append(block)
    return kept[::-1]


def _numbered(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Numbers headings (I., A., 1.), paragraphs (1, 2, ...) and items ((a), (b), ...)."""
    numbered: list[Block] = []
    levels = [0, 0, 0]
    paragraph = item = 0
    for block in blocks:
        if isinstance(block, Heading):
            levels[block.level - 1] += 1
            levels[block.level :] = [0] * (3 - block.level)
            count = levels[block.level - 1]
            number = (roman(count), letter(count).upper(), str(count))[block.level - 1]
            numbered.append(Heading(block.level, block.text, block.anchor, f"{number}."))
        elif isinstance(block, Paragraph) and block.style is Style.BODY:
            paragraph, item = paragraph + 1, 0
            numbered.append(Paragraph(block.inlines, paragraph))
        elif isinstance(block, Paragraph) and block.style is Style.ITEM:
            item += 1
            numbered.append(Paragraph(block.inlines, None, block.style, f"({letter(item)})"))
        else:
            numbered.append(block)
    return tuple(numbered)


def _figures_used(blocks: Sequence[Block]) -> list[str]:
    """The keys of the figures whose numbers stand in the document, in the order of first use."""
    used: dict[str, None] = {}
    for block in blocks:
        if isinstance(block, Paragraph):
            used |= dict.fromkeys(inline.figure for inline in block.inlines if isinstance(inline, Value))
        elif isinstance(block, TableBlock):
            used.setdefault(block.figure)
            used |= dict.fromkeys(cell.figure for row in block.rows for cell in row if cell.is_number)
        elif isinstance(block, ChartBlock):
            used.setdefault(block.figure)
    return [key for key in used if key]
