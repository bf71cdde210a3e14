"""Addresses of Explore. Each takes the parameters of the question."""

from django.urls import path

from colonnade.web.explore import views

urlpatterns = [
    path("", views.explore, name="explore"),
    path("chart.svg", views.chart_svg, name="explore-chart"),
    path("chart.png", views.chart_png, name="explore-picture"),
    path("table.csv", views.table_csv, name="explore-csv"),
    path("table.xlsx", views.table_xlsx, name="explore-workbook"),
]
