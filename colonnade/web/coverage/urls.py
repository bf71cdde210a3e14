"""Addresses of the coverage of needs. Each takes the filters of the list of needs."""

from django.urls import path

from colonnade.web.coverage import thematic, views

urlpatterns = [
    path("", views.summary, name="coverage"),
    path("by/", views.by, name="coverage-by"),
    path("map/", views.heat_map, name="coverage-map"),
    path("time/", views.in_time, name="coverage-time"),
    path("thematic-summary.<str:kind>", thematic.thematic_summary, name="thematic-summary"),
    path("next/", views.next_million, name="coverage-next"),
]
