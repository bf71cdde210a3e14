"""Addresses of States and regions."""

from django.urls import path

from colonnade.web.places import views

urlpatterns = [
    path("countries/", views.countries, name="countries"),
    path("countries/states.csv", views.countries_file, name="countries-file"),
    path("countries/<str:code>/", views.country, name="country"),
    path("countries/<str:code>/brief.<str:kind>", views.brief, name="country-brief"),
    path("regions/<str:code>/", views.region, name="region"),
]
