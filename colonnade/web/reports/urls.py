"""Addresses of reports."""

from django.urls import path

from colonnade.web.reports import compare_views, views

urlpatterns = [
    path("", views.reports, name="reports"),
    path("report.css", views.style_sheet, name="report-style"),
    path("<slug:name>/", views.report, name="report"),
    path("<slug:name>/files/<str:file>", views.report_file, name="report-file"),
    path("<slug:name>/charts/<int:number>.svg", views.report_chart, name="report-chart"),
    path("<slug:name>/n/<path:tag>", views.number, name="report-number"),
    path("<slug:name>/compare/", compare_views.compare, name="report-compare"),
    path("<slug:name>/compare/figures.csv", compare_views.figures_file, name="report-compare-file"),
    path("<slug:name>/compare/<slug:figure>/", compare_views.compare_figure, name="report-compare-figure"),
    path(
        "<slug:name>/compare/<slug:figure>/records.csv",
        compare_views.records_file,
        name="report-compare-records",
    ),
    path("<slug:name>/for/<slug:audience>/<slug:inventory>/", views.report_in_context, name="report-for"),
    path("<slug:name>/for/<slug:audience>/<slug:inventory>/n/<path:tag>", views.number, name="report-for-number"),
]
