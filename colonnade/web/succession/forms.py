"""Forms of what became of entities. They validate what was typed; the actions say what can be recorded."""

from django import forms
from django.utils.translation import gettext_lazy as _

from colonnade.members.entity_actions import Stated
from colonnade.members.models import Entity, Succession
from colonnade.web.shared.entity_choice import EntityChoice, EntityChoices


class StatedForm(forms.Form):
    """When something became so, which decision says it, and why."""

    on = forms.DateField(label=_("From which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    source = forms.CharField(label=_("Decision or document that says so"), max_length=500)
    reason = forms.CharField(
        label=_("What a reader should know"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    @property
    def stated(self) -> Stated:
        """What was typed."""
        typed = self.cleaned_data
        return Stated(typed["on"], typed["source"], typed["reason"])


class SuccessionForm(StatedForm):
    """A merger or a split."""

    kind = forms.ChoiceField(label=_("What happened"), choices=Succession.Kind.choices)
    predecessors = EntityChoices(
        label=_("Entities before"), queryset=Entity.objects.order_by("abbreviation"), to_field_name="code"
    )
    successors = EntityChoices(
        label=_("Entities after"), queryset=Entity.objects.order_by("abbreviation"), to_field_name="code"
    )
    field_order = ["kind", "predecessors", "successors", "on", "source", "reason"]


class RenamingForm(StatedForm):
    """A new name."""

    entity = EntityChoice(label=_("Entity"), queryset=Entity.objects.order_by("abbreviation"), to_field_name="code")
    abbreviation = forms.CharField(label=_("New abbreviation"), max_length=60)
    name = forms.CharField(label=_("New name"), max_length=500)
    field_order = ["entity", "abbreviation", "name", "on", "source", "reason"]
