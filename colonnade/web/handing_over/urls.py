"""Addresses of handing over."""

from django.urls import path

from colonnade.web.handing_over import views

urlpatterns = [
    path("", views.handing_over, name="handing-over"),
    path("<int:key>/", views.hand_over_role, name="hand-over"),
]
