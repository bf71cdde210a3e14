"""Addresses of projects."""

from django.urls import path

from colonnade.web.projects import editing, linking, publishing, views

urlpatterns = [
    path("", views.projects, name="projects"),
    path("list.csv", views.projects_separated, name="projects-csv"),
    path("list.xlsx", views.projects_workbook, name="projects-xlsx"),
    path("<slug:public_id>/", views.project, name="project"),
    path("<slug:public_id>/edit/", editing.edit_project, name="edit-project"),
    path("<slug:public_id>/links/", linking.link, name="link-project"),
    path("<slug:public_id>/publish/", publishing.publish, name="publish-project"),
]
