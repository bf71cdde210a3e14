"""The list of projects: its columns, its filters, its totals."""

from typing import Final

from django.utils.translation import gettext_noop

from colonnade.analysis.crosstab.model import Subject
from colonnade.members.models import SavedView
from colonnade.web.listing.model import Kind, ListColumn, ListOf, of_dimensions
from colonnade.web.shared.record_addresses import PROJECT

PROJECTS: Final = ListOf(
    subject=Subject.PROJECTS,
    page=SavedView.Page.PROJECTS,
    record=PROJECT,
    title=gettext_noop("Projects"),
    lead=gettext_noop("Projects, programmes and activities that entities report."),
    columns=(
        ListColumn("title", gettext_noop("Title"), Kind.RECORD),
        ListColumn("reference", gettext_noop("Reference"), Kind.TEXT),
        *of_dimensions(Subject.PROJECTS, "entity", "pillar", "status", "scope", "country", "region", "theme", "area"),
        ListColumn("starts_on", gettext_noop("Begins"), Kind.DATE),
        ListColumn("ends_on", gettext_noop("Ends"), Kind.DATE),
        ListColumn("budget_usd", gettext_noop("Budget"), Kind.USD),
        ListColumn("funding_usd", gettext_noop("Funding received"), Kind.USD),
        ListColumn("shortfall_usd", gettext_noop("Shortfall"), Kind.USD),
        ListColumn("surplus_usd", gettext_noop("Surplus"), Kind.USD),
        ListColumn("currency", gettext_noop("Currency"), Kind.TEXT),
        ListColumn("budget", gettext_noop("Budget, own currency"), Kind.AMOUNT),
        ListColumn("funding", gettext_noop("Funding, own currency"), Kind.AMOUNT),
        *of_dimensions(
            Subject.PROJECTS,
            "active",
            "partner",
            "mandate",
            "origin",
            "working_group",
            "programme",
            "gender_marker",
            "in_appeal",
            "provenance",
            "level",
        ),
    ),
    default=("title", "entity", "pillar", "status", "country", "ends_on", "budget_usd", "shortfall_usd"),
    facets=(
        "pillar",
        "status",
        "scope",
        "entity",
        "country",
        "region",
        "theme",
        "area",
        "working_group",
        "origin",
        "gender_marker",
        "partner",
        "mandate",
        "programme",
        "starts_year",
        "ends_year",
        "in_appeal",
        "level",
    ),
    inside=frozenset({"level"}),
    sort="title",
    measures=("projects", "budget", "funding", "shortfall"),
    explore_rows="pillar",
)
