"""Addresses of overlaps."""

from django.urls import path

from colonnade.web.overlaps import pair, views

urlpatterns = [
    path("", views.overlaps, name="overlaps"),
    path("<slug:one>/<slug:other>/", pair.overlap, name="overlap"),
]
