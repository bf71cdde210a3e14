"""Addresses of plain records."""

from django.urls import path

from colonnade.web.records import views

urlpatterns = [path("<slug:kind>/<str:identifier>/", views.record, name="record")]
