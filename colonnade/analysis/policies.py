"""What a reader's role may read of released totals: those that were released to it; who sees every record, all of them.

The records behind a release and what its checks found are for those who see every record. What was published outside
is no secret. A decision on two projects, and that two records are made one, is read inside the compact where both
projects are; a dismissed suggestion where its need and its project are, inside the compact and by the State of the
need.
"""

from colonnade.core.policies import INSIDE, SEES_ALL, Ring, seen_with

RING = Ring(
    open=("analysis_knownfigure",),
    policed={
        "analysis_releasedtotal": f"({SEES_ALL} OR (standing IN ('approved', 'withdrawn')"
        f" AND (audience = 'public' OR (audience = 'compact' AND {INSIDE}))))",
        "analysis_releasebasis": SEES_ALL,
        "analysis_releasecheck": SEES_ALL,
        "analysis_overlapdecision": f"({INSIDE}"
        f" AND {seen_with('portfolio_project', 'analysis_overlapdecision.one_id')}"
        f" AND {seen_with('portfolio_project', 'analysis_overlapdecision.other_id')})",
        "analysis_merging": f"({INSIDE} AND {seen_with('portfolio_project', 'analysis_merging.kept_id')}"
        f" AND {seen_with('portfolio_project', 'analysis_merging.merged_id')})",
        "analysis_dismissedsuggestion": f"(({INSIDE} OR recommendation_id IN (SELECT reader_needs_of_states()))"
        f" AND {seen_with('needs_recommendation', 'analysis_dismissedsuggestion.recommendation_id')}"
        f" AND {seen_with('portfolio_project', 'analysis_dismissedsuggestion.project_id')})",
    },
)
