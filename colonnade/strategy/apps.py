"""The strategy app."""

from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "colonnade.strategy"
    label = "strategy"
