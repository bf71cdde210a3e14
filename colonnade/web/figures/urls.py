"""Addresses of figures."""

from django.urls import path

from colonnade.web.figures import views

urlpatterns = [
    path("", views.figures, name="figures"),
    path("<slug:key>/", views.figure, name="figure"),
    path("<slug:key>/figure.<str:ending>", views.figure_file, name="figure-file"),
    path("<slug:key>/records/", views.records, name="figure-records"),
    path("<slug:key>/records.csv", views.records_file, name="figure-download"),
]
