"""``board.toml``: how the board of the strategy works, by rules that each say where they come from.

A pack may lack it: then nobody can apply. The rounds of ``seed_rounds.csv`` are shown as its calls.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from colonnade.core.parts import SHORT_NAME, Part
from colonnade.core.problems import Problem
from colonnade.packs.rows.base import SourceKind
from colonnade.review.rules import ELIGIBILITY, STEPS, Rules, RulesWrong

FILE: Final = "board.toml"
#: Key -> whether it is required, and what it means. What stands under ``rules`` is read by ``colonnade.review.rules``.
KEYS: Final[Mapping[str, tuple[bool, str]]] = {
    "code": (True, "Short name of the process: small letters, digits and hyphens"),
    "title": (True, "What the board is called"),
    "source": (True, "The paragraph, or the public source, that describes it"),
    "source_kind": (False, "`report` (the report of strategy.toml; so where it is left out) or `public`"),
    "note": (False, "Anything that a reader of the source should know"),
    "rules.decided_by": (True, "What whoever decides is called"),
    "rules.decides": (False, "`head`: the board advises the head, who decides (so where it is left out); `board`"),
    "rules.steps": (True, f"Tables with code (of {', '.join(STEPS)}, in this order; decision is needed), title, days"),
    "rules.eligibility": (True, f"What is asked before a proposal is sent: {', '.join(ELIGIBILITY)}; origin is needed"),
    "rules.criteria": (False, "What is scored: tables with code, title, weight (above 0), help; only with scoring"),
    "rules.most": (False, "The highest score, 5 where it is left out"),
    "rules.reviewers": (False, "Scores that a proposal needs; only with scoring"),
    "rules.quorum": (False, "Members of the board without whom it does not recommend, 1 where it is left out"),
    "rules.scores_open_to_board": (False, "From when on the board reads scores: `all_in`, `decision`, `never`"),
    "rules.scores_open_to_applicant": (False, "The same for applicants, without names"),
    "rules.objection_days": (False, "Days in which an applicant may object to a decision, 0 where none may"),
    "rules.reports": (False, "Reports that are owed: tables with kind (progress, financial, final), every_months"),
    "rules.marker_sample_percent": (False, "How many markers of a hundred a second person checks"),
    "rules.choosing.priorities": (False, "What a need of each priority weighs where a plan is made: high, medium, low"),
    "rules.choosing.same_theme_percent": (
        False,
        "How much of an open need a proposal meets that does not cite it, in the same State and theme; 25 if left out",
    ),
    "rules.choosing.partly_met_percent": (
        False,
        "How much of a need is met by a verified response that meets part of it; 50 where it is left out",
    ),
    "rules.letter.sentences": (
        False,
        "What the letter says of each decision: approve, conditions (both name `{amount}`), defer, reject",
    ),
    "rules.letter": (
        False,
        "Its other texts, as usual where left out: subject, greeting (naming `{entity}`), met_by, objection (naming "
        "`{day}`), closing, and headings: on_reasons, on_remarks, on_scores, on_conditions, on_reports, on_objection",
    ),
    "rules.notes": (
        False,
        "Tables with `of` (a rule: `quorum`, `steps.scoring`), `text`, `assumed` (no source says so)",
    ),
}


@dataclass(frozen=True, slots=True)
class Board:
    """The board of a strategy. ``rules`` is the document that :class:`~colonnade.review.rules.Rules` reads."""

    code: str
    title: str
    source: str
    source_kind: SourceKind
    note: str
    rules: Mapping[str, Any]


def parse_board(content: bytes) -> tuple[Board | None, list[Problem]]:
    """The board in ``content``, or ``None``; and everything that is wrong with it."""
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
    board = Board(
        code=whole.text("code", SHORT_NAME),
        title=whole.text("title"),
        source=whole.text("source"),
        source_kind=SourceKind(whole.choice("source_kind", [kind.value for kind in SourceKind], "report")),
        note=whole.text("note", needed=False),
        rules=_rules(whole),
    )
    whole.nothing_else()
    problems = [Problem(FILE, None, fault.path, fault.value, fault.message, fault.mend) for fault in whole.faults]
    return (None if problems else board), problems


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
