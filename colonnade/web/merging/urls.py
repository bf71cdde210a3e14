"""Addresses of mergings."""

from django.urls import path

from colonnade.web.merging import views

urlpatterns = [
    path("", views.mergings, name="mergings"),
    path("begin/<slug:kept>/", views.begin, name="begin-merging"),
    path("propose/<slug:kept>/<slug:merged>/", views.propose, name="propose-merging"),
    path("<slug:public_id>/", views.merging, name="merging"),
]
