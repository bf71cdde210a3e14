"""The form of a handover. It validates what was typed; the action says who may hand over to whom."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colonnade.members.models import Person


class HandoverForm(forms.Form):
    """To whom, until when the role lasts, what they should know; which proposals are taken back instead."""

    to = forms.ModelChoiceField(label=_("Colleague who takes over"), queryset=Person.objects.none())
    last_day = forms.DateField(
        label=_("Last day of the role"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = forms.CharField(
        label=_("What your colleague should know"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    take_back = forms.MultipleChoiceField(label=_("Take back"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, colleagues: Sequence[Person], proposals: Sequence[str], last_day: date) -> None:
        super().__init__(*args)
        self.initial["last_day"] = last_day
        to, take_back = self.fields["to"], self.fields["take_back"]
        assert isinstance(to, forms.ModelChoiceField)
        assert isinstance(take_back, forms.MultipleChoiceField)
        to.queryset = Person.objects.filter(pk__in=[one.pk for one in colleagues]).order_by("name")
        take_back.choices = [(one, one) for one in proposals]
