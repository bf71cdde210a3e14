"""Hands a document to its Typst template as JSON. What it looks like is said in the template of each form."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import typst

from colonnade.reporting import tags
from colonnade.reporting.annex import facts_of
from colonnade.reporting.charts.specs import FONT
from colonnade.reporting.document import (
    Block,
    ChartBlock,
    Document,
    Form,
    Heading,
    Inline,
    Link,
    Paragraph,
    Style,
    TableBlock,
    Value,
)
from colonnade.reporting.widths import column_widths
from colonnade.reporting.wording import Wording, wording

TEMPLATES: Final = {form: Path(__file__).parent / f"{form.value}.typ" for form in Form}
#: The serif inside Typst's wheel; charts use it in PDF, since the wheel holds no sans serif.
PDF_FONT: Final = "Libertinus Serif"
#: Between the margins of the page, in twentieths of a point.
_TEXT_WIDTH: Final = 9406
#: Longer tables may break between pages.
_KEPT_WHOLE: Final = 16


def render_pdf(document: Document) -> bytes:
    """The report as the bytes of a PDF/UA-1 file. Raises ``typst.TypstError`` where it cannot be made accessible."""
    template = TEMPLATES[document.form]
    made = typst.compile(
        str(template),
        format="pdf",
        root=str(template.parent),
        font_paths=[],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs={"document": json.dumps(as_input(document))},
    )
    if not isinstance(made, bytes):
        raise TypeError("typst returned no PDF")
    return made


def as_input(document: Document) -> dict[str, Any]:
    """The document as the template reads it: words, numbers with their targets, drawings."""
    words = wording(document.language)
    language, _, region = words.locale.partition("-")
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "symbol": document.symbol,
        "masthead": list(document.masthead),
        "banner": document.banner,
        "running_banner": document.running_banner,
        "language": language,
        "region": region,
        "standing": f"{words.as_of} {document.as_of}. {words.audience} {document.audience}.",
        "words": {
            "contents": words.contents,
            "summary": words.summary,
            "table": words.table,
            "figure": words.figure,
            "definitions": words.definitions,
            "definitions_intro": words.definitions_intro,
            "query": words.query,
        },
        "summary": [_inlines(paragraph.inlines) for paragraph in document.summary],
        "blocks": list(_blocks(document.blocks, words)),
        "figures": [
            {
                "anchor": tags.annex_anchor(figure.key),
                "title": figure.title,
                "facts": facts_of(figure, document, words),
                "sql": figure.sql,
            }
            for figure in document.figures
        ],
    }


def _inlines(inlines: Iterable[Inline]) -> list[dict[str, Any]]:
    return [_inline(inline) for inline in inlines]


def _inline(inline: Inline) -> dict[str, Any]:
    if isinstance(inline, Value):
        return {"kind": "value", "text": inline.text, "to": tags.annex_anchor(inline.figure)}
    if isinstance(inline, Link):
        return {"kind": "link", "text": inline.text, "to": inline.anchor}
    return {"kind": "text", "text": inline.text, "bold": inline.bold, "italic": inline.italic}


def _blocks(blocks: Iterable[Block], words: Wording) -> Iterable[dict[str, Any]]:
    """The blocks; items that follow one another are one list."""
    items: list[list[dict[str, Any]]] = []
    for block in blocks:
        is_item = isinstance(block, Paragraph) and block.style is Style.ITEM
        if items and not is_item:
            yield {"kind": "items", "items": items}
            items = []
        if isinstance(block, Paragraph) and is_item:
            items.append(_inlines(block.inlines))
        elif isinstance(block, Paragraph):
            yield {
                "kind": "note" if block.style is Style.NOTE else "paragraph",
                "number": "" if block.number is None else f"{block.number}.",
                "text": _inlines(block.inlines),
            }
        elif isinstance(block, Heading):
            yield {
                "kind": "heading",
                "level": block.level,
                "number": block.number,
                "text": block.text,
                "anchor": block.anchor,
                "new_page": block.new_page,
            }
        elif isinstance(block, TableBlock):
            yield _table(block)
        elif isinstance(block, ChartBlock):
            yield _chart(block, words)
    if items:
        yield {"kind": "items", "items": items}


def _table(table: TableBlock) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": table.caption,
        "anchor": table.anchor,
        "header": list(table.header),
        "numeric": list(table.numeric),
        "widths": column_widths(table, _TEXT_WIDTH),
        "whole": len(table.rows) <= _KEPT_WHOLE,
        "totals": table.total_rows,
        "strip": table.strip,
        "note": table.note,
        "rows": [
            [{"text": cell.text, "to": tags.annex_anchor(cell.figure) if cell.is_number else ""} for cell in row]
            for row in table.rows
        ],
    }


def _chart(chart: ChartBlock, words: Wording) -> dict[str, Any]:
    return {
        "kind": "chart",
        "caption": chart.caption,
        "anchor": chart.anchor,
        "alt": chart.alt,
        "svg": chart.svg.replace(FONT, PDF_FONT),
        "see": words.see_table.format(number=chart.table_number),
        "to": chart.table_anchor,
    }
