"""The report to a contributor: what they gave, in which currency and at which rate, and what it went to.

Like every brief it is in English, is composed from plain facts that were read for one reader, and reads nothing.
"""

from dataclasses import dataclass

from colonnade.reporting.briefs.facts import BriefTable
from colonnade.reporting.briefs.parts import body, heading_of, section, strip_of
from colonnade.reporting.document import Block, Document, Form
from colonnade.reporting.wording import wording


@dataclass(frozen=True, slots=True)
class ContributorFacts:
    """A contributor as one reader may see them. ``headlines`` are label and number in the order printed.

    ``circle`` names the readers that it is kept among, empty for a public one; ``notice`` warns of illustrative
    records, empty where there are none.
    """

    code: str
    name: str
    kind: str
    fund: str
    symbol: str
    as_of: str
    audience: str
    circle: str
    notice: str
    headlines: tuple[tuple[str, str], ...]
    pledges: BriefTable
    given: BriefTable
    went_to: BriefTable
    reported: BriefTable
    rules: tuple[str, ...]


def compose_contributor_report(facts: ContributorFacts) -> Document:
    """The report as a document for the renderers."""
    words = wording("en")
    circle = words.for_only.format(audience=facts.circle) if facts.circle else ""
    return Document(
        name=f"contributor-{facts.code.lower()}",
        title=facts.name,
        subtitle=f"{facts.kind}. {facts.fund}: what was given, and what it went to",
        symbol=f"Report to a contributor · {facts.symbol}" if facts.symbol else "Report to a contributor",
        date=facts.as_of,
        language="en",
        audience=facts.audience,
        as_of=facts.as_of,
        snapshot="",
        banner=" ".join(filter(None, (facts.notice, circle))),
        running_banner=" ".join(filter(None, (words.illustrative if facts.notice else "", circle))),
        blocks=tuple(_blocks(facts)),
        figures=(),
        form=Form.BRIEF,
    )


def _blocks(facts: ContributorFacts) -> list[Block]:
    blocks: list[Block] = [strip_of(facts.name, facts.headlines)] if facts.headlines else []
    blocks += section("Pledges", facts.pledges, "No pledge is recorded that the reader may see.")
    blocks += section("What was given to the fund", facts.given, "Nothing is recorded that the reader may see.")
    nothing = "No allocation from the same windows is recorded that the reader may see."
    blocks += section("What money of the same windows was allocated to", facts.went_to, nothing)
    nothing = "No contribution to a project is recorded that the reader may see."
    blocks += section("Contributions reported by projects", facts.reported, nothing)
    blocks.append(heading_of("How to read this"))
    blocks += [body(rule) for rule in facts.rules]
    return blocks
