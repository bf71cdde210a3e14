"""Forms that take no personal details of individuals: mix :class:`NoIndividuals` in before ``forms.Form``."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from colonnade.core.individuals import MEND, find_individuals


class NoIndividuals(forms.BaseForm):
    """Refuses, field by field, a text in which a personal detail is recognised, and says why and how to mend it."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name, value in list(self.cleaned_data.items()):
            field = self.fields[name]
            if isinstance(field, forms.CharField) and isinstance(value, str):
                for one in find_individuals(value):
                    self.add_error(name, f"{capfirst(one.why)}. {capfirst(_(MEND))}.")
        return dict(cleaned) if cleaned else self.cleaned_data
