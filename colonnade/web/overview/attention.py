"""What needs attention: rules, each with the records that it finds now. A rule that finds none says nothing.

The rules are selections, so that each number opens the list of exactly the records that it counts, and the list's own
filters say why they are there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colonnade.analysis.coverage.times import SIX_MONTHS
from colonnade.analysis.crosstab.model import NOT_REPORTED, Selection, Subject
from colonnade.portfolio.models import Scope, Status
from colonnade.web.shared.numbers import LinkedNumber
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.selections import linked


@dataclass(frozen=True, slots=True)
class Concern:
    """Records that somebody should look at. ``words`` follow the number; ``why`` says what is the matter."""

    number: LinkedNumber
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Rule:
    """The records that a concern is about. ``words`` are said of their number."""

    selection: Selection
    words: Callable[[int], str]
    why: str


def concerns(reading: Reading, inventory: str, as_of: date) -> Iterator[Concern]:
    """What is to be looked at in ``inventory`` as of its day, and among the needs; the gravest first."""
    for rule in rules(inventory, as_of):
        measure = str(rule.selection.subject)
        count = reading.total(rule.selection, measure)
        if count:
            yield Concern(linked(reading, rule.selection, measure, count), rule.words(int(count)), rule.why)


def rules(inventory: str, as_of: date) -> tuple[Rule, ...]:
    """What counts as a concern in ``inventory`` as of its day."""
    projects = Selection(Subject.PROJECTS, inventory)
    active, needs = projects.where("active", "yes"), Selection(Subject.NEEDS)
    urgent = needs.where("priority", "high").where("standing", "open").where("coverage", "unmet")
    return (
        Rule(
            urgent,
            lambda count: ngettext("urgent need that nothing answers", "urgent needs that nothing answers", count),
            _("High priority, open, and no response is claimed."),
        ),
        Rule(
            needs.where("standing", "open").where("coverage", "contested"),
            lambda count: ngettext("need with a disputed response", "needs with a disputed response", count),
            _("Somebody says that the project does not answer it."),
        ),
        Rule(
            active.where("ends_by", (as_of - timedelta(days=1)).isoformat()),
            lambda count: ngettext("project past its end", "projects past their end", count),
            _("Active, though the last day reported is over: completed, or extended?"),
        ),
        Rule(
            active.where("ends_from", as_of.isoformat()).where("ends_by", (as_of + SIX_MONTHS).isoformat()),
            lambda count: ngettext("project ends within six months", "projects end within six months", count),
            _("What they cover falls open unless something follows."),
        ),
        Rule(
            projects.where("status", Status.AWAITING_FUNDING),
            lambda count: ngettext("project awaits funding", "projects await funding", count),
            _("Ready, and nobody pays yet."),
        ),
        Rule(
            projects.where("scope", Scope.NATIONAL).where("country", NOT_REPORTED),
            lambda count: ngettext("national project without a State", "national projects without a State", count),
            _("They cannot be counted anywhere until their State is reported."),
        ),
        Rule(
            projects.where("scope", NOT_REPORTED),
            lambda count: ngettext("project without a scope", "projects without a scope", count),
            _("Global, regional or national was not reported."),
        ),
        Rule(
            projects.where("pillar", NOT_REPORTED),
            lambda count: ngettext("project without a pillar", "projects without a pillar", count),
            _("The balance of the pillars does not count them."),
        ),
    )
