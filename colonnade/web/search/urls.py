"""The address of the search."""

from django.urls import path

from colonnade.web.search import views

urlpatterns = [path("", views.search, name="search")]
