"""Files of rules in a pack: a name, where it comes from, and under ``rules`` what its app reads."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from colonnade.core.parts import SHORT_NAME, Part, RulesWrong
from colonnade.core.problems import Problem
from colonnade.packs.rows.base import SourceKind

#: Reads the document under ``rules``; raises :class:`~colonnade.core.parts.RulesWrong`.
Reads = Callable[[Mapping[str, Any]], object]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """What a file of rules holds. ``rules`` is the document that its app reads, and was found to be sound."""

    code: str
    title: str
    source: str
    source_kind: SourceKind
    note: str
    rules: Mapping[str, Any]


def parse_rule_book(file: str, content: bytes, reads: Reads) -> tuple[RuleBook | None, list[Problem]]:
    """The rules in ``content``, or ``None``; and everything that is wrong with them."""
    try:
        document = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        met = content[error.start : error.start + 1].hex()
        return None, [Problem(file, row, None, met, "a byte that is not UTF-8", "save the file as UTF-8")]
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        mend = "mend the line; texts stand in double quotes"
        return None, [Problem(file, int(line[1]) if line else None, None, "", f"not TOML: {error}", mend)]
    whole = Part(document)
    found = RuleBook(
        code=whole.text("code", SHORT_NAME),
        title=whole.text("title"),
        source=whole.text("source"),
        source_kind=SourceKind(whole.choice("source_kind", [kind.value for kind in SourceKind], "report")),
        note=whole.text("note", needed=False),
        rules=_rules(whole, reads),
    )
    whole.nothing_else()
    problems = [Problem(file, None, fault.path, fault.value, fault.message, fault.mend) for fault in whole.faults]
    return (None if problems else found), problems


def _rules(whole: Part, reads: Reads) -> Mapping[str, Any]:
    rules = whole.plain("rules")
    if not isinstance(rules, Mapping):
        whole.wrong("rules", "" if rules is None else rules, "missing", "write the rules under [rules]")
        return {}
    try:
        reads(rules)
    except RulesWrong as wrong:
        for fault in wrong.faults:
            whole.wrong(f"rules.{fault.path}", fault.value, fault.message, fault.mend)
    return dict(rules)
