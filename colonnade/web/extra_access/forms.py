"""The form of taking extra access."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from colonnade.core.viewer import Role
from colonnade.web.administration.forms import HeldForForm, role_choices


class TakeForm(HeldForForm):
    """Which role, for whom, why, for how long."""

    hours = forms.TypedChoiceField(label=_("Hours"), coerce=int)
    reason = forms.CharField(
        label=_("Why; everybody who watches reads it"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role, hours = self.fields["role"], self.fields["hours"]
        assert isinstance(role, forms.ChoiceField)
        assert isinstance(hours, forms.TypedChoiceField)
        role.choices = role_choices(without=frozenset({Role.ADMINISTRATOR}))
        hours.choices = [(number, number) for number in range(1, settings.EXTRA_ACCESS_HOURS + 1)]
