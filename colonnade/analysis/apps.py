"""The analysis app: its tables are those of released totals."""

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    name = "colonnade.analysis"
    label = "analysis"
