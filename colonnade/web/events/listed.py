"""The list of events: its columns, its filters, its totals."""

from typing import Final

from django.utils.translation import gettext_noop

from colonnade.analysis.crosstab.model import Subject
from colonnade.members.models import SavedView
from colonnade.web.listing.model import Kind, ListColumn, ListOf, of_dimensions

EVENTS: Final = ListOf(
    subject=Subject.EVENTS,
    page=SavedView.Page.EVENTS,
    record="event",
    title=gettext_noop("Events"),
    lead=gettext_noop("Workshops, meetings, missions and conferences. Participants are numbers, never names."),
    columns=(
        ListColumn("title", gettext_noop("Title"), Kind.RECORD),
        *of_dimensions(Subject.EVENTS, "kind"),
        ListColumn("starts_on", gettext_noop("Begins"), Kind.DATE),
        ListColumn("ends_on", gettext_noop("Ends"), Kind.DATE),
        *of_dimensions(Subject.EVENTS, "country"),
        ListColumn("city", gettext_noop("City"), Kind.TEXT),
        *of_dimensions(Subject.EVENTS, "region", "entity"),
        ListColumn("participants", gettext_noop("Participants"), Kind.NUMBER),
        *of_dimensions(Subject.EVENTS, "attending", "year", "series", "provenance", "level"),
    ),
    default=("title", "kind", "starts_on", "country", "city", "entity", "participants"),
    facets=("kind", "entity", "country", "region", "year", "attending", "series", "provenance", "level"),
    inside=frozenset({"level"}),
    sort="-starts_on",
    measures=("events", "participants"),
    explore_rows="kind",
)
