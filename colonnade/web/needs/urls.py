"""Addresses of needs."""

from django.urls import path

from colonnade.web.needs import views, wishes

urlpatterns = [
    path("", views.needs, name="needs"),
    path("list.csv", views.needs_separated, name="needs-csv"),
    path("list.xlsx", views.needs_workbook, name="needs-xlsx"),
    path("waiting/", wishes.waiting, name="needs-waiting"),
    path("openings/<slug:public_id>/", wishes.opening, name="opening"),
    path("openings/<slug:public_id>/approve/", wishes.approve, name="approve-opening"),
    path("openings/<slug:public_id>/refuse/", wishes.refuse, name="refuse-opening"),
    path("openings/<slug:public_id>/take-back/", wishes.take_back, name="take-back-opening"),
    path("consents/<slug:public_id>/withdraw/", wishes.withdraw, name="withdraw-consent"),
    path("<slug:public_id>/", views.need, name="need"),
    path("<slug:public_id>/keep/", wishes.keep, name="keep-need"),
    path("<slug:public_id>/open/", wishes.propose, name="open-need"),
]
