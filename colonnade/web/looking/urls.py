"""Addresses of looking as another role."""

from django.urls import path

from colonnade.web.looking import views

urlpatterns = [
    path("", views.look, name="look"),
    path("stop/", views.stop, name="stop-looking"),
]
