"""Addresses of reports."""

from django.urls import path

from colonnade.web.reports import views

urlpatterns = [
    path("", views.reports, name="reports"),
    path("report.css", views.style_sheet, name="report-style"),
    path("<slug:name>/", views.report, name="report"),
    path("<slug:name>/files/<str:file>", views.report_file, name="report-file"),
]
