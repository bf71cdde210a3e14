"""Addresses of the house itself."""

from django.urls import path

from colonnade.web.house import sitemap, views

urlpatterns = [
    path("components/", views.components, name="components"),
    path("health/", views.health_page, name="health"),
    path("sitemap.xml", sitemap.site_index, name="site-index"),
    path("sitemap-<slug:section>.xml", sitemap.site_pages, name="sitemap"),
    path("robots.txt", sitemap.robots, name="robots"),
]
