"""Briefs: what somebody takes along to a meeting about one place, contributor or appeal, composed from plain facts."""

from colonnade.reporting.briefs.appeal import (
    AppealEntryFacts,
    AppealFacts,
    compose_appeal,
    compose_appeal_entry,
)
from colonnade.reporting.briefs.contributor import ContributorFacts, compose_contributor_report
from colonnade.reporting.briefs.facts import BriefTable, StateFacts
from colonnade.reporting.briefs.full_plan import compose_full_plan
from colonnade.reporting.briefs.plan import PlanFacts, compose_plan_brief
from colonnade.reporting.briefs.state import compose_state_brief
from colonnade.reporting.briefs.thematic import ThematicFacts, ThemeFacts, compose_thematic_summary

__all__ = [
    "AppealEntryFacts",
    "AppealFacts",
    "BriefTable",
    "ContributorFacts",
    "PlanFacts",
    "StateFacts",
    "ThematicFacts",
    "ThemeFacts",
    "compose_appeal",
    "compose_appeal_entry",
    "compose_contributor_report",
    "compose_full_plan",
    "compose_plan_brief",
    "compose_state_brief",
    "compose_thematic_summary",
]
