"""What becomes of everything that points at a record when it is merged: a table of every relation to projects.

A test walks the models and holds this table against them, so that a new relation cannot be forgotten.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext_noop

from colonnade.analysis.merging import moving, pairs, uniting
from colonnade.analysis.merging.joined import Joined

COPIED: Final = gettext_noop("The kept record gets what it does not have yet; the other keeps its own.")
CHOSEN: Final = gettext_noop("The kept record gets what it does not have yet; where both report, the choice above.")
MOVES: Final = gettext_noop("Moves to the kept record.")
STAYS: Final = gettext_noop("Stays with the record that it was written about, whose page leads to the kept one.")
BOOKS: Final = gettext_noop("Stays: the books are never rewritten. The kept record's page and the appeal count it.")


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation to projects: how people call its rows, what becomes of them, and what does it."""

    title: str
    how: str
    carry: Callable[[Joined], None]


def _stays(joined: Joined) -> None:
    """Nothing is done to it."""


#: "app.Model.field" -> what becomes of its rows. In this order: what follows a marker comes after markers.
RELATIONS: Final[Mapping[str, Relation]] = MappingProxyType(
    {
        "portfolio.ProjectPartner.project": Relation(gettext_noop("Partners"), COPIED, uniting.unite_partners),
        "portfolio.ProjectPillar.project": Relation(gettext_noop("Further pillars"), COPIED, uniting.unite_pillars),
        "portfolio.ProjectArea.project": Relation(gettext_noop("Areas"), COPIED, uniting.unite_areas),
        "portfolio.ProjectTheme.project": Relation(gettext_noop("Thematic priorities"), COPIED, uniting.unite_themes),
        "portfolio.ProjectCountry.project": Relation(gettext_noop("States"), COPIED, uniting.unite_countries),
        "portfolio.ProjectRegion.project": Relation(gettext_noop("Regions"), COPIED, uniting.unite_regions),
        "portfolio.ProjectMandate.project": Relation(gettext_noop("Resolutions"), COPIED, uniting.unite_mandates),
        "portfolio.ReferenceCode.project": Relation(gettext_noop("Other references"), COPIED, uniting.unite_references),
        "portfolio.ProjectMarker.project": Relation(gettext_noop("Markers"), CHOSEN, uniting.settle_markers),
        "portfolio.MarkerCheck.project": Relation(
            gettext_noop("Checks of markers"),
            gettext_noop("Move with the score that they are about."),
            moving.move_checks,
        ),
        "portfolio.ProjectSafeguard.project": Relation(gettext_noop("Safeguards"), CHOSEN, uniting.settle_safeguards),
        "portfolio.InventoryEntry.project": Relation(
            gettext_noop("Entries in inventories"), CHOSEN, uniting.settle_entries
        ),
        "portfolio.MappedFact.project": Relation(
            gettext_noop("Where facts come from"),
            gettext_noop("Comes along for what is chosen from the other record."),
            uniting.copy_facts,
        ),
        "portfolio.Project_named_entities.project": Relation(
            gettext_noop("Entities that read it"),
            gettext_noop("Who was let read both reads the kept one, and both lead entities do."),
            moving.settle_readers,
        ),
        "portfolio.Project.parent": Relation(gettext_noop("Parts"), MOVES, moving.move_parts),
        "portfolio.Project.merged_into": Relation(
            gettext_noop("Records merged before"), gettext_noop("Lead to the kept record."), moving.lead_on
        ),
        "needs.Response.project": Relation(
            gettext_noop("Responses to needs"),
            gettext_noop("Move; where both answer one need, the stronger stands and the other is withdrawn as merged."),
            moving.move_responses,
        ),
        "needs.AssistanceRequest.became_project": Relation(
            gettext_noop("Requests that became it"), MOVES, moving.move_requests
        ),
        "needs.PlanActivity.for_project": Relation(
            gettext_noop("Activities of plans that are it"), MOVES, moving.move_activities
        ),
        "needs.VersionProject.project": Relation(
            gettext_noop("Activities of agreed plans"),
            gettext_noop("Stay: what was agreed is never rewritten, and the record leads to the kept one."),
            _stays,
        ),
        "funding.Contribution.project": Relation(
            gettext_noop("Contributions"),
            gettext_noop("Move, each a line of its own; where somebody gave to both, the choice above."),
            moving.move_contributions,
        ),
        "funding.AppealEntry.project": Relation(
            gettext_noop("Entries of appeals"),
            gettext_noop("Move; where both are in one appeal, the choice above, and the other is taken out."),
            moving.move_appeals,
        ),
        "funding.Pledge.for_project": Relation(gettext_noop("Pledges"), MOVES, moving.move_pledges),
        "funding.Allocation.project": Relation(gettext_noop("Allocations of the fund"), BOOKS, _stays),
        "funding.Entry.for_project": Relation(gettext_noop("Entries in the books of the fund"), BOOKS, _stays),
        "funding.Posting.for_project": Relation(gettext_noop("Entries in the books of the fund"), "", _stays),
        "review.Proposal.approved_project": Relation(
            gettext_noop("Proposals that became it"), MOVES, moving.move_proposals
        ),
        "review.ProjectResult.project": Relation(gettext_noop("Published results"), MOVES, moving.move_results),
        "analysis.OverlapDecision.one": Relation(
            gettext_noop("Decisions on overlaps"),
            gettext_noop("Those in force hold for the kept record, unless something was decided about that one."),
            pairs.move_decisions,
        ),
        "analysis.OverlapDecision.other": Relation(gettext_noop("Decisions on overlaps"), "", _stays),
        "analysis.OverlapDecision.kept": Relation(gettext_noop("Decisions on overlaps"), "", _stays),
        "analysis.DismissedSuggestion.project": Relation(
            gettext_noop("Dismissed suggestions"), MOVES, pairs.move_dismissals
        ),
        "analysis.Merging.kept": Relation(gettext_noop("Mergings"), STAYS, _stays),
        "analysis.Merging.merged": Relation(
            gettext_noop("Mergings"),
            gettext_noop("Others that wait for this record are withdrawn."),
            pairs.end_other_mergings,
        ),
    }
)
