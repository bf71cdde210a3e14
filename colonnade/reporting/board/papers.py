"""The papers of a board's meeting in one file: the agenda, and for each proposal all that its members read.

In English, as all documents that leave the house; it gets facts that were read for one reader, and reads nothing.
"""

from dataclasses import dataclass

from colonnade.reporting.document import Block, Document, Form, Heading, Paragraph, Style, TableBlock, TableCell, Text


@dataclass(frozen=True, slots=True)
class SimpleTable:
    """A table of texts under a title; ``numeric`` says which columns hold numbers."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    total_rows: int = 0


@dataclass(frozen=True, slots=True)
class ProposalPaper:
    """What members read of one proposal: facts and texts under titles, tables."""

    title: str
    facts: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str], ...]
    tables: tuple[SimpleTable, ...]


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """A meeting's papers. ``agenda`` is a row for each proposal: title, applicant, group, what it asks, its mean."""

    strategy: str
    call: str
    meeting: str
    held_on: str
    place: str
    agenda: SimpleTable
    proposals: tuple[ProposalPaper, ...]
    notice: str = ""


def compose_papers(facts: PaperFacts) -> Document:
    """The papers as a document for the renderers."""
    return Document(
        name="papers",
        title=facts.meeting,
        subtitle=", ".join(filter(None, (facts.held_on, facts.place))),
        symbol=f"{facts.strategy} · {facts.call}",
        date=facts.held_on,
        language="en",
        audience="members of the board",
        as_of=facts.held_on,
        snapshot="",
        banner=" ".join(filter(None, (facts.notice, "For members of the board only."))),
        running_banner="For members of the board only",
        blocks=tuple(_blocks(facts)),
        figures=(),
        form=Form.BRIEF,
    )


def _blocks(facts: PaperFacts) -> list[Block]:
    blocks: list[Block] = []
    if facts.agenda.rows:
        blocks += _table(facts.agenda, "agenda")
    else:
        blocks += [Heading(1, "Agenda", "agenda"), _body("Nothing is on the agenda.")]
    for number, paper in enumerate(facts.proposals, start=1):
        name = f"proposal-{number}"
        blocks.append(Heading(1, f"{number}. {paper.title}", name, new_page=True))
        blocks += [
            Paragraph((Text(f"{title}: ", bold=True), Text(value)), style=Style.NOTE)
            for title, value in paper.facts
            if value
        ]
        for place, (title, text) in enumerate(paper.texts):
            if text.strip():
                blocks.append(Heading(2, title, f"{name}-text-{place}"))
                blocks += [_body(part.strip()) for part in text.split("\n\n") if part.strip()]
        for place, table in enumerate(paper.tables):
            if table.rows:
                blocks += _table(table, f"{name}-table-{place}", level=2)
    return blocks


def _table(table: SimpleTable, anchor: str, *, level: int = 1) -> list[Block]:
    return [
        Heading(level, table.title, anchor),
        TableBlock(
            number=0,
            caption=table.title,
            figure="",
            anchor=f"{anchor}-rows",
            header=table.header,
            rows=tuple(tuple(TableCell(text) for text in row) for row in table.rows),
            numeric=table.numeric,
            total_rows=table.total_rows,
        ),
    ]


def _body(text: str) -> Paragraph:
    return Paragraph((Text(text),))
