"""What a reader's role may read of the portfolio: projects by their level, everything of a project with it."""

from colonnade.core.policies import ENTITIES, INSIDE, SEES_ALL, STATES, Ring, by_levels, lookup, seen_with

PROJECT = "portfolio_project"

#: Tables whose rows are part of one project, which ``project_id`` holds.
OF_A_PROJECT = (
    "portfolio_project_named_entities",
    "portfolio_projectpartner",
    "portfolio_projectpillar",
    "portfolio_projectarea",
    "portfolio_projecttheme",
    "portfolio_projectcountry",
    "portfolio_projectregion",
    "portfolio_projectmandate",
    "portfolio_projectmarker",
    "portfolio_projectsafeguard",
    "portfolio_referencecode",
    "portfolio_mappedfact",
    "portfolio_inventoryentry",
)

#: Checks of markers: with their project, but never wider than inside the compact.
CHECK = (
    f"({SEES_ALL} OR ({seen_with(PROJECT, 'portfolio_markercheck.project_id')} AND ({INSIDE}"  # noqa: S608  # ours
    " OR project_id IN (SELECT reader_projects_of_states())"
    " OR NOT EXISTS (SELECT 1 FROM portfolio_project AS of WHERE of.id = portfolio_markercheck.project_id"
    " AND of.level = 'public'))))"
)

RING = Ring(
    open=(
        "portfolio_inventory",
        "portfolio_programme",
        "portfolio_programme_partners",
        "portfolio_programme_themes",
        "portfolio_programme_countries",
        "portfolio_programme_regions",
        "portfolio_programme_mandates",
    ),
    policed={
        PROJECT: by_levels(
            concerns="id IN (SELECT reader_projects_of_states())",
            assessed=f"state_id IN {STATES}",
            named=f"lead_entity_id IN {ENTITIES} OR id IN (SELECT reader_projects_naming())",
        ),
        "portfolio_markersample": SEES_ALL,
        "portfolio_markercheck": CHECK,
        **{table: seen_with(PROJECT, f"{table}.project_id") for table in OF_A_PROJECT},
    },
    functions=(
        lookup(
            "reader_projects_of_states",
            "SELECT project_id FROM portfolio_projectcountry WHERE country_id IN (SELECT reader_states())",
        ),
        lookup(
            "reader_projects_naming",
            "SELECT project_id FROM portfolio_project_named_entities WHERE entity_id IN (SELECT reader_entities())",
        ),
    ),
)
