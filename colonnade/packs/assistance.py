"""``requests.toml``: how States ask for assistance, and to join programmes, by rules that say where they come from.

A pack may lack it: then nobody can file a request here.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from colonnade.core.parts import SHORT_NAME, Part
from colonnade.core.problems import Problem
from colonnade.needs.assistance.rules import ACTS, PARTS, READERS, STEPS, TO, WHEN, Rules, RulesWrong
from colonnade.packs.rows.base import SourceKind

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


@dataclass(frozen=True, slots=True)
class Assistance:
    """How requests are dealt with. ``rules`` is the document that
    :class:`~colonnade.needs.assistance.rules.Rules` reads."""

    code: str
    title: str
    source: str
    source_kind: SourceKind
    note: str
    rules: Mapping[str, Any]


def parse_assistance(content: bytes) -> tuple[Assistance | None, list[Problem]]:
    """The rules of requests in ``content``, or ``None``; and everything that is wrong with them."""
    try:
        document = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        met = content[error.start : error.start + 1].hex()
        return None, [Problem(FILE, row, None, met, "a byte that is not UTF-8", "save the file as UTF-8")]
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        mend = "mend the line; texts stand in double quotes"
        return None, [Problem(FILE, int(line[1]) if line else None, None, "", f"not TOML: {error}", mend)]
    whole = Part(document)
    found = Assistance(
        code=whole.text("code", SHORT_NAME),
        title=whole.text("title"),
        source=whole.text("source"),
        source_kind=SourceKind(whole.choice("source_kind", [kind.value for kind in SourceKind], "report")),
        note=whole.text("note", needed=False),
        rules=_rules(whole),
    )
    whole.nothing_else()
    problems = [Problem(FILE, None, fault.path, fault.value, fault.message, fault.mend) for fault in whole.faults]
    return (None if problems else found), problems


def dangling(found: Assistance, entities: Iterable[str], programmes: Iterable[str]) -> Iterator[Problem]:
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


def _rules(whole: Part) -> Mapping[str, Any]:
    rules = whole.plain("rules")
    if not isinstance(rules, Mapping):
        whole.wrong("rules", "" if rules is None else rules, "missing", "write the rules under [rules]")
        return {}
    try:
        Rules.read(rules)
    except RulesWrong as wrong:
        for fault in wrong.faults:
            whole.wrong(f"rules.{fault.path}", fault.value, fault.message, fault.mend)
    return dict(rules)
