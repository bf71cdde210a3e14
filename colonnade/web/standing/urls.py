"""Addresses of what somebody sees here."""

from django.urls import path

from colonnade.web.standing import views

urlpatterns = [
    path("", views.standing, name="standing"),
    path("side-by-side/", views.readers, name="readers"),
]
