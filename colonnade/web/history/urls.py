"""Addresses of history. A resolution's symbol has slashes, so that what identifies a record is a path."""

from django.urls import path

from colonnade.web.history import views

urlpatterns = [
    path("", views.changes, name="changes"),
    path("changes.csv", views.changes_separated, name="changes-csv"),
    path("seals/<int:position>/", views.seal, name="seal"),
    path("<slug:kind>/<path:identifier>/", views.record_history, name="record-history"),
]
