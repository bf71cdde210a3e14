"""Forms of markers. They validate what was typed; the actions say what may be done."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.portfolio.marker_actions import MOST_OF_EACH, Scales, Scored
from colonnade.portfolio.models import MarkerCheck, ProjectMarker
from colonnade.web.markers.words import marker_title, score_title
from colonnade.web.shared.individuals import NoIndividuals

ACCEPT, KEEP = "accept", "keep"
_DAY: Final[dict[str, str]] = {"type": "date"}


class ScoresForm(NoIndividuals, forms.Form):
    """A score and its justification for each marker; a marker without a score stays as it is."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, scales: Scales, standing: Mapping[str, ProjectMarker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scales = scales
        for marker in scales:
            row = standing.get(marker)
            choices = [(str(score), score_title(scales, marker, score)) for score in scales[marker]]
            title = marker_title(marker)
            self.fields[f"score_{marker}"] = forms.ChoiceField(
                label=title,
                choices=choices,
                required=False,
                widget=forms.RadioSelect,
                initial=str(row.score) if row else "",
            )
            self.fields[f"why_{marker}"] = forms.CharField(
                label=_("Justification: %(marker)s") % {"marker": title},
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 3}),
                initial=row.justification if row else "",
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for marker in self.scales:
            score, why = self.cleaned_data.get(f"score_{marker}"), self.cleaned_data.get(f"why_{marker}")
            touched = f"score_{marker}" in self.changed_data or f"why_{marker}" in self.changed_data
            if score and not why and touched and f"why_{marker}" not in self.errors:
                self.add_error(f"why_{marker}", _("Say why this is the score."))
            elif why and not score and f"score_{marker}" not in self.errors:
                self.add_error(f"score_{marker}", _("Choose the score that this justifies."))
        return cleaned

    @property
    def scores(self) -> dict[str, Scored]:
        """Marker -> score and why, of those that were changed."""
        return {
            marker: Scored(int(self.cleaned_data[f"score_{marker}"]), self.cleaned_data[f"why_{marker}"])
            for marker in self.scales
            if self.cleaned_data[f"score_{marker}"] and {f"score_{marker}", f"why_{marker}"} & set(self.changed_data)
        }


class DrawForm(NoIndividuals, forms.Form):
    """A period, and how many scores of each entity."""

    first_on = forms.DateField(label=gettext_lazy("Scored from"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    last_on = forms.DateField(label=gettext_lazy("Until"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    undated = forms.BooleanField(
        label=gettext_lazy("Also scores that reports brought, of which no day is known"), required=False
    )
    of_each = forms.IntegerField(
        label=gettext_lazy("Scores of each entity"), min_value=1, max_value=MOST_OF_EACH, initial=2
    )

    def __init__(self, *args: Any, scales: Scales, **kwargs: Any) -> None:
        today = timezone.localdate()
        kwargs["initial"] = {"first_on": today.replace(month=1, day=1), "last_on": today, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["markers"] = forms.MultipleChoiceField(
            label=_("Markers; none chosen: all"),
            choices=[(marker, marker_title(marker)) for marker in scales],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )


class CheckForm(NoIndividuals, forms.Form):
    """The score that is right in the eyes of a second person, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Why, where it is another score"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ("score", "reason")

    def __init__(self, *args: Any, scales: Scales, check: MarkerCheck, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.given = check.score
        choices = []
        for score in scales.get(check.marker, {}):
            title = score_title(scales, check.marker, score)
            own = _("%(score)s (as it was scored)") % {"score": title}
            choices.append((str(score), own if score == check.score else title))
        self.fields["score"] = forms.ChoiceField(
            label=_("The score that is right, as you see it"), choices=choices, widget=forms.RadioSelect
        )
        self.order_fields(self.field_order)

    @property
    def proposed(self) -> int | None:
        """Another score, or ``None`` where the one that was given is right."""
        score = int(self.cleaned_data["score"])
        return None if score == self.given else score


class AnswerForm(NoIndividuals, forms.Form):
    """The entity's answer to a proposed score."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[
            (ACCEPT, gettext_lazy("Accept the proposed score")),
            (KEEP, gettext_lazy("Keep our score")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason for keeping it, or the justification of the new score"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
