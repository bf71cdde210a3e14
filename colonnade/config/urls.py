"""The addresses of the house: every area of the pages brings its own."""

from django.urls import include, path

urlpatterns = [path("", include("colonnade.web.urls"))]

#: What is forbidden answers as what is missing does.
handler403 = handler404 = "colonnade.web.house.views.not_here"
