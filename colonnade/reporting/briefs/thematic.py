"""The yearly thematic summary of gaps: what assessments found to be needed, theme by theme, and how much is unmet.

Assessors issue one so that programmes can be designed for it (A/74/677, para. 26). It speaks of themes and regions, and
names no State: so it can be handed to whoever designs programmes. Like every brief it is in English, is composed from
plain facts that were counted for one reader, and reads nothing.
"""

from dataclasses import dataclass

from colonnade.reporting.briefs.facts import BriefTable
from colonnade.reporting.briefs.parts import body, heading_of, section, strip_of
from colonnade.reporting.document import Block, Document, Form
from colonnade.reporting.wording import wording


@dataclass(frozen=True, slots=True)
class ThemeFacts:
    """A theme: one sentence that sums it up, and its open needs by region with those that are unmet."""

    title: str
    sentence: str
    regions: BriefTable


@dataclass(frozen=True, slots=True)
class ThematicFacts:
    """The needs that one reader may see, over the year that ends with ``as_of``.

    ``circle`` names the readers that it is kept among; ``notice`` warns of illustrative records, empty where there are
    none. ``headlines`` are label and number in the order printed.
    """

    strategy: str
    symbol: str
    year: str
    as_of: str
    audience: str
    circle: str
    snapshot: str
    notice: str
    headlines: tuple[tuple[str, str], ...]
    themes: BriefTable
    ages: BriefTable
    each: tuple[ThemeFacts, ...]
    rules: tuple[str, ...]


def compose_thematic_summary(facts: ThematicFacts) -> Document:
    """The summary as a document for the renderers."""
    words = wording("en")
    circle = words.for_only.format(audience=facts.circle) if facts.circle else ""
    return Document(
        name="thematic-summary",
        title="Thematic summary of gaps",
        subtitle=f"{facts.strategy}: needs found by assessments, {facts.year}",
        symbol=f"Summary · {facts.symbol}" if facts.symbol else "Summary",
        date=facts.as_of,
        language="en",
        audience=facts.audience,
        as_of=facts.as_of,
        snapshot=facts.snapshot,
        banner=" ".join(filter(None, (facts.notice, circle))),
        running_banner=" ".join(filter(None, (words.illustrative if facts.notice else "", circle))),
        blocks=tuple(_blocks(facts)),
        figures=(),
        form=Form.BRIEF,
    )


def _blocks(facts: ThematicFacts) -> list[Block]:
    nothing = "No recommendation of an assessment is recorded that the reader may see."
    blocks: list[Block] = [strip_of("Needs", facts.headlines)]
    blocks += section("Needs by thematic priority", facts.themes, nothing)
    blocks += section("How long open needs have been unmet", facts.ages, nothing)
    for theme in facts.each:
        blocks += section(theme.title, theme.regions, "No open need of this theme is recorded that the reader may see.")
        blocks.append(body(theme.sentence))
    blocks.append(heading_of("How this is counted"))
    blocks += [body(rule) for rule in facts.rules]
    return blocks
