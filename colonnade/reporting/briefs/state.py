"""The brief of a State: headline numbers, what is done there, what is needed, who works there, what comes next.

It is in the language of the strategy's documents, English, whatever the interface's: it leaves the house. What it may
say was decided before: it gets facts that were counted for one reader, and reads nothing.
"""

from dataclasses import replace

from colonnade.reporting.briefs.facts import BriefTable, StateFacts
from colonnade.reporting.briefs.fitting import fitting, section_lines
from colonnade.reporting.briefs.parts import body, heading_of, section, strip_of
from colonnade.reporting.briefs.room import FIRST_PAGE, LINE, SECOND_PAGE, SECTION
from colonnade.reporting.document import Block, Document, Form
from colonnade.reporting.wording import wording

#: What is said of needs to a reader outside the circle that they are shared in.
NOT_RELEASED = (
    "What assessments found to be needed is shared with the State and with member entities. It is not released to the "
    "reader of this brief, and no number here rests on it."
)


def compose_state_brief(facts: StateFacts) -> Document:
    """The brief as a document for the renderers: a page of A4 of numbers, one of records, tables cut to fit."""
    cut, words = _cut(facts), wording("en")
    circle = words.for_only.format(audience=facts.circle) if facts.circle else ""
    return Document(
        name=f"state-{facts.code.lower()}",
        title=facts.name,
        subtitle=f"{facts.region}. {facts.strategy}: what is done, what is needed, who is at work",
        symbol=f"Brief · {facts.symbol}" if facts.symbol else "Brief",
        date=facts.as_of,
        language="en",
        audience=facts.audience,
        as_of=f"{facts.as_of}, {facts.inventory}",
        snapshot=facts.snapshot,
        banner=" ".join(filter(None, (facts.notice, circle))),
        running_banner=" ".join(filter(None, (words.illustrative if facts.notice else "", circle))),
        blocks=tuple(_blocks(facts, cut)),
        figures=(),
        form=Form.BRIEF,
    )


def _blocks(facts: StateFacts, cut: dict[str, BriefTable]) -> list[Block]:
    blocks: list[Block] = [strip_of(facts.name, facts.headlines)]
    blocks += section("Projects and how they count", cut["places"], "No project names this State.")
    blocks += section("Projects by pillar and status", cut["pillars"], "No project names this State.")
    if facts.needs_released:
        nothing = "No recommendation of an assessment is recorded that the reader may see."
        blocks += section("Needs by thematic priority", cut["needs"], nothing)
    else:
        blocks += [heading_of("Needs"), body(NOT_RELEASED)]
    blocks += section("Who works here", cut["entities"], "No entity leads an active project here.")
    blocks += section("Active projects, the largest first", cut["projects"], "None.", new_page=True)
    blocks += section(f"What ends by {facts.until}", cut["ending"], "No active project that names it ends by then.")
    blocks += section("Events", cut["events"], "No event is recorded in this State.")
    blocks.append(heading_of("How this is counted"))
    blocks += [body(rule) for rule in (*facts.rules, facts.sources)]
    return blocks


def _cut(facts: StateFacts) -> dict[str, BriefTable]:
    """The tables with as many rows as their page holds; those that are never long come whole."""
    whole = {"places": facts.places, "pillars": facts.pillars}
    needs = facts.needs if facts.needs_released else replace(facts.needs, rows=(), total=0)
    records = {"projects": facts.projects, "ending": facts.ending, "events": facts.events}
    said = sum(len(text) // LINE + 1 for text in (*facts.rules, facts.sources)) + SECTION
    return {
        **whole,
        **fitting({"needs": needs, "entities": facts.entities}, FIRST_PAGE - sum(map(section_lines, whole.values()))),
        **fitting(records, SECOND_PAGE - said),
    }
