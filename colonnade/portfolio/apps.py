"""The portfolio app."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    name = "colonnade.portfolio"
    label = "portfolio"
