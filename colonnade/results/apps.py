"""The results app."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "colonnade.results"
    label = "results"
