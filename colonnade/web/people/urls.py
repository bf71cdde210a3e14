"""Addresses of signing in and out, and of the language."""

from django.urls import path
from django.views.i18n import set_language

from colonnade.web.people import views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("step-in/", views.step_in, name="step-in"),
    path("language/", set_language, name="set_language"),
]
