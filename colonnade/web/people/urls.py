"""Addresses of signing in and out, of what a person signs in with, and of the language.

The names with an underscore are django-allauth's: it looks for them. Of its own pages none is mounted but these.
"""

from django.urls import path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from colonnade.web.people import factors, security, views
from colonnade.web.people.accepting import invitation
from colonnade.web.people.confirming import confirm
from colonnade.web.people.organisations import from_organisation, to_organisation

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-in/second-factor/", factors.SecondFactor.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey/", factors.PasskeySignIn.as_view(), name="passkey-sign-in"),
    path("sign-in/with/<slug:provider_id>/", to_organisation, name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/back/", from_organisation, name="openid_connect_callback"),
    path(
        "sign-in/cancelled/",
        RedirectView.as_view(pattern_name="sign-in"),
        name="socialaccount_login_cancelled",
    ),
    path("sign-in/forgotten/", security.Forgotten.as_view(), name="forgotten"),
    path("sign-in/forgotten/sent/", security.forgotten_sent, name="forgotten-sent"),
    path("sign-in/forgotten/<uidb64>/<token>/", security.ResetPassword.as_view(), name="reset-password"),
    path("invitation/<str:secret>/", invitation, name="invitation"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("step-in/", views.step_in, name="step-in"),
    path("confirm/", confirm, name="confirm"),
    path("security/", security.security, name="security"),
    path("security/app/", factors.AddCodeApp.as_view(), name="add-code-app"),
    path("security/passkey/", factors.AddPasskey.as_view(), name="add-passkey"),
    path("security/recovery-codes/", factors.recovery_codes, name="recovery-codes"),
    path("security/factors/<int:pk>/remove/", factors.remove_factor, name="remove-factor"),
    path("security/password/", security.change_password, name="change-password"),
    path("security/sessions/end/", security.end_session, name="end-session"),
    path("language/", set_language, name="set_language"),
]
