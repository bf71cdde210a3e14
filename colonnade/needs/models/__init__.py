"""Needs: assessments, recommendations and responses; what a State wished about them, with its consents; what States
ask for; plans of action."""

from colonnade.needs.models.assistance import (
    AssistanceNotice,
    AssistancePassing,
    AssistanceProcess,
    AssistanceRequest,
    AssistanceSafeguard,
    AssistanceStep,
)
from colonnade.needs.models.need import Assessment, Recommendation, Response, ResponseStep
from colonnade.needs.models.plan_drafts import (
    PlanActivity,
    PlanIndicator,
    PlanNeed,
    PlanOutcome,
    PlanOutput,
    PlanRisk,
)
from colonnade.needs.models.plan_versions import (
    PlanConsent,
    PlanCosts,
    PlanVersion,
    VersionNeed,
    VersionProject,
)
from colonnade.needs.models.plans import ActionPlan, ActivityReport, IndicatorReport, PlanEntity, PlanState, PlanStep
from colonnade.needs.models.remarks import Remark
from colonnade.needs.models.wishes import ConfidentialityChange, Consent, KeptField, Lifting, Wish

__all__ = [
    "ActionPlan",
    "ActivityReport",
    "Assessment",
    "AssistanceNotice",
    "AssistancePassing",
    "AssistanceProcess",
    "AssistanceRequest",
    "AssistanceSafeguard",
    "AssistanceStep",
    "ConfidentialityChange",
    "Consent",
    "IndicatorReport",
    "KeptField",
    "Lifting",
    "PlanActivity",
    "PlanConsent",
    "PlanCosts",
    "PlanEntity",
    "PlanIndicator",
    "PlanNeed",
    "PlanOutcome",
    "PlanOutput",
    "PlanRisk",
    "PlanState",
    "PlanStep",
    "PlanVersion",
    "Recommendation",
    "Remark",
    "Response",
    "ResponseStep",
    "VersionNeed",
    "VersionProject",
    "Wish",
]
