"""The needs app."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "colonnade.needs"
    label = "needs"
