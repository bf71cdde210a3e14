"""``requests.toml``: how States ask for assistance, and to join programmes, by rules that say where they come from.

A pack may lack it: then nobody can file a request here.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from colonnade.core.problems import Problem
from colonnade.needs.assistance.rules import ACTS, PARTS, READERS, STEPS, TO, WHEN, Rules
from colonnade.packs.rule_books import RuleBook, parse_rule_book

FILE: Final = "requests.toml"
#: Key -> whether it is required, and what it means. What stands under ``rules`` is read by
#: ``colonnade.needs.assistance.rules``.
KEYS: Final[Mapping[str, tuple[bool, str]]] = {
    "code": (True, "Short name of the process: small letters, digits and hyphens"),
    "title": (True, "What requests are called"),
    "source": (True, "The paragraph, or the public source, that describes it"),
    "source_kind": (False, "`report` (the report of strategy.toml; so where it is left out) or `public`"),
    "note": (False, "Anything that a reader of the source should know"),
    "rules.steps": (True, f"Tables with code ({', '.join(STEPS)}, in this order), title, days, source, assumed"),
    "rules.channels": (
        True,
        f"Tables with code, title, to ({', '.join(TO)}), help, source, readers ({', '.join(READERS)}: who reads what"
        " took it; `named` where it is left out)",
    ),
    "rules.kinds": (
        True,
        "Tables with code, title, channels (codes), safeguards (true: the checklist comes with it), help, facilitation"
        " (the question whether somebody else's help is sought too), source, assumed (no source states its channels)",
    ),
    "rules.tells": (
        False,
        f"Who is told: tables with act ({', '.join(ACTS)}), whom, text, when ({', '.join(WHEN)}), kinds, channels,"
        " entity (a code: it reads the request then), source",
    ),
    "rules.triage": (False, f"The most points of a proposal's parts: {', '.join(PARTS)}"),
    "rules.joining": (False, "programmes (codes) that States can ask to join, days to answer in, source"),
}


def parse_assistance(content: bytes) -> tuple[RuleBook | None, list[Problem]]:
    """The rules of requests in ``content``, or ``None``; and everything that is wrong with them."""
    return parse_rule_book(FILE, content, Rules.read)


def dangling(found: RuleBook, entities: Iterable[str], programmes: Iterable[str]) -> Iterator[Problem]:
    """Codes in the rules that no list of the pack has."""
    rules, listed, known = Rules.read(found.rules), frozenset(entities), frozenset(programmes)
    for place, tell in enumerate(rules.tells):
        if tell.entity and tell.entity not in listed:
            mend = "write a code of entities.csv, or leave it out"
            yield Problem(FILE, None, f"rules.tells[{place}].entity", tell.entity, "no such entity", mend)
    for code in rules.joining.programmes if rules.joining else ():
        if code not in known:
            mend = "write a code of programmes.csv"
            yield Problem(FILE, None, "rules.joining.programmes", code, "no such programme", mend)
