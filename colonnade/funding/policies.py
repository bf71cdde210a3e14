"""What a reader's role may read of money: a contribution and an entry of an appeal by their own level, and where they
belong to a project, with it. The board reads the fund's books, and allocations to projects that it may see; a donor
reads what is their own, an entity what was allocated to it; terms of an agreement are the donor's own. What was frozen
of an appeal is read with the records it is of. What a donor funds is told to others with their consent."""

from typing import Final

from colonnade.core.policies import ENTITIES, INSIDE, SEES_ALL, STATES, Ring, by_levels, lookup, seen_with

#: Contributions of the viewer's States.
GIVEN_BY_THEM = f"contributor_id IN (SELECT id FROM funding_contributor WHERE country_id IN {STATES})"  # noqa: S608  # ours
BOARD: Final = "(SELECT reader_holds('board_member'))"
#: Contributors whom the viewer is a donor for.
OWN: Final = "contributor_id IN (SELECT reader_gives())"
#: Whether the viewer answers for what somebody gives.
DONOR: Final = (
    "(SELECT reader_viewer() -> 'gives_states' <> '[]'::jsonb OR reader_viewer() -> 'gives_entities' <> '[]'::jsonb)"
)
OWN_PLEDGES: Final = f"(SELECT id FROM funding_pledge WHERE {OWN})"  # noqa: S608  # ours
#: Intentions whose amounts the viewer is told.
TOLD_AMOUNTS: Final = f"(SELECT id FROM funding_intention WHERE {OWN} OR shown = 'amount')"  # noqa: S608  # ours
TO_THEM: Final = f"entity_id IN {ENTITIES}"
#: A row that has a level, beside its own circle.
BY_LEVEL: Final = f"level = 'public' OR (level = 'compact' AND {INSIDE})"

#: Tables that the application's login adds to, and changes no row of.
ONLY_ADDED_TO: Final = (
    *("funding_entry", "funding_posting", "funding_closing", "funding_monthlyrate"),
    *("funding_appealmoment", "funding_frozenentry", "funding_frozensum"),
)


def _with_project(table: str, column: str = "for_project_id") -> str:
    return f"({column} IS NULL OR {seen_with('portfolio_project', f'{table}.{column}')})"


def _in_the_books(table: str, own: str) -> str:
    return f"({SEES_ALL} OR {BOARD} OR (({own}) AND {_with_project(table)}))"


def _with(table: str, column: str, whole: str) -> str:
    return f"({column} IS NULL OR {seen_with(whole, f'{table}.{column}')})"


def _with_pledge(table: str) -> str:
    return seen_with("funding_pledge", f"{table}.pledge_id")


RING = Ring(
    open=(
        "funding_contributor",
        "funding_seedround",
        "funding_seedaward",
        "funding_appeal",
        "funding_window",
        "funding_earmark",
        "funding_closing",
        "funding_appealmoment",
        "funding_monthlyrate",
    ),
    policed={
        "funding_contribution": by_levels(concerns=GIVEN_BY_THEM)
        + f" AND (project_id IS NULL OR {seen_with('portfolio_project', 'funding_contribution.project_id')})",
        "funding_appealentry": by_levels(concerns="project_id IN (SELECT reader_projects_of_states())")
        + f" AND (project_id IS NULL OR {seen_with('portfolio_project', 'funding_appealentry.project_id')})",
        "funding_pledge": _in_the_books("funding_pledge", f"{OWN} OR {BY_LEVEL}"),
        "funding_agreement": _with_pledge("funding_agreement"),
        "funding_instalment": _with_pledge("funding_instalment"),
        "funding_agreementterms": f"({SEES_ALL} OR pledge_id IN {OWN_PLEDGES})",
        "funding_allocation": f"({SEES_ALL} OR (({BOARD} OR {TO_THEM} OR {BY_LEVEL})"
        f" AND {_with_project('funding_allocation', 'project_id')}))",
        "funding_entry": _in_the_books("funding_entry", f"{OWN} OR {TO_THEM}"),
        "funding_posting": seen_with("funding_entry", "funding_posting.entry_id"),
        "funding_frozenentry": seen_with("funding_appealentry", "funding_frozenentry.entry_id"),
        "funding_frozensum": f"{seen_with('funding_appealentry', 'funding_frozensum.entry_id')}"
        f" AND {_with('funding_frozensum', 'contribution_id', 'funding_contribution')}"
        f" AND {_with('funding_frozensum', 'allocation_id', 'funding_allocation')}"
        f" AND {_with('funding_frozensum', 'pledge_id', 'funding_pledge')}"
        f" AND (kind NOT IN ('paid', 'open') OR {SEES_ALL} OR {BOARD}"
        f" OR pledge_id IN {OWN_PLEDGES})",
        "funding_intention": f"({SEES_ALL} OR {BOARD} OR {OWN} OR (NOT announced AND (shown = 'amount'"
        f" OR (shown = 'presence' AND {DONOR}))))"
        f" AND {_with('funding_intention', 'entry_id', 'funding_appealentry')}",
        "funding_intentionamount": f"{seen_with('funding_intention', 'funding_intentionamount.intention_id')}"
        f" AND ({SEES_ALL} OR {BOARD} OR intention_id IN {TOLD_AMOUNTS})",
    },
    functions=(
        lookup(
            "reader_gives",
            "SELECT giver.id FROM funding_contributor AS giver"
            " LEFT JOIN places_country AS state ON state.id = giver.country_id"
            " LEFT JOIN members_entity AS entity ON entity.id = giver.entity_id"
            " WHERE reader_viewer() -> 'gives_states' ? state.code"
            " OR reader_viewer() -> 'gives_entities' ? entity.code",
        ),
    ),
)
