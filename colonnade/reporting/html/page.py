"""The whole page: title block, summary, contents, body, annex of definitions."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from colonnade.analysis.figures.result import FigureResult, TableValue
from colonnade.reporting import tags
from colonnade.reporting.annex import facts_of, tables_of
from colonnade.reporting.document import Document, Heading, paragraph_ranges
from colonnade.reporting.html.blocks import Writer, escaped
from colonnade.reporting.wording import Wording, wording


def annex_link(tag: str) -> str:
    """The default target of a number: its figure's entry in the annex of definitions."""
    return f"#{tags.annex_anchor(tags.figure_key(tag))}"


@cache
def style() -> str:
    """The style sheet of a report, for the file itself and for pages that show :func:`render_body`."""
    return (Path(__file__).parent / "style.css").read_text(encoding="utf-8")


def render_html(document: Document) -> str:
    """The report as one file."""
    words = wording(document.language)
    return (
        f'<!doctype html>\n<html lang="{words.locale}" dir="{words.direction}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(document.title)}</title>\n<style>\n{style()}</style>\n</head>\n"
        f'<body class="report-page">\n<a class="report-skip" href="#content">{words.skip}</a>\n'
        f"{render_body(document)}\n</body>\n</html>\n"
    )


def render_body(
    document: Document, link: Callable[[str], str] | None = None, picture: Callable[[int], str] | None = None
) -> str:
    """The report as a ``<main>`` element.

    ``link`` gives the address that a number's tag leads to, where each number has a page of its own: the annex of
    definitions, and what a number's link repeats of it, are then left out, so that the page stays light. ``picture``
    gives the address of a chart, by its number, where charts are not drawn in the document.
    """
    words = wording(document.language)
    writer = Writer(words, link or annex_link, document, annotated=link is None, picture=picture)
    parts = [
        _title_block(document, words),
        _summary(document, words, writer),
        _contents(document, words, annex=link is None),
        writer.blocks(document.blocks),
        _annex(document, words) if link is None else "",
        _colophon(document, words),
    ]
    return f'<main id="content" class="report">\n{"".join(parts)}</main>'


def _title_block(document: Document, words: Wording) -> str:
    masthead = "".join(f"<li>{escaped(line)}</li>" for line in (document.symbol, *document.masthead) if line)
    banner = f'<p class="banner"><strong>{escaped(document.banner)}</strong></p>\n' if document.banner else ""
    subtitle = f'<p class="subtitle">{escaped(document.subtitle)}</p>\n' if document.subtitle else ""
    return (
        f'<header class="title-block">\n{banner}<ul class="masthead">{masthead}</ul>\n'
        f'<h1>{escaped(document.title)}</h1>\n{subtitle}<dl class="standing">'
        f"<div><dt>{words.as_of}</dt><dd>{escaped(document.as_of)}</dd></div>"
        f"<div><dt>{words.audience}</dt><dd>{escaped(document.audience)}</dd></div></dl>\n</header>\n"
    )


def _summary(document: Document, words: Wording, writer: Writer) -> str:
    if not document.summary:
        return ""
    body = writer.blocks(document.summary)
    return (
        f'<section class="summary" aria-labelledby="summary"><h2 id="summary">{words.summary}</h2>\n{body}</section>\n'
    )


def _contents(document: Document, words: Wording, *, annex: bool) -> str:
    ranges = paragraph_ranges(document.blocks)
    rows = "".join(_contents_entry(heading, ranges.get(heading.anchor), words) for heading in document.headings)
    last = f'<li class="level-1"><a href="#definitions">{words.definitions}</a></li>' if annex else ""
    tables = "".join(
        f'<li><a href="#{table.anchor}">{words.table_label(table.number)}. {escaped(table.caption)}</a></li>'
        for table in document.tables
    )
    charts = "".join(
        f'<li><a href="#{chart.anchor}">{words.figure_label(chart.number)}. {escaped(chart.caption)}</a></li>'
        for chart in document.charts
    )
    return (
        f'<nav class="contents" aria-labelledby="contents"><h2 id="contents">{words.contents}</h2>\n'
        f'<ol class="plain">{rows}{last}</ol>\n'
        f"<details><summary>{words.tables_and_figures}</summary>"
        f'<ul class="plain">{tables}</ul><ul class="plain">{charts}</ul></details>\n</nav>\n'
    )


def _contents_entry(heading: Heading, paragraphs: tuple[int, int] | None, words: Wording) -> str:
    where = f' <span class="paras">{words.paragraphs(*paragraphs)}</span>' if paragraphs else ""
    number = f'<span class="number">{heading.number}</span> ' if heading.number else ""
    return (
        f'<li class="level-{heading.level}"><a href="#{heading.anchor}">{number}{escaped(heading.text)}</a>{where}</li>'
    )


def _annex(document: Document, words: Wording) -> str:
    entries = "".join(_entry(figure, document, words) for figure in document.figures)
    return (
        f'<section class="definitions" aria-labelledby="definitions"><h2 id="definitions">{words.definitions}</h2>\n'
        f"<p>{words.definitions_intro}</p>\n{entries}</section>\n"
    )


def _entry(figure: FigureResult, document: Document, words: Wording) -> str:
    anchor = tags.annex_anchor(figure.key)
    rows = "".join(
        f"<div><dt>{name}</dt><dd>{_fact(name, text, figure, document, words)}</dd></div>"
        for name, text in facts_of(figure, document, words)
    )
    return (
        f'<article id="{anchor}" tabindex="-1"><h3>{escaped(figure.title)}</h3>\n<dl class="facts">{rows}</dl>\n'
        f"<details><summary>{words.query}</summary>"
        f'<pre tabindex="0"><code>{escaped(figure.sql)}</code></pre></details></article>\n'
    )


def _fact(name: str, text: str, figure: FigureResult, document: Document, words: Wording) -> str:
    """A line's text; a table figure's value links to its tables."""
    if name != words.value or not isinstance(figure.value, TableValue):
        return escaped(text)
    links = [
        f'<a href="#{table.anchor}">{words.table_label(table.number)}</a>' for table in tables_of(figure, document)
    ]
    return words.join(links)


def _colophon(document: Document, words: Wording) -> str:
    banner = f"{escaped(document.banner)} " if document.banner else ""
    return (
        f'<footer class="colophon"><p>{banner}{words.as_of} {escaped(document.as_of)}. '
        f"{words.snapshot} <code>{escaped(document.snapshot)}</code>.</p></footer>\n"
    )
