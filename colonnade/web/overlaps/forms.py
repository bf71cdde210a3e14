"""Forms of decisions about two projects: one for each verdict, with what that verdict needs."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.analysis.models import OverlapDecision
from colonnade.members.models import Entity
from colonnade.portfolio.models import Project
from colonnade.web.shared.entity_choice import EntityChoice
from colonnade.web.shared.individuals import NoIndividuals

VERDICT = OverlapDecision.Verdict


class DecisionForm(NoIndividuals, forms.Form):
    """A verdict and why."""

    verdict: OverlapDecision.Verdict
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, projects: tuple[Project, Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = f"{self.verdict}-%s"
        self.projects = projects

    @property
    def needed(self) -> dict[str, Any]:
        """What the verdict needs beside the reason."""
        return {}


class FineForm(DecisionForm):
    """They are different, and fine as they are."""

    verdict = VERDICT.FINE


class CoordinateForm(DecisionForm):
    """They are to be coordinated: by whom, and by when."""

    verdict = VERDICT.COORDINATE
    coordinator = EntityChoice(
        label=gettext_lazy("Who coordinates"),
        queryset=Entity.objects.filter(role__in=Entity.IN_THE_COMPACT).order_by("abbreviation"),
        to_field_name="code",
    )
    due_on = forms.DateField(
        label=gettext_lazy("By when"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    field_order = ("coordinator", "due_on", "reason")

    def clean_due_on(self) -> date:
        """A day that is still to come, or today."""
        day: date = self.cleaned_data["due_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("The day by which it is to be coordinated has passed."))
        return day

    @property
    def needed(self) -> dict[str, Any]:
        return {"coordinator": self.cleaned_data["coordinator"], "due_on": self.cleaned_data["due_on"]}


class SameForm(DecisionForm):
    """They are one project, recorded twice: which record is kept."""

    verdict = VERDICT.SAME
    kept = forms.ChoiceField(label=gettext_lazy("The record to keep"), widget=forms.RadioSelect)
    field_order = ("kept", "reason")

    def __init__(self, *args: Any, projects: tuple[Project, Project], **kwargs: Any) -> None:
        super().__init__(*args, projects=projects, **kwargs)
        field = self.fields["kept"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (each.public_id, f"{each.lead_entity.abbreviation} · {each.reference} · {each.title}") for each in projects
        ]

    @property
    def needed(self) -> dict[str, Any]:
        chosen = self.cleaned_data["kept"]
        return {"kept": next(each for each in self.projects if each.public_id == chosen)}


class AnswerForm(NoIndividuals, forms.Form):
    """Why somebody does not agree, and the version of the decision that they saw.

    ``says_why``: the reason is needed.
    """

    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=4_000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, says_why: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.says_why = says_why

    def clean_reason(self) -> str:
        """Who declines says why."""
        reason = str(self.cleaned_data["reason"]).strip()
        if self.says_why and not reason:
            raise forms.ValidationError(_("Say why."))
        return reason


FORMS: dict[str, type[DecisionForm]] = {
    VERDICT.COORDINATE.value: CoordinateForm,
    VERDICT.SAME.value: SameForm,
    VERDICT.FINE.value: FineForm,
}
