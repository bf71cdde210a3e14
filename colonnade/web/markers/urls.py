"""Addresses of markers and of the checks of their scores."""

from django.urls import path

from colonnade.web.markers import allocated, checks, scoring, views

urlpatterns = [
    path("projects/<slug:public_id>/", scoring.score, name="score-markers"),
    path("", views.markers, name="markers"),
    path("allocations/", allocated.allocations_page, name="marker-allocations"),
    path("checks/", checks.checks_page, name="marker-checks"),
    path("checks/draw/", checks.draw, name="draw-marker-sample"),
    path("checks/<slug:public_id>/", checks.check_page, name="marker-check"),
    path("checks/<slug:public_id>/check/", checks.check, name="check-marker"),
    path("checks/<slug:public_id>/answer/", checks.answer, name="answer-marker-check"),
]
