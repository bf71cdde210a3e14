"""Needs: assessments, recommendations and responses; what a State wished about them, with its consents; what States
ask for."""

from colonnade.needs.models.assistance import (
    AssistanceNotice,
    AssistancePassing,
    AssistanceProcess,
    AssistanceRequest,
    AssistanceSafeguard,
    AssistanceStep,
)
from colonnade.needs.models.need import Assessment, Recommendation, Response, ResponseStep
from colonnade.needs.models.remarks import Remark
from colonnade.needs.models.wishes import ConfidentialityChange, Consent, KeptField, Lifting, Wish

__all__ = [
    "Assessment",
    "AssistanceNotice",
    "AssistancePassing",
    "AssistanceProcess",
    "AssistanceRequest",
    "AssistanceSafeguard",
    "AssistanceStep",
    "ConfidentialityChange",
    "Consent",
    "KeptField",
    "Lifting",
    "Recommendation",
    "Remark",
    "Response",
    "ResponseStep",
    "Wish",
]
