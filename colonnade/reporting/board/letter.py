"""The letter to an applicant: what was decided, why, on which conditions, what is due, and what they can do.

Its words are the strategy's own, in the language of its documents, since it leaves the house. What it may say was
decided before: it gets facts that were read for one reader, and reads nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from colonnade.reporting.document import Block, Document, Form, Heading, Paragraph, Style, Text
from colonnade.review.rules_letter import Letter


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter says. ``conditions`` and ``reports`` are a text and a day each, the day empty where there is none.

    ``scores`` are a criterion and its mean each, where the process opens them to the applicant. ``texts`` are the
    words around all of it.
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
    texts: Letter = field(default_factory=Letter)


def compose_letter(facts: LetterFacts) -> Document:
    """The letter as a document for the renderers."""
    return Document(
        name="letter",
        title=facts.proposal,
        subtitle=facts.texts.subject.format(entity=facts.entity),
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
        form=Form.LETTER,
    )


def _blocks(facts: LetterFacts) -> list[Block]:
    texts = facts.texts
    blocks: list[Block] = [
        _body(texts.greeting.format(entity=facts.entity)),
        _body(texts.sentences[facts.outcome].format(amount=facts.amount)),
        Heading(1, texts.on_reasons, "reasons"),
        *_texts(facts.reasons),
    ]
    if facts.feedback:
        blocks += [Heading(1, texts.on_remarks, "remarks"), *_texts(facts.feedback)]
    if facts.scores:
        blocks += [Heading(1, texts.on_scores, "scores")]
        blocks += _items((f"{title}: {value}", "") for title, value in facts.scores)
    if facts.conditions:
        blocks += [Heading(1, texts.on_conditions, "conditions")]
        blocks += _items((text, texts.met_by.format(day=day) if day else "") for text, day in facts.conditions)
    if facts.reports:
        blocks += [Heading(1, texts.on_reports, "reports")]
        blocks += _items((kind, day) for kind, day in facts.reports)
    if facts.object_until:
        said = texts.objection.format(day=facts.object_until)
        blocks += [Heading(1, texts.on_objection, "objection"), _body(said)]
    return [*blocks, *_texts(texts.closing), _body(f"{facts.decided_by}, {facts.decided_on}")]


def _items(pairs: Iterable[tuple[str, str]]) -> list[Block]:
    items: list[Block] = []
    for place, (text, aside) in enumerate(pairs):
        words = f"{text.rstrip('.')} ({aside})" if aside else text
        items.append(Paragraph((Text(words),), style=Style.ITEM, marker=f"({chr(ord('a') + place % 26)})"))
    return items


def _texts(text: str) -> list[Block]:
    return [_body(part.strip()) for part in text.split("\n\n") if part.strip()]


def _body(text: str) -> Paragraph:
    return Paragraph((Text(text),))
