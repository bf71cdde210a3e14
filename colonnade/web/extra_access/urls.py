"""Addresses of extra access."""

from django.urls import path

from colonnade.web.extra_access import views

urlpatterns = [
    path("", views.listed, name="extra-access"),
    path("take/", views.take, name="take-extra-access"),
    path("<str:public_id>/", views.access, name="extra-access-page"),
    path("<str:public_id>/end/", views.end, name="end-extra-access"),
]
