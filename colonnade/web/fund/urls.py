"""Addresses of the fund."""

from django.urls import path

from colonnade.web.fund import allocations, books, moving, pledges, rates, views

urlpatterns = [
    path("", views.fund, name="fund"),
    path("statement/", views.statement_page, name="fund-statement"),
    path("statement.csv", views.statement_file, {"kind": "csv"}, name="fund-statement-csv"),
    path("statement.xlsx", views.statement_file, {"kind": "xlsx"}, name="fund-statement-xlsx"),
    path("entries/", books.entries_page, name="fund-entries"),
    path("entries/<slug:public_id>/", books.entry, name="fund-entry"),
    path("entries/<slug:public_id>/correct/", books.correct, name="correct-entry"),
    path("receipts/new/", books.receive, name="record-receipt"),
    path("moves/new/", moving.move, name="move-money"),
    path("closing/", moving.close, name="close-books"),
    path("earmarks/new/", books.earmark, name="open-earmark"),
    path("rates/", rates.rates_page, name="fund-rates"),
    path("rates/new/", rates.enter, name="enter-rate"),
    path("pledges/", pledges.pledges_page, name="fund-pledges"),
    path("pledges/new/", pledges.record, name="record-pledge"),
    path("pledges/<slug:public_id>/", pledges.pledge, name="pledge"),
    path("pledges/<slug:public_id>/agreement/", pledges.sign, name="sign-agreement"),
    path("pledges/<slug:public_id>/withdraw/", pledges.withdraw, name="withdraw-pledge"),
    path("pledges/<slug:public_id>/acknowledge/", pledges.acknowledge, name="acknowledge-pledge"),
    path("allocations/", allocations.allocations_page, name="fund-allocations"),
    path("allocations/new/", allocations.propose, name="propose-allocation"),
    path("allocations/<slug:public_id>/", allocations.allocation, name="allocation"),
    path("allocations/<slug:public_id>/approve/", allocations.approve, name="approve-allocation"),
    path("allocations/<slug:public_id>/refuse/", allocations.refuse, name="refuse-allocation"),
    path("allocations/<slug:public_id>/take-back/", allocations.take_back, name="take-back-allocation"),
    path("allocations/<slug:public_id>/spend/", allocations.spend, name="spend-allocation"),
]
