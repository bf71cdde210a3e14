"""Forms of responses. They validate what was typed; the actions say what may be done."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.needs.models import Response
from colonnade.needs.responses.actions import Claim
from colonnade.web.shared.individuals import NoIndividuals

Choices = Sequence[tuple[str, str]]


class StepForm(NoIndividuals, forms.Form):
    """A step with its reason. ``seen_version`` is the version of the response that was looked at."""

    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class VerifyForm(StepForm):
    """A claim is verified as it is claimed, or as less."""

    strength = forms.ChoiceField(
        label=gettext_lazy("What the project does"), choices=Response.Strength.choices, widget=forms.RadioSelect
    )
    field_order = ("strength", "reason", "seen_version")


class ClaimForm(NoIndividuals, forms.Form):
    """What is claimed; ``of`` is the project, or the recommendation, where it is not given by the page."""

    strength = forms.ChoiceField(
        label=gettext_lazy("What the project does"), choices=Response.Strength.choices, widget=forms.RadioSelect
    )
    says = forms.CharField(
        label=gettext_lazy("What exactly of the recommendation it meets"), widget=forms.Textarea(attrs={"rows": 3})
    )
    evidence = forms.CharField(
        label=gettext_lazy("On what evidence: a document, a report, a record"), widget=forms.Textarea(attrs={"rows": 3})
    )
    from_on = forms.DateField(
        label=gettext_lazy("From when"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until_on = forms.DateField(
        label=gettext_lazy("Until when"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("from_on"), cleaned.get("until_on")
        if begins and ends and ends < begins:
            self.add_error("until_on", _("It would end before it begins."))
        return cleaned

    @property
    def claim(self) -> Claim:
        """What was typed."""
        typed = self.cleaned_data
        return Claim(typed["strength"], typed["says"], typed["evidence"], typed["from_on"], typed["until_on"])


class ClaimAgainForm(ClaimForm):
    """A claim that is made again."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class ClaimOfForm(ClaimForm):
    """A claim for which the other side is chosen first: the groups of choices, those that are nearest first."""

    of = forms.ChoiceField()
    field_order = ("of", "strength", "says", "evidence", "from_on", "until_on")

    def __init__(self, *args: Any, label: str, groups: Sequence[tuple[str, Choices]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["of"]
        assert isinstance(field, forms.ChoiceField)
        field.label = label
        field.choices = [("", _("Choose")), *((title, list(choices)) for title, choices in groups if choices)]
