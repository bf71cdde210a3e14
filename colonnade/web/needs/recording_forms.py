"""Forms in which assessors record what they found. They validate what was typed; the actions say what may be done."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.core.viewer import Level
from colonnade.members.models import Entity
from colonnade.needs.assessments.actions import Advice, Mission
from colonnade.needs.models import Assessment, Recommendation
from colonnade.places.models import Country
from colonnade.strategy.models import Mandate, Pillar, Theme
from colonnade.web.shared.individuals import NoIndividuals

LEVELS: Final = (
    (Level.COMPACT.value, gettext_lazy("Everybody inside the compact, and its State")),
    (Level.RESTRICTED.value, gettext_lazy("Only its State, its assessors and the secretariat")),
)
_DAY: Final = {"type": "date"}
#: Recommendations by public identifier, each with what it is called.
Earlier = Mapping[str, tuple[str, Recommendation]]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))


class AssessmentForm(NoIndividuals, forms.Form):
    """A visit or a desk review. It offers the States and the assessors that its reader records for."""

    country = forms.ModelChoiceField(Country.objects.none(), label=gettext_lazy("State"), to_field_name="code")
    assessor = forms.ModelChoiceField(Entity.objects.none(), label=gettext_lazy("Assessor"), to_field_name="code")
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Assessment.Kind.choices, widget=forms.RadioSelect)
    starts_on = _day(gettext_lazy("First day"))
    ends_on = _day(gettext_lazy("Last day"))
    mandates = forms.ModelMultipleChoiceField(
        Mandate.objects.all(),
        label=gettext_lazy("Resolutions that it rests on"),
        required=False,
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
    )
    level = forms.ChoiceField(label=gettext_lazy("Who reads it"), choices=LEVELS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, countries: QuerySet[Country], assessors: QuerySet[Entity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("country", countries), ("assessor", assessors)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
            if rows.count() == 1:
                self.initial[name] = rows.get().code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("It would end before it begins."))
        return cleaned

    @property
    def mission(self) -> Mission:
        """What was typed."""
        typed = self.cleaned_data
        return Mission(typed["assessor"], typed["kind"], typed["starts_on"], typed["ends_on"], tuple(typed["mandates"]))


class AdviceForm(NoIndividuals, forms.Form):
    """The words of a recommendation. Fields that its State keeps are not offered."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=1000)
    text = forms.CharField(label=gettext_lazy("Text"), widget=forms.Textarea(attrs={"rows": 6}))
    priority = forms.ChoiceField(
        label=gettext_lazy("Priority"), choices=Recommendation.Priority.choices, widget=forms.RadioSelect
    )
    theme = forms.ModelChoiceField(
        Theme.objects.all(),
        label=gettext_lazy("Thematic priority"),
        required=False,
        empty_label=gettext_lazy("None"),
        to_field_name="code",
    )
    pillar = forms.ModelChoiceField(
        Pillar.objects.all(),
        label=gettext_lazy("Pillar"),
        required=False,
        empty_label=gettext_lazy("None"),
        to_field_name="code",
    )
    addressee = forms.CharField(label=gettext_lazy("Addressed to: an office, not a person"), required=False)
    mandates = forms.ModelMultipleChoiceField(
        Mandate.objects.all(),
        label=gettext_lazy("Resolutions that it follows from"),
        required=False,
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, kept: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in kept:
            del self.fields[name]

    @property
    def advice(self) -> Advice:
        """What was typed. A field that is kept is empty, and stays as it is."""
        typed = self.cleaned_data
        return Advice(
            title=typed.get("title", ""),
            text=typed.get("text", ""),
            priority=typed.get("priority", ""),
            theme=typed.get("theme"),
            pillar=typed.get("pillar"),
            addressee=typed.get("addressee", ""),
            mandates=tuple(typed["mandates"]),
        )


class RecommendForm(AdviceForm):
    """A recommendation of an assessment. ``earlier`` are those that it can take the place of, by public identifier,
    each with what it is called; ``closed``: the assessment is confidential."""

    issued_on = _day(gettext_lazy("Issued on"))
    follows = forms.ChoiceField(label=gettext_lazy("Takes the place of"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Who reads it"), choices=LEVELS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, earlier: Earlier, closed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._earlier = earlier
        follows, level = self.fields["follows"], self.fields["level"]
        assert isinstance(follows, forms.ChoiceField)
        assert isinstance(level, forms.ChoiceField)
        follows.choices = [("", _("None: it is new")), *((key, title) for key, (title, _need) in earlier.items())]
        if closed:
            level.choices = LEVELS[1:]

    @property
    def advice(self) -> Advice:
        """What was typed, with the recommendation that it follows."""
        chosen = self._earlier.get(self.cleaned_data["follows"])
        return replace(super().advice, follows=chosen[1] if chosen else None)


class ReviseForm(AdviceForm):
    """The words of a recommendation as they stand, and its standing. ``seen_version`` is the one looked at."""

    standing = forms.ChoiceField(
        label=gettext_lazy("Standing"), choices=Recommendation.Standing.choices, widget=forms.RadioSelect
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
