"""Addresses of projects."""

from django.urls import path

from colonnade.web.projects import views

urlpatterns = [
    path("", views.projects, name="projects"),
    path("<slug:public_id>/", views.project, name="project"),
]
