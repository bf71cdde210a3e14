"""Addresses of the library."""

from django.urls import path

from colonnade.web.library import views

urlpatterns = [
    path("", views.library, name="library"),
    path("publications.csv", views.publications_file, name="library-csv"),
    path("oversight/", views.library_oversight, name="library-oversight"),
    path("oversight/list.csv", views.oversight_file, name="library-oversight-csv"),
    path("submissions/", views.library_submissions, name="library-submissions"),
    path("submissions/list.csv", views.submissions_file, name="library-submissions-csv"),
]
