"""What a reader's role may read of money: a contribution and an entry of an appeal by their own level, and where they
belong to a project, with it."""

from colonnade.core.policies import STATES, Ring, by_levels, seen_with

#: Contributions of the viewer's States.
GIVEN_BY_THEM = f"contributor_id IN (SELECT id FROM funding_contributor WHERE country_id IN {STATES})"  # noqa: S608  # ours

RING = Ring(
    open=("funding_contributor", "funding_seedround", "funding_seedaward", "funding_appeal"),
    policed={
        "funding_contribution": by_levels(concerns=GIVEN_BY_THEM)
        + f" AND (project_id IS NULL OR {seen_with('portfolio_project', 'funding_contribution.project_id')})",
        "funding_appealentry": by_levels(concerns="project_id IN (SELECT reader_projects_of_states())")
        + f" AND (project_id IS NULL OR {seen_with('portfolio_project', 'funding_appealentry.project_id')})",
    },
)
