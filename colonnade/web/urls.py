"""Addresses of the pages: each area brings its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("colonnade.web.overview.urls")),
    path("reports/", include("colonnade.web.reports.urls")),
    path("figures/", include("colonnade.web.figures.urls")),
    path("projects/", include("colonnade.web.projects.urls")),
    path("records/", include("colonnade.web.records.urls")),
    path("people/", include("colonnade.web.people.urls")),
]
