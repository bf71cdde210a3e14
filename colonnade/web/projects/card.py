"""A project's page: everything known of it, in the words that its template prints."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from colonnade.core.viewer import Viewer
from colonnade.portfolio.models import Project
from colonnade.web.needs.card import headings
from colonnade.web.projects.facts import (
    KnownFact,
    at_a_glance,
    contributions_of,
    identified_as,
    is_closed,
    money_of,
    what_it_is,
)
from colonnade.web.projects.inventories import inventories_table
from colonnade.web.projects.neighbours import Neighbours, neighbours_of
from colonnade.web.projects.origins import reported_in
from colonnade.web.projects.queries import KnownProject, known_project
from colonnade.web.shared.facts import Fact
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.record_addresses import record_address


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """What the template of a project's page receives."""

    project: Project
    closed: bool
    glance: list[Fact]
    what: list[KnownFact]
    money: list[KnownFact]
    contributions: TableView | None
    identified: list[Fact]
    reported_in: str
    inventories: TableView
    needs: TableView
    needs_withheld: bool
    neighbours: list[Neighbours]
    merged: tuple[Project, ...]


def project_card(viewer: Viewer, public_id: str, reading: Reading) -> ProjectCard:
    """The page of the project, as ``viewer`` may see it. One that they may not see is not there."""
    known = known_project(viewer, public_id)
    if known is None:
        raise Http404
    return ProjectCard(
        project=known.project,
        closed=is_closed(known),
        glance=at_a_glance(known),
        what=what_it_is(known),
        money=money_of(known),
        contributions=_contributions(known),
        identified=identified_as(known),
        reported_in=reported_in(next(iter(known.entries), None)),
        inventories=inventories_table(known.entries),
        needs=_needs(known, viewer),
        needs_withheld=not viewer.inside_the_compact,
        neighbours=neighbours_of(known, reading, viewer),
        merged=known.merged,
    )


def _contributions(known: KnownProject) -> TableView | None:
    given = contributions_of(known)
    if not given:
        return None
    header = (
        HeaderView(_("Contributor")),
        HeaderView(_("Kind")),
        HeaderView(_("Received")),
        HeaderView(_("Amount"), numeric=True),
    )
    rows = tuple(
        (
            CellView(who.text, who.href, header=True),
            CellView(kind),
            CellView(received),
            CellView(amount, numeric=True),
        )
        for who, kind, received, amount in given
    )
    return TableView(_("Contributions"), header, rows)


def _needs(known: KnownProject, viewer: Viewer) -> TableView:
    called = headings(viewer, [link.recommendation for link in known.responses])
    header = (
        HeaderView(_("Need")),
        HeaderView(_("State")),
        HeaderView(_("Strength")),
        HeaderView(_("Standing")),
        HeaderView(_("Claimed by")),
    )
    rows = tuple(
        (
            CellView(
                called[link.recommendation_id],
                record_address("recommendation", link.recommendation.public_id),
                header=True,
            ),
            CellView(link.recommendation.country.name),
            CellView(str(link.get_strength_display())),
            CellView(str(link.get_standing_display()), record_address("response", link.public_id)),
            CellView(link.claimed_by.abbreviation),
        )
        for link in known.responses
    )
    return TableView(_("Needs that it responds to"), header, rows)
