"""Forms of signing in."""

from typing import Any, Final

from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from colonnade.core.actor import Actor
from colonnade.members.actions import ask_for_reset
from colonnade.members.models import Person
from colonnade.web.people.demo import demo_people
from colonnade.web.people.noting import Way, failed
from colonnade.web.people.post import site_of

#: Seconds for which a code is remembered as used: longer than it stays valid, half a minute late included.
USED_FOR: Final = 120


class SignInForm(AuthenticationForm):
    """An address and a password. What is wrong is said of both together: which of the two is nobody's business."""

    username = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username webauthn"})
    )
    error_messages = {
        "invalid_login": _("No account has this address and this password. Check both, and try again."),
        "inactive": _("No account has this address and this password. Check both, and try again."),
    }

    def clean(self) -> dict[str, Any]:
        """Attempts are counted for the address and the browser's network, whether the address is known or not."""
        address, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if address and password:
            found = get_adapter(self.request).authenticate(self.request, email=address, password=password)
            if self.request and found and not found.is_active:  # the adapter noted the rest
                failed(self.request, found, Way.PASSWORD)
            if found is None or not found.is_active:
                raise self.get_invalid_login_error()
            self.user_cache = found
        return self.cleaned_data


class StepInForm(forms.Form):
    """The demo person to step in as."""

    person = forms.ModelChoiceField(queryset=Person.objects.none())

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = demo_people()


class ConfirmPasswordForm(forms.Form):
    """The password of whoever is signed in, once more."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: object, person: Person, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.person.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        return password


def _code_field() -> forms.CharField:
    return forms.CharField(
        label=_("Code"),
        max_length=32,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}),
    )


class _TakenOnce:
    """A code is taken once for as long as it is valid, a little late too."""

    user: Person

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]  # the other parent's
        if not cache.add(f"code-used:{self.user.pk}:{code}", True, timeout=USED_FOR):
            raise get_factor_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_TakenOnce, AuthenticateForm):
    """A code of the app, or one of the recovery codes, at signing in."""

    code = _code_field()


class ConfirmCodeForm(_TakenOnce, ReauthenticateForm):
    """The same, of somebody who is signed in."""

    code = _code_field()


class AddCodeAppForm(ActivateTOTPForm):
    """The first code of an app, which shows that it has the secret."""

    code = _code_field()


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey with a name. It is asked to know its owner, so that it is both factors at once."""

    name = forms.CharField(label=_("A name for it, such as the device it is on"), max_length=60, required=False)
    passwordless = forms.BooleanField(initial=True, required=False, widget=forms.HiddenInput)

    def clean_passwordless(self) -> bool:
        return True


class ForgottenForm(PasswordResetForm):
    """The address whose password was forgotten."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002  # Django's signature
        """Write the mail, whoever has the address: what happens here is the same for somebody and for nobody."""
        request = kwargs["request"]
        actor = Actor("forgotten password", None, request.request_id)
        ask_for_reset(address=self.cleaned_data["email"], site=site_of(request), actor=actor)
