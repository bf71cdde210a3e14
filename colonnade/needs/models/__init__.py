"""Needs: assessments, recommendations and responses; and what a State wished about them, with its consents."""

from colonnade.needs.models.need import Assessment, Recommendation, Response, ResponseStep
from colonnade.needs.models.wishes import ConfidentialityChange, Consent, KeptField, Lifting, Wish

__all__ = [
    "Assessment",
    "ConfidentialityChange",
    "Consent",
    "KeptField",
    "Lifting",
    "Recommendation",
    "Response",
    "ResponseStep",
    "Wish",
]
