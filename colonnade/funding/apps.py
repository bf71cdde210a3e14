"""The funding app."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "colonnade.funding"
    label = "funding"
