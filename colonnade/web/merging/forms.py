"""Forms of mergings. What is chosen, field by field, stands beside them in the page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from colonnade.web.shared.individuals import NoIndividuals


class BeginForm(forms.Form):
    """The other record, by its reference or identifier."""

    other = forms.CharField(label=gettext_lazy("Reference, identifier or address of the other record"), max_length=300)


class VersionsForm(forms.Form):
    """The versions of the two records, and of the proposal, that somebody looked at."""

    kept_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    merged_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    seen_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class ProposeForm(NoIndividuals, VersionsForm):
    """Why the two are one project."""

    reason = forms.CharField(
        label=gettext_lazy("Why they are one project"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 2})
    )


class AgreeForm(forms.Form):
    """Nothing but the version that somebody looked at."""

    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class EndForm(NoIndividuals, AgreeForm):
    """Why it does not come about."""

    reason = forms.CharField(label=gettext_lazy("Why"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, step: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = f"{step}-%s"
