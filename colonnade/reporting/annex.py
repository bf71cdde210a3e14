"""What the annex of definitions says of each figure, the same in every format."""

from colonnade.analysis.figures.display import display
from colonnade.analysis.figures.result import FigureResult, TableValue
from colonnade.reporting.document import Document, TableBlock
from colonnade.reporting.wording import Wording


def facts_of(figure: FigureResult, document: Document, words: Wording) -> list[tuple[str, str]]:
    """Name and text of each line; lines without a text are left out."""
    facts = [
        (words.value, value_of(figure, document, words)),
        (words.of, figure.of),
        (words.definition, figure.definition),
        (words.source, figure.source),
        (words.records, f"{figure.row_count:,}"),
        (words.note, figure.note),
        (words.version, f"{figure.key}, {figure.version}"),
    ]
    return [(name, text) for name, text in facts if text]


def value_of(figure: FigureResult, document: Document, words: Wording) -> str:
    """The value with its qualifier; for a table figure, the tables that print it."""
    if isinstance(figure.value, TableValue):
        return words.join([words.table_label(table.number) for table in tables_of(figure, document)])
    exactly = "" if figure.qualifier == "exact" else f"{figure.qualifier} "
    return exactly + display(figure.value, figure.unit)


def tables_of(figure: FigureResult, document: Document) -> list[TableBlock]:
    """The tables of the document that print the figure."""
    return [table for table in document.tables if table.figure == figure.key]
