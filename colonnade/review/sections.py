"""The sections of a proposal that are lists: what a row of each holds, and by what it is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from django.utils.translation import gettext_noop

from colonnade.review.models import BudgetLine, Consultation, Output, ProposedMarker, Risk, SafeguardAnswer


@dataclass(frozen=True, slots=True)
class Section:
    """A list within a proposal. A row is known by ``key``; ``columns`` are what else it holds, with their titles.

    ``positioned`` rows are known by their place, which is given to them.
    """

    name: str
    title: str
    model: Any
    key: str
    columns: Mapping[str, str]

    @property
    def positioned(self) -> bool:
        """Whether rows are known by their place in the list."""
        return self.key == "position"


_ALL: Final = (
    Section(
        "budget",
        gettext_noop("Budget"),
        BudgetLine,
        "position",
        {
            "category": gettext_noop("Kind of cost"),
            "description": gettext_noop("What for"),
            "amount_usd": gettext_noop("Asked for, in US dollars"),
            "cofunded_usd": gettext_noop("Paid by others, in US dollars"),
        },
    ),
    Section(
        "outputs",
        gettext_noop("Outputs and results"),
        Output,
        "position",
        {
            "kind": gettext_noop("Kind"),
            "title": gettext_noop("Output"),
            "outcome": gettext_noop("Outcome that it leads to"),
            "indicator": gettext_noop("Indicator"),
            "baseline": gettext_noop("Baseline"),
            "target": gettext_noop("Target"),
            "due_on": gettext_noop("Due"),
        },
    ),
    Section(
        "risks",
        gettext_noop("Risks"),
        Risk,
        "position",
        {
            "title": gettext_noop("Risk"),
            "likelihood": gettext_noop("Likelihood"),
            "impact": gettext_noop("Impact"),
            "mitigation": gettext_noop("What is done about it"),
        },
    ),
    Section(
        "consultations",
        gettext_noop("Consultations"),
        Consultation,
        "entity_id",
        {"held_on": gettext_noop("Day"), "outcome": gettext_noop("What came of it")},
    ),
    Section(
        "markers",
        gettext_noop("Markers"),
        ProposedMarker,
        "marker",
        {"level": gettext_noop("Score"), "justification": gettext_noop("Why")},
    ),
    Section(
        "safeguards",
        gettext_noop("Safeguards"),
        SafeguardAnswer,
        "safeguard_id",
        {"answer": gettext_noop("Answer"), "explanation": gettext_noop("Explanation")},
    ),
)
#: Name -> section, in the order in which they are asked.
SECTIONS: Final[Mapping[str, Section]] = MappingProxyType({section.name: section for section in _ALL})
