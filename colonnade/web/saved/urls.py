"""Addresses of saved views."""

from django.urls import path

from colonnade.web.saved import views

urlpatterns = [
    path("", views.saved, name="saved-views"),
    path("save/", views.save, name="save-view"),
    path("<str:public_id>/", views.open_view, name="saved-view"),
    path("<str:public_id>/rename/", views.rename, name="rename-view"),
    path("<str:public_id>/end/", views.end, name="end-view"),
]
