"""Addresses of what became of entities."""

from django.urls import path

from colonnade.web.succession import views

urlpatterns = [
    path("changes/", views.successions, name="entity-successions"),
    path("changes/record/", views.record, name="record-succession"),
    path("changes/rename/", views.rename, name="rename-entity"),
    path("changes/<str:public_id>/withdraw/", views.withdraw, name="withdraw-succession"),
]
