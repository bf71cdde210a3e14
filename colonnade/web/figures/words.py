"""The words of the pages, each explained in a sentence or two, with where it is used. The strategy's own are data.

Nothing here is about one strategy: pillars, areas, themes, instruments and mandates come from the registry.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Word:
    """A word, what it means here, and where it is used: keys of figures, names of pages with their parameters."""

    anchor: str
    title: Promise | str
    meaning: Promise | str
    figures: tuple[str, ...] = ()
    pages: tuple[tuple[str, str], ...] = ()


PROJECTS: Final = ("projects", "")

MODEL: Final = (
    Word(
        "strategy",
        _("Strategy"),
        _(
            "What many organisations carry out together, and this registry serves. Its pillars, areas and"
            " themes are data, not programming."
        ),
    ),
    Word(
        "entity",
        _("Entity"),
        _(
            "An organisation: a member or observer of the coordination framework, a contributor to its "
            "report, a partner, or a publisher of activities."
        ),
        ("entities_implementing", "projects_by_entity"),
    ),
    Word(
        "project",
        _("Project"),
        _(
            "Anything reported as a project, programme or activity, with one lead entity. It counts once "
            "in an inventory, however many partners, States or areas it has."
        ),
        ("projects",),
        (PROJECTS,),
    ),
    Word(
        "lead-entity",
        _("Lead entity"),
        _("The one entity that answers for a project. Counts by entity use it; partners are not counted there."),
        ("projects_by_entity",),
    ),
    Word(
        "partner",
        _("Partner"),
        _("An organisation that takes part in a project which another one leads."),
        ("projects_with_partners",),
    ),
    Word(
        "inventory",
        _("Inventory"),
        _(
            "A named set of projects with what was reported of each at one time. A project can stand in "
            "several, with another status or budget in each."
        ),
        ("projects", "projects_previous"),
        (PROJECTS,),
    ),
    Word(
        "active",
        _("Active"),
        _("Of a project: every status that is neither completed nor cancelled."),
        ("projects_active",),
        (("projects", "active=yes"),),
    ),
    Word(
        "scope",
        _("Scope"),
        _("How far a project reaches: global, regional or national. Where none was reported, none is assumed."),
        ("projects_by_scope",),
    ),
    Word(
        "origin",
        _("Origin"),
        _("What a project goes back to: a recommendation, a request of a State, or a mandate."),
        ("projects_by_origin",),
    ),
    Word(
        "pillar",
        _("Pillar"),
        _("One of the parts that the strategy rests on. A project has one primary pillar, and counts there."),
        ("projects_by_pillar", "pillar_balance"),
    ),
    Word(
        "area",
        _("Area"),
        _("A priority area of a plan under the strategy. A project may serve several, and counts once in each."),
        ("projects_by_area",),
    ),
    Word("theme", _("Theme"), _("A thematic priority: what needs and projects are about."), ("needs_by_theme",)),
    Word(
        "budget",
        _("Budget"),
        _(
            "What a project is meant to cost in all, as reported, in its own currency, and in US dollars "
            "at the rate of its date where one is known."
        ),
        ("budget_total", "budget_active"),
    ),
    Word(
        "funding",
        _("Funding received"),
        _("What a project has received towards its budget. Nothing reported is not the same as nought."),
        ("funding_active",),
    ),
    Word(
        "shortfall",
        _("Shortfall"),
        _(
            "Budget less funding received of an active project, never below zero. What one project has "
            "too much does not make up for what another lacks."
        ),
        ("shortfall_total", "shortfall_share", "projects_with_shortfall"),
    ),
    Word(
        "surplus",
        _("Surplus"),
        _("Funding of an active project beyond its budget: a figure of its own, never set off against shortfalls."),
        ("surplus_total",),
    ),
    Word(
        "appeal",
        _("Appeal"),
        _("A call for the money that a chosen set of projects requires over some years."),
        ("appeal_projects", "appeal_requirement"),
    ),
    Word(
        "seed-funding",
        _("Seed funding"),
        _("Small amounts awarded in rounds from the trust fund, so that work can begin."),
        ("seed_by_round",),
    ),
    Word(
        "trust-fund",
        _("Trust fund"),
        _("The fund through which contributors pay for the work of the strategy."),
        ("trust_fund_contributors", "contributions_total"),
    ),
    Word(
        "gender-marker",
        _("Gender marker"),
        _("A score from 0 to 3: how far gender equality is an objective of a project. 3 is the principal objective."),
        ("gender_marker_distribution", "gender_principal_share"),
    ),
    Word(
        "assessment",
        _("Assessment"),
        _("A visit to a State, a follow-up, or a desk review, after which recommendations are made."),
        ("assessed_states",),
    ),
    Word(
        "need",
        _("Need"),
        _("A recommendation of an assessment: the technical assistance that a State is found to need."),
        ("needs_count", "needs_by_theme"),
        (("needs", ""),),
    ),
    Word(
        "response",
        _("Response"),
        _(
            "A claimed link between a project and a need, with its strength and evidence, who claimed it,"
            " and who verified or disputes it. Nobody verifies their own claim."
        ),
        ("needs_with_response",),
    ),
    Word(
        "coverage",
        _("Coverage"),
        _("How far a need is answered: unmet, claimed, partly met, met, or contested."),
        ("coverage_of_needs",),
        (("coverage", ""),),
    ),
    Word(
        "balance",
        _("Balance between the pillars"),
        _(
            "Of the projects: what the pillar with the fewest has of an equal share. Of coverage: the share of needs "
            "met or partly met in the pillar where it is lowest, against that of all needs. 100 per cent is even."
        ),
        ("pillar_balance", "coverage_balance"),
        (("coverage", ""),),
    ),
    Word(
        "falls-open",
        _("Falls open"),
        _(
            "Of a need that is met or partly met: the last of the verified answers that it rests on ends within six "
            "months, with its project or on the day that the response states."
        ),
        (),
        (("coverage-time", ""),),
    ),
    Word(
        "event",
        _("Event"),
        _(
            "A workshop, meeting, mission or conference, with its place, days and participants. Who "
            "attends two events counts twice."
        ),
        (),
        (("events", ""),),
    ),
    Word(
        "figure",
        _("Figure"),
        _(
            "A named number, or table of numbers, with a definition, a version and a query. Where its "
            "definition changes, so does its version, and a series shows the break."
        ),
        (),
        (("figures", ""),),
    ),
    Word(
        "claim",
        _("Claim"),
        _("A number that a published document states. Claims are held against each other and against the registry."),
    ),
    Word(
        "report",
        _("Report"),
        _("A text with named figures, built for one audience, with the snapshot that it was computed from."),
        (),
        (("reports", ""),),
    ),
    Word(
        "snapshot",
        _("Snapshot"),
        _("The registry as it stood at one moment, divided by who may see it. Every number is counted over one."),
    ),
    Word("round", _("Round"), _("One collection of what entities report, with a deadline.")),
    Word("baseline", _("Baseline"), _("The snapshot that is frozen when a round closes, to compare later ones with.")),
    Word(
        "illustrative",
        _("Illustrative"),
        _(
            "Made up so that records add up to published totals, because the records themselves were not "
            "published. Pages with such records say so."
        ),
    ),
    Word("published", _("Published"), _("Taken from a public source, which is named.")),
    Word(
        "not-reported", _("Not reported"), _("Nobody has said. It has a row of its own and is never counted as nought.")
    ),
    Word(
        "at-least",
        _("At least"),
        _(
            "Some records could not be counted, for example an amount in a currency without a known rate;"
            " the note says how many."
        ),
    ),
    Word(
        "not-released",
        _("Not released"),
        _("There may be records that you may not see, so that a number would mislead."),
    ),
)

STATUSES: Final = {
    "in_development": _("Being designed: not begun, and not yet asking for money."),
    "awaiting_funding": _("Designed, and waiting for money. Active."),
    "ongoing": _("Being carried out. Active."),
    "completed": _("Done. Counted in the portfolio, and not active."),
    "suspended": _("Stopped for a time. Active."),
    "cancelled": _("Given up. Not active."),
}
SCOPES: Final = {
    "global": _("For every State: it names none, and counts for a State only where a figure says so."),
    "regional": _("For a region or several States."),
    "national": _("For one State."),
}
ORIGINS: Final = {
    "recommendation": _("It answers a recommendation that an assessment made."),
    "request": _("A State asked for it."),
    "mandate": _("The lead entity carries it out under its own mandate."),
}
COVERAGE: Final = (
    ("unmet", _("Unmet"), _("No project claims to answer the need.")),
    ("claimed", _("Claimed"), _("A project claims to answer it, and nobody has verified that.")),
    ("partly_met", _("Partly met"), _("A verified response meets part of it.")),
    ("met", _("Met"), _("A verified response meets all of it.")),
    ("contested", _("Contested"), _("Somebody disputes a response, and says why.")),
)
LEVELS: Final = {
    "public": _("Everyone."),
    "compact": _(
        "People signed in for a member entity, the secretariat, assessors, board members, auditors; a"
        " State's people for what concerns their State."
    ),
    "restricted": _(
        "The State that asked for it, its assessors, the secretariat, auditors, and entities that were named."
    ),
}
ROLES: Final = {
    "secretariat": (_("Secretariat"), _("Collects, verifies and reports. Sees every record.")),
    "assessor": (
        _("Assessor"),
        _(
            "Records assessments and needs. Sees what is shared inside the framework, and what the States"
            " that they assess keep confidential."
        ),
    ),
    "entity_focal_point": (
        _("Entity focal point"),
        _(
            "Reports the projects of their entity. Sees what is shared inside the framework, and "
            "restricted records that name their entity."
        ),
    ),
    "state_focal_point": (
        _("State focal point"),
        _("Looks at their own State. Sees what is public, and what concerns their State, confidential records too."),
    ),
    "working_group_chair": (
        _("Chair of a working group"),
        _("Leads a working group. Sees what is shared inside the framework."),
    ),
    "board_member": (_("Board member"), _("Reads and scores proposals. Sees what is shared inside the framework.")),
    "donor": (
        _("Donor"),
        _("Looks at what is short of money. Sees what is public, and what concerns their contributions."),
    ),
    "auditor": (_("Auditor"), _("Reads everything, and changes nothing.")),
    "administrator": (_("Administrator"), _("Keeps the house running. Sees no more records for it.")),
    "resident_coordinator": (
        _("Resident coordinator"),
        _(
            "Files requests for the States where they serve."
            " Sees what is public, and requests that these let them read."
        ),
    ),
}
