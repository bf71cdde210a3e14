"""Addresses of administering people."""

from django.urls import path

from colonnade.web.administration import inviting, mails, views

urlpatterns = [
    path("", views.people, name="people"),
    path("invite/", inviting.invite_person, name="invite-person"),
    path("mails/", mails.mails, name="mails"),
    path("mails/<str:public_id>/again/", mails.again, name="send-mail-again"),
    path("<str:public_id>/", views.person, name="person"),
    path("<str:public_id>/invite-again/", inviting.again, name="invite-again"),
    path("<str:public_id>/grant/", views.grant, name="grant-role"),
    path("<str:public_id>/roles/<int:role>/end/", views.end, name="end-role"),
    path("<str:public_id>/withdraw/", views.withdraw, name="withdraw-person"),
    path("<str:public_id>/let-in/", views.let_in, name="let-in-person"),
    path("<str:public_id>/forget-factors/", views.forget_factors, name="forget-factors"),
    path("<str:public_id>/end-sessions/", views.sign_out_everywhere, name="end-sessions-of"),
]
