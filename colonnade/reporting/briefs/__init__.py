"""Briefs: what somebody takes along to a meeting about one place or contributor, composed from plain facts."""

from colonnade.reporting.briefs.contributor import ContributorFacts, compose_contributor_report
from colonnade.reporting.briefs.facts import BriefTable, StateFacts
from colonnade.reporting.briefs.state import compose_state_brief

__all__ = [
    "BriefTable",
    "ContributorFacts",
    "StateFacts",
    "compose_contributor_report",
    "compose_state_brief",
]
