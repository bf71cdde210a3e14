"""The texts of the letter that tells an applicant what was decided. Data of the strategy. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from string import Formatter
from typing import Final, Self

from colonnade.core.parts import Part

#: What was decided -> the sentence that says so, where a strategy has no other.
_SENTENCES: Final = {
    "approve": "Your proposal has been approved. The award is {amount}.",
    "conditions": "Your proposal has been approved on the conditions below. The award is {amount}.",
    "defer": "The decision on your proposal has been deferred.",
    "reject": "Your proposal has not been approved.",
}
#: What a text can name in braces; every other text stands as it is written.
_NAMES: Final[Mapping[str, frozenset[str]]] = {
    "approve": frozenset({"amount"}),
    "conditions": frozenset({"amount"}),
    "subject": frozenset({"entity"}),
    "greeting": frozenset({"entity"}),
    "objection": frozenset({"day"}),
    "met_by": frozenset({"day"}),
}


@dataclass(frozen=True, slots=True)
class Letter:
    """``sentences``: what was decided -> the sentence that says so, ``{amount}`` in it where money is given.

    ``subject`` and ``greeting`` name the ``{entity}``, ``objection`` the last ``{day}`` to object, and ``met_by`` that
    of a condition; the ``on_…`` are headings. ``closing`` stands before the signature, and can be empty.
    """

    sentences: Mapping[str, str] = field(default_factory=lambda: dict(_SENTENCES))
    subject: str = "Decision on a proposal of {entity}"
    greeting: str = "To {entity}"
    on_reasons: str = "Reasons"
    on_remarks: str = "Further remarks"
    on_scores: str = "How it was scored"
    on_conditions: str = "Conditions"
    met_by: str = "to be met by {day}"
    on_reports: str = "Reports that fall due"
    on_objection: str = "Objection"
    objection: str = "You can object to this decision until {day}, on the page of your proposal."
    closing: str = ""

    @classmethod
    def read(cls, part: Part) -> Self:
        """The table ``letter`` of the rules; a text that it leaves out is as said above."""
        usual = cls()
        told = part.part("sentences") if part.has("sentences") else None
        sentences = {name: _text(told, name, text) for name, text in _SENTENCES.items()} if told else usual.sentences
        if told:
            told.nothing_else()
        texts = {each.name: _text(part, each.name, getattr(usual, each.name)) for each in fields(cls)[1:]}
        part.nothing_else()
        return cls(sentences, **texts)


def _text(part: Part, name: str, usual: str) -> str:
    """The text of that name; one that names in braces what it cannot, or leaves out what it must name, is wrong."""
    text = part.text(name, needed=False) or usual
    known = _NAMES.get(name, frozenset())
    try:
        named = {met for _literal, met, _format, _conversion in Formatter().parse(text) if met is not None}
    except ValueError:
        named = {text}
    if named != known:
        wanted = ", ".join(f"{{{each}}}" for each in sorted(known))
        mend = f"name {wanted} in it, and nothing else in braces" if known else "write it without braces"
        part.wrong(name, text, "does not name in braces what it must" if known else "names something in braces", mend)
        return usual
    return text
