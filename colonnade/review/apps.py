"""The review app."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "colonnade.review"
    label = "review"
