"""Forms of released totals. They validate what was typed; the actions say what may be released."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.analysis.crosstab.dimensions import dividing
from colonnade.analysis.crosstab.model import Question, Selection, Subject
from colonnade.analysis.disclosure.policy import Policy
from colonnade.analysis.figures.definition import library
from colonnade.analysis.models import ReleasedTotal
from colonnade.analysis.releases.basis import can_be_released

#: What figures of other subjects count belongs to nobody who is protected.
SUBJECTS: Final = ("needs", "portfolio", "pillars", "places")
NEEDS: Final = "needs"
_DEFAULT: Final = Policy()


class WantedForm(forms.Form):
    """What is to be released, to whom, over which records, by which rule: enough to look at it first."""

    figure = forms.ChoiceField(label=gettext_lazy("Figure"), required=False)
    rows = forms.ChoiceField(label=gettext_lazy("Or needs by"), required=False)
    columns = forms.ChoiceField(label=gettext_lazy("and by"), required=False)
    audience = forms.ChoiceField(label=gettext_lazy("Released to"), choices=ReleasedTotal.Audience.choices)
    over = forms.ChoiceField(label=gettext_lazy("Counted over"), choices=ReleasedTotal.Over.choices)
    minimum_count = forms.IntegerField(
        label=gettext_lazy("Fewest records in a cell"), min_value=3, max_value=1000, initial=_DEFAULT.minimum_count
    )
    minimum_contributors = forms.IntegerField(
        label=gettext_lazy("Fewest States in a cell"), min_value=2, max_value=100, initial=_DEFAULT.minimum_contributors
    )
    protects_empty = forms.BooleanField(
        label=gettext_lazy("That a cell is empty is kept as well"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        figures = [
            (definition.key, _(definition.title))
            for definition in library().values()
            if definition.subject in SUBJECTS and can_be_released(definition)
        ]
        dimensions = [(each.name, _(each.title)) for each in dividing(Subject.NEEDS) if not each.many]
        self._choose("figure", [("", _("None: a cross-table")), *figures])
        self._choose("rows", [("", "–"), *dimensions])
        self._choose("columns", [("", "–"), *dimensions])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("figure") and not cleaned.get("rows"):
            raise forms.ValidationError(_("Choose a figure, or what needs are to be counted by."))
        if cleaned.get("figure") and cleaned.get("rows"):
            raise forms.ValidationError(_("Choose a figure or a cross-table, not both."))
        if cleaned.get("rows") and cleaned["rows"] == cleaned.get("columns"):
            self.add_error("columns", _("Rows and columns are by the same."))
        return cleaned

    @property
    def question(self) -> Question | None:
        """The cross-table that was chosen, if one was."""
        chosen = self.cleaned_data
        if chosen["figure"]:
            return None
        return Question(Selection(Subject.NEEDS), NEEDS, chosen["rows"], chosen["columns"])

    @property
    def policy(self) -> Policy:
        """The rule that was chosen."""
        chosen = self.cleaned_data
        return Policy(
            minimum_count=chosen["minimum_count"],
            minimum_contributors=chosen["minimum_contributors"],
            protects_empty=chosen["protects_empty"],
        )

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class ProposalForm(WantedForm):
    """The same, with what its readers are told, and why it is released."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    reason = forms.CharField(
        label=gettext_lazy("Why it is released"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    note = forms.CharField(
        label=gettext_lazy("What its readers should know"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class BecauseForm(forms.Form):
    """Why a release ends."""

    because = forms.CharField(label=gettext_lazy("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
