"""``board.toml``: how the board of the strategy works, by rules that each say where they come from.

A pack may lack it: then nobody can apply. The rounds of ``seed_rounds.csv`` are shown as its calls.
"""

from collections.abc import Mapping
from typing import Final

from colonnade.core.problems import Problem
from colonnade.packs.rule_books import RuleBook, parse_rule_book
from colonnade.review.rules import ELIGIBILITY, STEPS, Rules

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


def parse_board(content: bytes) -> tuple[RuleBook | None, list[Problem]]:
    """The board in ``content``, or ``None``; and everything that is wrong with it."""
    return parse_rule_book(FILE, content, Rules.read)
