"""Addresses of suggestions."""

from django.urls import path

from colonnade.web.suggestions import own, quality, steps, views

urlpatterns = [
    path("needs/<slug:public_id>/suggestions/", views.for_need, name="need-suggestions"),
    path("projects/<slug:public_id>/suggestions/", views.for_project, name="project-suggestions"),
    path("suggestions/", own.own, name="suggestions"),
    path("suggestions/quality/", quality.quality, name="suggestions-quality"),
    path("suggestions/<slug:need>/<slug:project>/claim/", steps.claim, name="claim-suggestion"),
    path("suggestions/<slug:need>/<slug:project>/dismiss/", steps.dismiss, name="dismiss-suggestion"),
    path("suggestions/dismissed/<slug:public_id>/take-back/", steps.take_back, name="take-back-dismissal"),
]
