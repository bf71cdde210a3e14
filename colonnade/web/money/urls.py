"""Addresses of the money."""

from django.urls import path

from colonnade.web.money import views

urlpatterns = [
    path("", views.money, name="money"),
    path("seed/<str:code>/", views.seed_round, name="seed-round"),
    path("contributors/<str:code>/", views.contributor, name="contributor-page"),
    path("contributors/<str:code>/report.<str:kind>", views.contributor_report, name="contributor-report"),
]
