"""What briefs are put together from: headline numbers, sections with a table, small type."""

from collections.abc import Sequence

from colonnade.reporting.briefs.facts import BriefTable
from colonnade.reporting.document import Block, Heading, Paragraph, Style, TableBlock, TableCell, Text


def strip_of(name: str, headlines: Sequence[tuple[str, str]]) -> TableBlock:
    """Headline numbers, in a row."""
    labels, numbers = zip(*headlines, strict=True)
    return TableBlock(
        number=0,
        caption=f"{name} in numbers",
        figure="",
        anchor="headlines",
        header=tuple(labels),
        rows=(tuple(TableCell(number) for number in numbers),),
        numeric=(True,) * len(numbers),
        strip=True,
    )


def section(title: str, table: BriefTable, nothing: str, *, new_page: bool = False) -> list[Block]:
    """A heading and its table, or what is said where there is nothing in it."""
    head = Heading(1, title, _slug(title), new_page=new_page)
    if table.is_empty:
        return [head, body(nothing)]
    rows = (*table.rows, table.totals) if table.totals else table.rows
    more = table.total - len(table.rows)
    notes = (f"And {more} more." if more > 0 else "", table.note)
    return [
        head,
        TableBlock(
            number=0,
            caption=title,
            figure="",
            anchor=f"table-{_slug(title)}",
            header=table.header,
            rows=tuple(tuple(TableCell(text) for text in row) for row in rows),
            numeric=table.numeric,
            total_rows=1 if table.totals else 0,
            note=" ".join(note for note in notes if note),
        ),
    ]


def heading_of(title: str) -> Heading:
    """A heading."""
    return Heading(1, title, _slug(title))


def body(text: str) -> Paragraph:
    """A paragraph of small type."""
    return Paragraph((Text(text),), style=Style.NOTE)


def _slug(title: str) -> str:
    return "-".join("".join(letter if letter.isalnum() else " " for letter in title.lower()).split())
