"""Briefs: what somebody takes along to a meeting about one place, on two pages, composed from plain facts."""

from colonnade.reporting.briefs.facts import BriefTable, StateFacts
from colonnade.reporting.briefs.state import compose_state_brief

__all__ = ["BriefTable", "StateFacts", "compose_state_brief"]
