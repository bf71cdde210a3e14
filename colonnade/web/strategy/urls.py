"""Addresses of the strategy's parts. A resolution's symbol has slashes: ``/mandates/S/RES/2396 (2017)/``."""

from django.urls import path

from colonnade.web.strategy import entity_views, views

urlpatterns = [
    path("strategy/", views.strategy, name="strategy"),
    path("pillars/<str:code>/", views.pillar, name="pillar"),
    path("areas/<str:code>/", views.area, name="area"),
    path("themes/<str:code>/", views.theme, name="theme"),
    path("groups/<str:code>/", views.group, name="group"),
    path("programmes/<str:code>/", views.programme, name="programme"),
    path("mandates/<path:code>/", views.mandate, name="mandate"),
    path("instruments/<int:number>/", views.instrument, name="instrument"),
    path("entities/", entity_views.entities, name="entities"),
    path("entities/entities.csv", entity_views.entities_file, name="entities-file"),
    path("entities/<str:code>/", entity_views.entity, name="entity"),
]
