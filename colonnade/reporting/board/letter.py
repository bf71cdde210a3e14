"""The letter to an applicant: what was decided, why, on which conditions, what is due, and what they can do.

It is in the language of the strategy's documents, English, since it leaves the house. What it may say was decided
before: it gets facts that were read for one reader, and reads nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from colonnade.reporting.document import Block, Document, Form, Heading, Paragraph, Style, Text

#: What was decided -> the sentence that says so; ``{amount}`` where money was given.
SENTENCES: Final = {
    "approve": "Your proposal has been approved. The award is {amount}.",
    "conditions": "Your proposal has been approved on the conditions below. The award is {amount}.",
    "defer": "The decision on your proposal has been deferred.",
    "reject": "Your proposal has not been approved.",
}


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter says. ``conditions`` and ``reports`` are a text and a day each, the day empty where there is none.

    ``scores`` are a criterion and its mean each, where the process opens them to the applicant.
    """

    strategy: str
    symbol: str
    call: str
    proposal: str
    entity: str
    outcome: str
    amount: str
    decided_on: str
    decided_by: str
    reasons: str
    feedback: str = ""
    conditions: tuple[tuple[str, str], ...] = ()
    reports: tuple[tuple[str, str], ...] = ()
    scores: tuple[tuple[str, str], ...] = ()
    object_until: str = ""
    notice: str = ""


def compose_letter(facts: LetterFacts) -> Document:
    """The letter as a document for the renderers."""
    return Document(
        name="letter",
        title=facts.proposal,
        subtitle=f"Decision on a proposal of {facts.entity}",
        symbol=f"{facts.strategy} · {facts.call}",
        date=facts.decided_on,
        language="en",
        audience=facts.entity,
        as_of=facts.decided_on,
        snapshot="",
        banner=facts.notice,
        running_banner="Illustrative" if facts.notice else "",
        blocks=tuple(_blocks(facts)),
        figures=(),
        form=Form.BRIEF,
    )


def _blocks(facts: LetterFacts) -> list[Block]:
    blocks: list[Block] = [
        _body(f"To {facts.entity}"),
        _body(SENTENCES[facts.outcome].format(amount=facts.amount)),
        Heading(1, "Reasons", "reasons"),
        *_texts(facts.reasons),
    ]
    if facts.feedback:
        blocks += [Heading(1, "Further remarks", "remarks"), *_texts(facts.feedback)]
    if facts.scores:
        blocks += [Heading(1, "How it was scored", "scores")]
        blocks += _items((f"{title}: {value}", "") for title, value in facts.scores)
    if facts.conditions:
        blocks += [Heading(1, "Conditions", "conditions")]
        blocks += _items((text, f"to be met by {day}" if day else "") for text, day in facts.conditions)
    if facts.reports:
        blocks += [Heading(1, "Reports that fall due", "reports")]
        blocks += _items((kind, day) for kind, day in facts.reports)
    if facts.object_until:
        blocks += [
            Heading(1, "Objection", "objection"),
            _body(f"You can object to this decision until {facts.object_until}, on the page of your proposal."),
        ]
    return [*blocks, _body(f"{facts.decided_by}, {facts.decided_on}")]


def _items(pairs: Iterable[tuple[str, str]]) -> list[Block]:
    items: list[Block] = []
    for place, (text, aside) in enumerate(pairs):
        words = f"{text} ({aside})" if aside else text
        items.append(Paragraph((Text(words),), style=Style.ITEM, marker=f"({chr(ord('a') + place % 26)})"))
    return items


def _texts(text: str) -> list[Block]:
    return [_body(part.strip()) for part in text.split("\n\n") if part.strip()]


def _body(text: str) -> Paragraph:
    return Paragraph((Text(text),))
