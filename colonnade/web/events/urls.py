"""Addresses of events."""

from django.urls import path

from colonnade.web.events import views

urlpatterns = [
    path("", views.events, name="events"),
    path("list.csv", views.events_separated, name="events-csv"),
    path("list.xlsx", views.events_workbook, name="events-xlsx"),
    path("calendar/", views.events_calendar, name="events-calendar"),
    path("feed.ics", views.events_feed, name="events-feed"),
    path("<slug:public_id>.ics", views.event_file, name="event-file"),
    path("<slug:public_id>/", views.event, name="event"),
]
