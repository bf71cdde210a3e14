"""The list of needs: its columns, its filters, its totals, and from whom needs are kept."""

from typing import Final

from django.utils.translation import gettext_noop

from colonnade.analysis.crosstab.model import Subject
from colonnade.members.models import SavedView
from colonnade.web.listing.model import Kind, ListColumn, ListOf, of_dimensions
from colonnade.web.shared.reading import Reading


def withheld(reading: Reading) -> bool:
    """Needs are shared inside the compact: whoever looks from outside sees those that concern them, or none."""
    return not reading.reader.viewer.inside_the_compact


NEEDS: Final = ListOf(
    subject=Subject.NEEDS,
    page=SavedView.Page.NEEDS,
    record="recommendation",
    title=gettext_noop("Needs"),
    lead=gettext_noop("Recommendations of assessments, also called technical assistance needs."),
    columns=(
        ListColumn("title", gettext_noop("Need"), Kind.RECORD),
        ListColumn("reference", gettext_noop("Reference"), Kind.TEXT),
        *of_dimensions(
            Subject.NEEDS, "country", "region", "theme", "pillar", "priority", "coverage", "standing", "mandate"
        ),
        ListColumn("issued_on", gettext_noop("Issued"), Kind.DATE),
        ListColumn("rests_on", gettext_noop("Answers end"), Kind.DATE),
        *of_dimensions(Subject.NEEDS, "entity", "coverage_here"),
        *of_dimensions(Subject.NEEDS, "provenance", "level"),
    ),
    default=("title", "country", "theme", "priority", "coverage", "standing", "issued_on"),
    facets=(
        "country",
        "region",
        "theme",
        "pillar",
        "priority",
        "coverage",
        "standing",
        "mandate",
        "year",
        "entity",
        "level",
    ),
    inside=frozenset({"level"}),
    sort="title",
    measures=("needs",),
    explore_rows="coverage",
    withheld=withheld,
)
