"""Addresses of released totals."""

from django.urls import path

from colonnade.web.releases import views

urlpatterns = [
    path("", views.releases, name="releases"),
    path("propose/", views.propose, name="propose-release"),
    path("<str:public_id>/", views.release, name="release"),
    path("<str:public_id>/approve/", views.approve, name="approve-release"),
    path("<str:public_id>/refuse/", views.refuse, name="refuse-release"),
    path("<str:public_id>/withdraw/", views.withdraw, name="withdraw-release"),
]
