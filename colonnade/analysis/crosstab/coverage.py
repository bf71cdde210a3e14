"""What responses say of a need, as DuckDB over the table ``recommendation``.

The rule of :mod:`colonnade.needs.coverage` in one expression, made for whatever responses are let count; a test holds
it, the figures and the rule in Python together.
"""

from typing import Final

from django.utils.translation import gettext_noop

from colonnade.needs.coverage import ANSWERS, Coverage

#: The states of a need, from nobody's to somebody's, with their titles.
COVERAGES: Final = {
    Coverage.UNMET.value: gettext_noop("Unmet"),
    Coverage.CLAIMED.value: gettext_noop("Claimed"),
    Coverage.CONTESTED.value: gettext_noop("Contested"),
    Coverage.PARTLY_MET.value: gettext_noop("Partly met"),
    Coverage.MET.value: gettext_noop("Met"),
}
#: Responses of every project, whatever its scope: the rule.
EVERY_RESPONSE: Final = "true"
#: Responses of projects that name the State of the need among their places.
NAMING_THE_STATE: Final = """(response.project, recommendation.country) IN
        (SELECT (entry_country.project, entry_country.country) FROM entry_country
         WHERE entry_country.project IN (SELECT project FROM response))"""
_OF_THE_NEED: Final = "response.recommendation = recommendation.recommendation"
_ANSWERING: Final = ", ".join(f"'{standing.value}'" for standing in ANSWERS)
#: A response's project with its last day, in whatever inventory it stands: a project has one.
_ENDS: Final = """(SELECT project, max(ends_on) AS ends_on FROM entry
                WHERE project IN (SELECT project FROM response WHERE standing = 'verified') GROUP BY project)"""


def coverage_sql(counted: str) -> str:
    """The coverage of a need by the responses for which ``counted`` holds; never NULL."""
    return f"""coalesce((
    SELECT CASE WHEN bool_or(standing = 'verified' AND strength = 'full') THEN 'met'
                WHEN bool_or(standing = 'verified') THEN 'partly_met'
                WHEN bool_or(standing = 'contested') THEN 'contested'
                WHEN bool_or(standing = 'claimed') THEN 'claimed' ELSE 'unmet' END
    FROM response WHERE {_OF_THE_NEED} AND {counted}), 'unmet')"""  # conditions of this module


#: The lead entities of the projects that answer a need, if only by a claim: a list of codes.
ANSWERING_ENTITIES: Final = f"""coalesce((
    SELECT list_sort(list_distinct(list(project.entity) FILTER (project.entity IS NOT NULL)))
    FROM response JOIN project ON project.project = response.project
    WHERE {_OF_THE_NEED} AND response.standing IN ({_ANSWERING})), CAST([] AS VARCHAR[]))"""  # as above

#: The day after which a need is covered less than today, unless something follows: the last day of what is verified,
#: of a need that is met the last of what meets it in full. NULL where nothing is verified, or one of them has no end.
RESTS_UNTIL: Final = f"""(
    SELECT CASE WHEN bool_or(full_one) THEN CASE WHEN bool_and(ends IS NOT NULL) FILTER (full_one)
                                                 THEN max(ends) FILTER (full_one) END
                WHEN bool_and(ends IS NOT NULL) THEN max(ends) END
    FROM (SELECT response.recommendation AS need, response.strength = 'full' AS full_one,
                 coalesce(least(response.until_on, span.ends_on), response.until_on, span.ends_on) AS ends
          FROM response LEFT JOIN {_ENDS} AS span ON span.project = response.project
          WHERE response.standing = 'verified') AS verified
    WHERE verified.need = recommendation.recommendation)"""  # as above
