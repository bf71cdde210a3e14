"""The dimensions and measures of each subject, as data: what lists filter by, and what can be asked of them.

A code is what the data pack calls the thing. Every expression is DuckDB over the subject's snapshot table
(:mod:`colonnade.analysis.schema`); ``coverage`` follows the rule of the figure ``coverage_of_needs``, and a test holds
the two together.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext_noop

from colonnade.analysis.crosstab.coverage import (
    ANSWERING_ENTITIES,
    COVERAGES,
    EVERY_RESPONSE,
    NAMING_THE_STATE,
    RESTS_UNTIL,
    coverage_sql,
)
from colonnade.analysis.crosstab.model import Dimension, Measure, Subject

YES_NO: Final = {"yes": gettext_noop("Yes"), "no": gettext_noop("No")}


def _year(column: str) -> str:
    return f"CAST(year({column}) AS VARCHAR)"


def _yes(column: str) -> str:
    return f"CASE WHEN {column} THEN 'yes' ELSE 'no' END"


_PROJECTS: Final = (
    Dimension("pillar", gettext_noop("Pillar"), "pillar", "pillar", definition=gettext_noop("The primary pillar.")),
    Dimension("status", gettext_noop("Status"), "status", "status"),
    Dimension(
        "active",
        gettext_noop("Active"),
        _yes("active"),
        titles=YES_NO,
        definition=gettext_noop("Every status that is neither completed nor cancelled."),
    ),
    Dimension("scope", gettext_noop("Scope"), "scope", "scope"),
    Dimension("entity", gettext_noop("Lead entity"), "entity", "entity"),
    Dimension(
        "partner",
        gettext_noop("Partner"),
        "partners",
        "entity",
        many=True,
        definition=gettext_noop("Entities that take part beside the lead, those that the registry lists."),
    ),
    Dimension(
        "country",
        gettext_noop("State"),
        "countries",
        "country",
        many=True,
        definition=gettext_noop("The States that the project names as places, whatever its scope."),
    ),
    Dimension(
        "region",
        gettext_noop("Region"),
        "regions",
        "region",
        many=True,
        definition=gettext_noop("The regions that the project names, and those of the States that it names."),
    ),
    Dimension("theme", gettext_noop("Thematic priority"), "themes", "theme", many=True),
    Dimension("area", gettext_noop("Area"), "areas", "area", many=True),
    Dimension("mandate", gettext_noop("Resolution"), "mandates", "mandate", many=True),
    Dimension("origin", gettext_noop("Origin"), "origin", "origin"),
    Dimension("working_group", gettext_noop("Working group"), "working_group", "working_group"),
    Dimension("programme", gettext_noop("Programme"), "programme", "programme"),
    Dimension("gender_marker", gettext_noop("Gender marker"), "CAST(gender_marker AS VARCHAR)", "gender_marker"),
    Dimension("in_appeal", gettext_noop("In the appeal"), _yes("in_appeal"), titles=YES_NO),
    Dimension("starts_year", gettext_noop("Year of start"), _year("starts_on")),
    Dimension("ends_year", gettext_noop("Year of end"), _year("ends_on")),
    Dimension("provenance", gettext_noop("Provenance"), "provenance", "provenance"),
    Dimension("level", gettext_noop("Visible to"), "level", "level"),
    Dimension("starts_from", gettext_noop("Starts on or after"), "starts_on >= CAST(? AS DATE)", bound=True),
    Dimension("starts_by", gettext_noop("Starts on or before"), "starts_on <= CAST(? AS DATE)", bound=True),
    Dimension("ends_from", gettext_noop("Ends on or after"), "ends_on >= CAST(? AS DATE)", bound=True),
    Dimension("ends_by", gettext_noop("Ends on or before"), "ends_on <= CAST(? AS DATE)", bound=True),
)
_NEEDS: Final = (
    Dimension("country", gettext_noop("State"), "country", "country"),
    Dimension("region", gettext_noop("Region"), "region", "region"),
    Dimension("theme", gettext_noop("Thematic priority"), "theme", "theme"),
    Dimension("pillar", gettext_noop("Pillar"), "pillar", "pillar"),
    Dimension("priority", gettext_noop("Priority"), "priority", "priority"),
    Dimension("standing", gettext_noop("Standing"), "standing", "standing"),
    Dimension(
        "coverage",
        gettext_noop("Coverage"),
        coverage_sql(EVERY_RESPONSE),
        titles=COVERAGES,
        definition=gettext_noop(
            "Met: a verified response meets the need in full. Partly met: a verified response meets part of it. "
            "Contested: nothing is verified, and a response is disputed. Claimed: nothing is verified or disputed, "
            "and a response is claimed. Unmet: none of these. Responses of projects that the reader may not see do "
            "not count."
        ),
    ),
    Dimension(
        "coverage_here",
        gettext_noop("Coverage by projects that name the State"),
        coverage_sql(NAMING_THE_STATE),
        titles=COVERAGES,
        definition=gettext_noop(
            "The same by the responses of projects that name the State of the need as a place, whatever their scope. "
            "What a global or regional project does without naming the State does not count."
        ),
    ),
    Dimension(
        "entity",
        gettext_noop("Entity that responds"),
        ANSWERING_ENTITIES,
        "entity",
        many=True,
        none=gettext_noop("Nobody responds"),
        definition=gettext_noop(
            "The entities that lead a project which responds to the need, if only by a claim; not by a response that "
            "was returned, rejected or withdrawn."
        ),
    ),
    Dimension(
        "rests_until",
        gettext_noop("Year in which its answers end"),
        _year(RESTS_UNTIL),
        none=gettext_noop("Nothing verified that ends"),
        definition=gettext_noop(
            "The year after which the need is covered less than now, unless something follows: the last day of the "
            "projects whose responses are verified, or the day until which a response says that it meets the need, "
            "whichever is first."
        ),
    ),
    Dimension("mandate", gettext_noop("Resolution"), "mandates", "mandate", many=True),
    Dimension("year", gettext_noop("Year"), _year("issued_on")),
    Dimension("provenance", gettext_noop("Provenance"), "provenance", "provenance"),
    Dimension("level", gettext_noop("Visible to"), "level", "level"),
    Dimension("issued_from", gettext_noop("Issued on or after"), "issued_on >= CAST(? AS DATE)", bound=True),
    Dimension("issued_by", gettext_noop("Issued on or before"), "issued_on <= CAST(? AS DATE)", bound=True),
    Dimension("rests_from", gettext_noop("Answers end on or after"), f"{RESTS_UNTIL} >= CAST(? AS DATE)", bound=True),
    Dimension("rests_by", gettext_noop("Answers end on or before"), f"{RESTS_UNTIL} <= CAST(? AS DATE)", bound=True),
)
_EVENTS: Final = (
    Dimension("kind", gettext_noop("Kind"), "kind", "event_kind"),
    Dimension("entity", gettext_noop("Organiser"), "entity", "entity"),
    Dimension(
        "country", gettext_noop("State"), "country", "country", definition=gettext_noop("Where the event was held.")
    ),
    Dimension("region", gettext_noop("Region"), "region", "region"),
    Dimension("attending", gettext_noop("State taking part"), "attending", "country", many=True),
    Dimension("year", gettext_noop("Year"), _year("starts_on")),
    Dimension("series", gettext_noop("Series"), "series"),
    Dimension("provenance", gettext_noop("Provenance"), "provenance", "provenance"),
    Dimension("level", gettext_noop("Visible to"), "level", "level"),
    Dimension("from", gettext_noop("On or after"), "ends_on >= CAST(? AS DATE)", bound=True),
    Dimension("by", gettext_noop("On or before"), "starts_on <= CAST(? AS DATE)", bound=True),
)

#: Subject -> name -> dimension, in the order in which they are offered.
DIMENSIONS: Final[Mapping[Subject, Mapping[str, Dimension]]] = MappingProxyType(
    {
        subject: MappingProxyType({dimension.name: dimension for dimension in dimensions})
        for subject, dimensions in (
            (Subject.PROJECTS, _PROJECTS),
            (Subject.NEEDS, _NEEDS),
            (Subject.EVENTS, _EVENTS),
        )
    }
)

#: The snapshot table of each subject, and the column that identifies a record.
TABLE: Final = MappingProxyType({Subject.PROJECTS: "entry", Subject.NEEDS: "recommendation", Subject.EVENTS: "event"})
IDENTIFIER: Final = MappingProxyType(
    {Subject.PROJECTS: "project", Subject.NEEDS: "recommendation", Subject.EVENTS: "event"}
)

#: Name -> measure, in the order in which they are offered.
MEASURES: Final[Mapping[str, Measure]] = MappingProxyType(
    {
        measure.name: measure
        for measure in (
            Measure(
                "projects",
                gettext_noop("Projects"),
                Subject.PROJECTS,
                "count",
                "1",
                gettext_noop("The projects of the inventory, each once."),
            ),
            Measure(
                "budget",
                gettext_noop("Budget"),
                Subject.PROJECTS,
                "USD",
                "budget_usd",
                gettext_noop(
                    "The sum of the budgets in US dollars. A project that reports no budget, or one in a currency "
                    "whose rate is not known, adds nothing."
                ),
            ),
            Measure(
                "funding",
                gettext_noop("Funding received"),
                Subject.PROJECTS,
                "USD",
                "funding_usd",
                gettext_noop(
                    "The sum of the funding received in US dollars. A project that reports none, or in a currency "
                    "whose rate is not known, adds nothing."
                ),
            ),
            Measure(
                "shortfall",
                gettext_noop("Shortfall"),
                Subject.PROJECTS,
                "USD",
                "shortfall_usd",
                gettext_noop(
                    "The sum, over active projects, of the budget less the funding received, never below zero for "
                    "any project. A project of which either is not known adds nothing."
                ),
            ),
            Measure(
                "surplus",
                gettext_noop("Surplus"),
                Subject.PROJECTS,
                "USD",
                "surplus_usd",
                gettext_noop(
                    "The sum, over active projects, of the funding received beyond the budget. A project of which "
                    "either is not known adds nothing."
                ),
            ),
            Measure(
                "needs",
                gettext_noop("Needs"),
                Subject.NEEDS,
                "count",
                "1",
                gettext_noop("The recommendations of assessments, also called technical assistance needs, each once."),
            ),
            Measure(
                "events", gettext_noop("Events"), Subject.EVENTS, "count", "1", gettext_noop("The events, each once.")
            ),
            Measure(
                "participants",
                gettext_noop("Participants"),
                Subject.EVENTS,
                "count",
                "participants",
                gettext_noop(
                    "The sum of the numbers of participants, as reported for each event. Somebody who came to two "
                    "events counts twice; an event that reports no number adds nothing."
                ),
            ),
        )
    }
)


def dividing(subject: Subject) -> tuple[Dimension, ...]:
    """The dimensions that a cross-table of ``subject`` can have as rows or columns."""
    return tuple(dimension for dimension in DIMENSIONS[subject].values() if not dimension.bound)
