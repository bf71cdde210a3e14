"""The addresses of the house: every area of the pages brings its own."""

from django.urls import include, path

urlpatterns = [path("", include("colonnade.web.urls"))]
