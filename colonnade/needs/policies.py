"""What a reader's role may read of needs: assessments and recommendations by their level, a response where both the
need and the project are seen. What a State keeps, wished and consented to is its own, its assessors' and the
secretariat's; what it asks for its own, the secretariat's and theirs whom it was passed to. A plan of action
is its circle's until its States let others read what they agreed."""

from typing import Final

from colonnade.core.policies import ENTITIES, INSIDE, SEES_ALL, STATES, Ring, by_levels, lookup, seen_with

HERE = f"country_id IN {STATES}"
OF_THEIR_STATE = "recommendation_id IN (SELECT reader_needs_of_states())"
BETWEEN_THEM = f"({SEES_ALL} OR {OF_THEIR_STATE})"

#: Of the State's own people: those who assess it do not read what it asks of others.
_ASKS: Final = f"((SELECT reader_holds('state_focal_point')) AND {HERE})"
#: What belongs to a plan of action, and is read in its circle alone.
_OF_CIRCLES: Final = (
    "planstate",
    "planentity",
    "planconsent",
    "planstep",
    "planoutcome",
    "planoutput",
    "planactivity",
    "planindicator",
    "planrisk",
)
#: Of the resident coordinator, where the State lets them read.
_COORDINATES: Final = "(coordinator_reads AND country_id IN (SELECT reader_coordinates()))"
_OF_REQUESTS: Final = ("passing", "notice", "safeguard", "step")


def of_circle(column: str) -> str:
    """Rows whose ``column`` holds a plan of action that the reader works on, or answers for."""
    return f"({SEES_ALL} OR {column} IN (SELECT reader_plans_of_circle()))"


RING = Ring(
    open=("needs_confidentialitychange", "needs_assistanceprocess"),
    policed={
        "needs_assessment": by_levels(concerns=HERE, assessed=HERE, named=f"assessor_id IN {ENTITIES}"),
        "needs_assessment_mandates": seen_with("needs_assessment", "needs_assessment_mandates.assessment_id"),
        "needs_recommendation": by_levels(concerns=HERE, assessed=HERE, named="id IN (SELECT reader_needs_naming())"),
        "needs_recommendation_mandates": seen_with(
            "needs_recommendation", "needs_recommendation_mandates.recommendation_id"
        ),
        "needs_recommendation_named_entities": seen_with(
            "needs_recommendation", "needs_recommendation_named_entities.recommendation_id"
        ),
        "needs_response": seen_with("needs_recommendation", "needs_response.recommendation_id")
        + " AND "
        + seen_with("portfolio_project", "needs_response.project_id"),
        "needs_responsestep": seen_with("needs_response", "needs_responsestep.response_id"),
        "needs_keptfield": f"({SEES_ALL} OR {OF_THEIR_STATE}"
        " OR (recommendation_id IN (SELECT reader_needs_naming())"
        f" AND {seen_with('needs_recommendation', 'needs_keptfield.recommendation_id')}))",
        "needs_wish": BETWEEN_THEM,
        "needs_consent": BETWEEN_THEM,
        "needs_lifting": BETWEEN_THEM,
        "needs_assistancerequest": f"({SEES_ALL} OR (level = 'compact' AND {INSIDE}) OR {_ASKS}"
        f" OR {_COORDINATES} OR id IN (SELECT reader_requests_passed()))",
        **{
            f"needs_assistance{part}": seen_with("needs_assistancerequest", f"needs_assistance{part}.of_request_id")
            for part in _OF_REQUESTS
        },
        "needs_remark": BETWEEN_THEM,
        "needs_actionplan": f"({of_circle('id')} OR (level = 'compact' AND {INSIDE}))",
        **{f"needs_{part}": of_circle("of_plan_id") for part in _OF_CIRCLES},
        "needs_planneed": of_circle("of_plan_id")
        + " AND "
        + seen_with("needs_recommendation", "needs_planneed.need_id"),
        "needs_planversion": f"({of_circle('of_plan_id')}"
        f" OR (standing = 'agreed' AND {seen_with('needs_actionplan', 'needs_planversion.of_plan_id')}))",
        "needs_versionneed": seen_with("needs_planversion", "needs_versionneed.of_version_id")
        + " AND "
        + seen_with("needs_recommendation", "needs_versionneed.need_id"),
        "needs_versionproject": seen_with("needs_planversion", "needs_versionproject.of_version_id")
        + " AND "
        + seen_with("portfolio_project", "needs_versionproject.project_id"),
        "needs_plancosts": f"(shared OR {seen_with('needs_actionplan', 'needs_plancosts.of_plan_id')})",
        "needs_activityreport": seen_with("needs_actionplan", "needs_activityreport.of_plan_id"),
        "needs_indicatorreport": seen_with("needs_actionplan", "needs_indicatorreport.of_plan_id"),
    },
    functions=(
        lookup(
            "reader_needs_of_states",
            "SELECT id FROM needs_recommendation WHERE country_id IN (SELECT reader_states())",
        ),
        lookup(
            "reader_needs_naming",
            "SELECT recommendation_id FROM needs_recommendation_named_entities"
            " WHERE entity_id IN (SELECT reader_entities())",
        ),
        lookup(
            "reader_requests_passed",
            "SELECT of_request_id FROM needs_assistancepassing WHERE entity_id IN (SELECT reader_entities())",
        ),
        lookup(
            "reader_plans_of_circle",
            "SELECT of_plan_id FROM needs_planstate WHERE country_id IN (SELECT reader_states())"
            " UNION SELECT of_plan_id FROM needs_planentity WHERE entity_id IN (SELECT reader_entities())",
        ),
    ),
)
