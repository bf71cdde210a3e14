"""Forms of signing in."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from colonnade.members.models import Person
from colonnade.web.people.demo import demo_people


class SignInForm(AuthenticationForm):
    """An address and a password. What is wrong is said of both together: which of the two is nobody's business."""

    username = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": False})
    )
    error_messages = {
        "invalid_login": _("No account has this address and this password. Check both, and try again."),
        "inactive": _("No account has this address and this password. Check both, and try again."),
    }


class StepInForm(forms.Form):
    """The demo person to step in as."""

    person = forms.ModelChoiceField(queryset=Person.objects.none())

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = demo_people()
