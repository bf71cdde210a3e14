"""The address of the home page."""

from django.urls import path

from colonnade.web.overview import views

urlpatterns = [path("", views.home, name="home")]
