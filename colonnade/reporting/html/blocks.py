"""Headings, paragraphs, tables and charts as HTML."""

from collections.abc import Callable, Iterable
from html import escape
from textwrap import shorten

from colonnade.reporting.document import (
    Block,
    ChartBlock,
    Document,
    Heading,
    Inline,
    Paragraph,
    Style,
    TableBlock,
    TableCell,
    Text,
    Value,
)
from colonnade.reporting.wording import Wording

Link = Callable[[str], str]
Picture = Callable[[int], str]
#: Letters of the alternative of a chart that stands beside its table: the table has the rest.
SHORT_ALTERNATIVE = 160


def escaped(text: str) -> str:
    """Text as HTML, quotes too."""
    return escape(text, quote=True)


class Writer:
    """Writes blocks in one language, with numbers leading where ``link`` says.

    ``annotated`` numbers carry their tag and the title of their figure, for a reader who has nothing but the file.
    Charts that are not drawn are fetched from where ``picture`` says, by their number.
    """

    def __init__(
        self, words: Wording, link: Link, document: Document, *, annotated: bool = True, picture: Picture | None = None
    ) -> None:
        self.words, self.link, self.annotated, self.picture = words, link, annotated, picture
        self.titles = {figure.key: figure.title for figure in document.figures}

    def blocks(self, blocks: Iterable[Block]) -> str:
        """The blocks in order; items that follow one another form one list."""
        parts: list[str] = []
        items: list[str] = []
        for block in blocks:
            is_item = isinstance(block, Paragraph) and block.style is Style.ITEM
            if items and not is_item:
                parts.append(f'<ol class="items">{"".join(items)}</ol>\n')
                items = []
            if isinstance(block, Paragraph) and is_item:
                items.append(f'<li><span class="marker">{block.marker}</span> {self.inlines(block.inlines)}</li>')
            elif isinstance(block, Paragraph):
                parts.append(self.paragraph(block))
            elif isinstance(block, Heading):
                parts.append(self.heading(block))
            elif isinstance(block, TableBlock):
                parts.append(self.table(block))
            elif isinstance(block, ChartBlock):
                parts.append(self.chart(block))
        if items:
            parts.append(f'<ol class="items">{"".join(items)}</ol>\n')
        return "".join(parts)

    def inlines(self, inlines: Iterable[Inline]) -> str:
        return "".join(self.inline(inline) for inline in inlines)

    def inline(self, inline: Inline) -> str:
        if isinstance(inline, Value):
            return self.number(inline.text, inline.tag, inline.figure)
        if isinstance(inline, Text):
            text = escaped(inline.text)
            text = f"<strong>{text}</strong>" if inline.bold else text
            return f"<em>{text}</em>" if inline.italic else text
        return f'<a href="#{inline.anchor}">{escaped(inline.text)}</a>'

    def number(self, text: str, tag: str, figure: str) -> str:
        if not self.annotated:
            return f'<a href="{escaped(self.link(tag))}">{escaped(text)}</a>'
        title = escaped(self.titles.get(figure, figure))
        return (
            f'<a class="figure" href="{escaped(self.link(tag))}" data-figure="{escaped(tag)}" title="{title}">'
            f"{escaped(text)}</a>"
        )

    def heading(self, heading: Heading) -> str:
        level = heading.level + 1
        number = f'<span class="number">{heading.number}</span> ' if heading.number else ""
        return f'<h{level} id="{heading.anchor}">{number}{escaped(heading.text)}</h{level}>\n'

    def paragraph(self, paragraph: Paragraph) -> str:
        text = self.inlines(paragraph.inlines)
        if paragraph.number is not None:
            marker = f'<span class="marker">{paragraph.number}.</span>'
            return f'<p class="numbered" id="para-{paragraph.number}">{marker} {text}</p>\n'
        return f'<p class="{"aside" if paragraph.style is Style.NOTE else "unnumbered"}">{text}</p>\n'

    def table(self, table: TableBlock) -> str:
        caption = f"{anchor_label(self.words.table_label(table.number))} {escaped(table.caption)}"
        head = "".join(
            f'<th scope="col"{_numeric(numeric)}>{escaped(title)}</th>'
            for title, numeric in zip(table.header, table.numeric, strict=True)
        )
        body = "".join(self.row(row, table.numeric) for row in table.rows[: len(table.rows) - table.total_rows])
        totals = "".join(self.row(row, table.numeric) for row in table.rows[len(table.rows) - table.total_rows :])
        foot = f"<tfoot>{totals}</tfoot>" if totals else ""
        note = f'<p class="note">{escaped(table.note)}</p>\n' if table.note else ""
        return (
            f'<div class="table" id="{table.anchor}">\n'
            f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{table.anchor}-caption">\n'
            f'<table><caption id="{table.anchor}-caption">{caption}</caption>\n'
            f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody>{foot}</table></div>\n{note}</div>\n"
        )

    def row(self, row: tuple[TableCell, ...], numeric: tuple[bool, ...]) -> str:
        cells = []
        for place, (cell, is_numeric) in enumerate(zip(row, numeric, strict=True)):
            text = self.number(cell.text, cell.tag, cell.figure) if cell.is_number else escaped(cell.text)
            if place == 0:
                cells.append(f'<th scope="row"{_numeric(is_numeric)}>{text}</th>')
            else:
                # Most cells hold numbers: the others are marked, so that a long report stays light.
                cells.append(f"<td>{text}</td>" if is_numeric else f'<td class="t">{text}</td>')
        return f"<tr>{''.join(cells)}</tr>\n"

    def chart(self, chart: ChartBlock) -> str:
        caption = f"{anchor_label(self.words.figure_label(chart.number))} {escaped(chart.caption)}"
        see = self.words.see_table.format(number=chart.table_number)
        return (
            f'<figure id="{chart.anchor}">\n<figcaption>{caption}</figcaption>\n{self.drawing(chart)}\n'
            f'<p class="note"><a href="#{chart.table_anchor}">{see}</a></p>\n</figure>\n'
        )

    def drawing(self, chart: ChartBlock) -> str:
        """The drawing itself, or the picture that the browser fetches once it comes near."""
        if chart.svg or self.picture is None:
            return chart.svg
        alternative = shorten(chart.alt, SHORT_ALTERNATIVE, placeholder=" …")
        return (
            f'<img class="chart" loading="lazy" src="{escaped(self.picture(chart.number))}" width="{chart.width}" '
            f'height="{chart.height}" alt="{escaped(alternative)}">'
        )


def anchor_label(label: str) -> str:
    """The number of a table or chart, on a line of its own above its caption."""
    return f'<span class="label">{label}</span>'


def _numeric(is_numeric: bool) -> str:
    return ' class="n"' if is_numeric else ""
