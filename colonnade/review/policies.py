"""What a reader's role may read of proposals: its applicants', and from submission on those who screen, review and
recommend. Scores are the scorer's own until the process opens them; meetings and votes are the board's."""

from colonnade.core.policies import ENTITIES, SEES_ALL, Ring, lookup, seen_with

PERSON = "(SELECT reader_person())"
ON_THE_BOARD = "(SELECT reader_holds('board_member'))"
#: Roles that act for their entities on proposals.
APPLIES = "(SELECT reader_holds('entity_focal_point', 'working_group_chair'))"
CHAIRS = "(SELECT reader_holds('working_group_chair'))"
IN_THE_COMPACT = (
    "(SELECT reader_holds('secretariat', 'assessor', 'entity_focal_point', 'working_group_chair', 'board_member',"
    " 'auditor'))"
)
#: It was sent, and is not back with its applicants; a draft that was withdrawn never was.
SENT = "submitted_at IS NOT NULL AND standing NOT IN ('draft', 'returned')"

OF_THE_APPLICANT = f"({APPLIES} AND (entity_id IN {ENTITIES} OR id IN (SELECT reader_proposals_partnered())))"  # ours
PROPOSAL = (
    f"({SEES_ALL} OR {OF_THE_APPLICANT} OR ({SENT} AND ({ON_THE_BOARD}"
    f" OR ({CHAIRS} AND id IN (SELECT reader_proposals_chaired()))"
    f" OR ({IN_THE_COMPACT} AND id IN (SELECT reader_proposals_drawn())))))"
)


def part(table: str) -> str:
    """Rows that are read with their proposal."""
    return seen_with("review_proposal", f"{table}.proposal_id")


def of_open(flag: str, column: str) -> str:
    """Whether the proposal of ``column``, which is seen, has its scores open by ``flag``."""
    return f"EXISTS (SELECT 1 FROM review_proposal AS whole WHERE whole.id = {column} AND whole.{flag})"  # noqa: S608  # ours


PARTS = (
    "review_budgetline", "review_output", "review_risk", "review_consultation", "review_proposedmarker",
    "review_safeguardanswer", "review_screening", "review_question", "review_decision", "review_condition",
    "review_objection", "review_duereport", "review_closure",
    "review_proposal_partners", "review_proposal_countries", "review_proposal_regions",
)  # fmt: skip
OWN = (
    "SELECT id FROM review_proposal WHERE entity_id IN (SELECT reader_entities())"
    " OR begun_by_id = (SELECT reader_person()) OR submitted_by_id = (SELECT reader_person())"
    " UNION SELECT proposal_id FROM review_proposal_partners WHERE entity_id IN (SELECT reader_entities())"
)
#: The proposals in which the viewer has a part: what the board says of them is not for them yet.
THEIR_OWN = "(SELECT reader_proposals_of_theirs())"


def of_the_board(table: str, condition: str = "true") -> str:
    """Rows of a proposal for those who see everything, and for the board under ``condition``; not on their own."""
    board = f"({ON_THE_BOARD} AND {condition} AND {part(table)})"
    return f"(({SEES_ALL} OR {board}) AND proposal_id NOT IN {THEIR_OWN})"


RING = Ring(
    open=("review_process", "review_office"),
    policed={
        "review_call": f"({SEES_ALL} OR standing <> 'preparing')",
        "review_proposal": PROPOSAL,
        **{table: part(table) for table in PARTS},
        "review_projectresult": f"({SEES_ALL} OR (withdrawn_at IS NULL"
        f" AND {seen_with('portfolio_project', 'review_projectresult.project_id')}))",
        "review_reviewer": f"(person_id = {PERSON}"
        f" OR {of_the_board('review_reviewer', of_open('scores_open_to_board', 'review_reviewer.proposal_id'))})",
        "review_draw": f"({SEES_ALL} AND proposal_id NOT IN {THEIR_OWN})",
        "review_score": "(reviewer_id IN (SELECT reader_reviews_of_theirs())"
        " OR (final AND proposal_id NOT IN (SELECT reader_proposals_being_scored())"
        f" AND ({of_the_board('review_score', of_open('scores_open_to_board', 'review_score.proposal_id'))}"
        f" OR {of_open('scores_open_to_applicant', 'review_score.proposal_id')})))",
        "review_synthesis": f"({of_the_board('review_synthesis')}"
        f" OR {of_open('scores_open_to_applicant', 'review_synthesis.proposal_id')})",
        "review_agendaitem": f"({of_the_board('review_agendaitem')}"  # noqa: S608  # names of ours
        f" OR ({part('review_agendaitem')}"
        " AND EXISTS (SELECT 1 FROM review_decision AS rests WHERE rests.item_id = review_agendaitem.id)))",
        "review_meeting": f"({SEES_ALL} OR {ON_THE_BOARD})",
        "review_attendance": f"({SEES_ALL} OR {ON_THE_BOARD})",
        "review_vote": f"(({SEES_ALL} OR {ON_THE_BOARD}) AND item_id NOT IN (SELECT reader_items_of_theirs()))",
    },
    functions=(
        lookup(
            "reader_proposals_partnered",
            "SELECT proposal_id FROM review_proposal_partners WHERE entity_id IN (SELECT reader_entities())",
        ),
        lookup(
            "reader_proposals_chaired",
            "SELECT p.id FROM review_proposal p JOIN members_workinggroup_chairs c"
            " ON c.workinggroup_id = p.working_group_id WHERE c.entity_id IN (SELECT reader_entities())",
        ),
        lookup(
            "reader_proposals_drawn",
            "SELECT proposal_id FROM review_reviewer WHERE person_id = (SELECT reader_person()) AND conflict = ''",
        ),
        lookup(
            "reader_reviews_of_theirs",
            "SELECT id FROM review_reviewer WHERE person_id = (SELECT reader_person())",
        ),
        lookup("reader_proposals_of_theirs", OWN),
        lookup(
            "reader_items_of_theirs",
            f"SELECT id FROM review_agendaitem WHERE proposal_id IN ({OWN})",  # noqa: S608  # ours
        ),
        lookup(
            "reader_proposals_being_scored",
            "SELECT proposal_id FROM review_reviewer WHERE person_id = (SELECT reader_person())"
            " AND conflict = '' AND finished_at IS NULL",
        ),
    ),
)
