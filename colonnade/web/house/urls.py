"""Addresses of the house itself."""

from django.urls import path

from colonnade.web.house import views

urlpatterns = [
    path("components/", views.components, name="components"),
    path("health/", views.health_page, name="health"),
]
