"""An appeal, and one of its projects for a donor's desk, as documents.

Like every brief they are in English, are composed from plain facts that were read for one reader, and read nothing.
"""

from dataclasses import dataclass

from colonnade.reporting.briefs.facts import BriefTable
from colonnade.reporting.briefs.parts import body, heading_of, section, strip_of
from colonnade.reporting.document import Block, Document, Form, Paragraph, Style, Text
from colonnade.reporting.wording import wording


@dataclass(frozen=True, slots=True)
class AppealFacts:
    """An appeal as one reader may see it. ``headlines`` are label and number in the order printed.

    ``size`` says of how many projects and entities. ``breakdowns`` are a title and its table each. ``circle`` names the
    readers that it is kept among, empty for a public one; ``notice`` warns of illustrative records, empty where there
    are none. ``since`` is empty where the appeal was kept at no moment.
    """

    key: str
    title: str
    period: str
    standing: str
    size: str
    summary: str
    symbol: str
    as_of: str
    audience: str
    circle: str
    notice: str
    headlines: tuple[tuple[str, str], ...]
    breakdowns: tuple[tuple[str, BriefTable], ...]
    projects: BriefTable
    since: tuple[tuple[str, BriefTable], ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AppealEntryFacts:
    """A project of an appeal as one reader may see it. ``facts`` are title and text, one line each."""

    key: str
    appeal: str
    title: str
    purpose: str
    symbol: str
    as_of: str
    audience: str
    circle: str
    notice: str
    headlines: tuple[tuple[str, str], ...]
    partial: BriefTable
    facts: tuple[tuple[str, str], ...]
    donors: BriefTable
    rules: tuple[str, ...]


def compose_appeal(facts: AppealFacts) -> Document:
    """The appeal as a document for the renderers."""
    blocks: list[Block] = [strip_of(facts.title, facts.headlines)]
    blocks += _paragraphs(facts.summary)
    for title, table in facts.breakdowns:
        blocks += section(title, table, "Nothing of it was reported.")
    blocks += section("Projects", facts.projects, "It asks for nothing that the reader may see.")
    for title, table in facts.since:
        blocks += section(title, table, "Nothing changed.")
    blocks += _rules(facts.rules)
    return _document(
        facts,
        name=facts.key,
        subtitle=f"{facts.period}. {facts.standing}. {facts.size}",
        symbol=f"Appeal · {facts.symbol}" if facts.symbol else "Appeal",
        blocks=blocks,
    )


def compose_appeal_entry(facts: AppealEntryFacts) -> Document:
    """One project as a document for the renderers."""
    blocks: list[Block] = [strip_of(facts.title, facts.headlines)]
    blocks += _paragraphs(facts.purpose)
    if not facts.partial.is_empty:
        blocks += section("What a partial sum does", facts.partial, "")
    blocks.append(heading_of("What, where, who"))
    blocks += [Paragraph((Text(f"{title}: ", bold=True), Text(text)), style=Style.NOTE) for title, text in facts.facts]
    blocks += section("Who funds it, and who plans to", facts.donors, "No donor is seen by the reader of this.")
    blocks += _rules(facts.rules)
    return _document(
        facts,
        name=facts.key,
        subtitle=facts.appeal,
        symbol=f"A project of an appeal · {facts.symbol}" if facts.symbol else "A project of an appeal",
        blocks=blocks,
    )


def _document(
    facts: AppealFacts | AppealEntryFacts, *, name: str, subtitle: str, symbol: str, blocks: list[Block]
) -> Document:
    words = wording("en")
    circle = words.for_only.format(audience=facts.circle) if facts.circle else ""
    return Document(
        name=name,
        title=facts.title,
        subtitle=subtitle,
        symbol=symbol,
        date=facts.as_of,
        language="en",
        audience=facts.audience,
        as_of=facts.as_of,
        snapshot="",
        banner=" ".join(filter(None, (facts.notice, circle))),
        running_banner=" ".join(filter(None, (words.illustrative if facts.notice else "", circle))),
        blocks=tuple(blocks),
        figures=(),
        form=Form.BRIEF,
    )


def _paragraphs(text: str) -> list[Block]:
    return [Paragraph((Text(part.strip()),)) for part in text.split("\n\n") if part.strip()]


def _rules(rules: tuple[str, ...]) -> list[Block]:
    return [heading_of("How to read this"), *(body(rule) for rule in rules)]
