"""What a reader's role may read of needs: assessments and recommendations by their level, a response where both the
need and the project are seen. What a State keeps, wished and consented to is its own, its assessors' and the
secretariat's."""

from colonnade.core.policies import ENTITIES, SEES_ALL, STATES, Ring, by_levels, lookup, seen_with

HERE = f"country_id IN {STATES}"
OF_THEIR_STATE = "recommendation_id IN (SELECT reader_needs_of_states())"
BETWEEN_THEM = f"({SEES_ALL} OR {OF_THEIR_STATE})"

RING = Ring(
    open=("needs_confidentialitychange",),
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
    ),
)
