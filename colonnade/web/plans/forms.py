"""Forms of plans of action. They validate what was typed; the actions say what may be done."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.members.models import Entity
from colonnade.needs.coverage import Coverage
from colonnade.needs.models import ActivityReport, PlanActivity, PlanRisk
from colonnade.needs.plans.actions.beginning import Chosen, Frame
from colonnade.needs.plans.actions.consents import Given
from colonnade.needs.plans.actions.parts import ActivityTold, IndicatorTold, RiskTold
from colonnade.needs.plans.candidates import Candidate
from colonnade.needs.plans.periods import Period, wrong_days
from colonnade.places.models import Country
from colonnade.portfolio.models import Project
from colonnade.web.needs.card import COVERAGES
from colonnade.web.plans.words import priority_title
from colonnade.web.shared.entity_choice import EntityChoice, EntityChoices
from colonnade.web.shared.individuals import NoIndividuals

MOST_DIGITS: Final = 18


def day_field(label: Any) -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


def text_field(label: Any, rows: int = 3, *, required: bool = True) -> forms.CharField:
    """Some sentences."""
    return forms.CharField(label=label, required=required, max_length=5_000, widget=forms.Textarea({"rows": rows}))


def money_field(label: Any) -> forms.DecimalField:
    """An amount of US dollars, to the cent."""
    return forms.DecimalField(label=label, min_value=0, max_digits=MOST_DIGITS, decimal_places=2)


def value_field(label: Any, *, required: bool = True) -> forms.DecimalField:
    """A value of an indicator."""
    return forms.DecimalField(label=label, required=required, max_digits=MOST_DIGITS, decimal_places=4)


def choose(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    """What can be chosen in a field."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class Versioned(NoIndividuals, forms.Form):
    """A form about a plan; ``seen_version`` is the version of it that was looked at."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class PlaceForm(forms.Form):
    """Where a plan is: a State, or a region."""

    place = forms.ChoiceField(label=gettext_lazy("State or region"))

    def __init__(self, choices: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "place", [("", _("Choose")), *choices])


class FrameForm(Versioned):
    """The title and the period of a plan."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    starts_on = day_field(gettext_lazy("Begins"))
    ends_on = day_field(gettext_lazy("Ends"))

    @property
    def frame(self) -> Frame:
        """What was typed."""
        typed = self.cleaned_data
        return Frame(title=typed["title"], starts_on=typed["starts_on"], ends_on=typed["ends_on"])


class BeginForm(FrameForm):
    """A new plan: of which States of a region, and which of their needs it answers."""

    states = forms.MultipleChoiceField(
        label=gettext_lazy("States whose plan it is: each has to agree"), widget=forms.CheckboxSelectMultiple
    )
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Needs that it answers, the least covered and most urgent first"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    seen_version = None  # type: ignore[assignment]  # a new plan has none

    def __init__(
        self, states: Mapping[str, Country], candidates: Sequence[Candidate], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._needs = {each.shown.public_id: each for each in candidates}
        self._states = states
        choose(self, "states", [(code, each.name) for code, each in states.items()])
        choose(self, "needs", [(key, _called(each)) for key, each in self._needs.items()])
        if len(states) == 1:
            del self.fields["states"]

    @property
    def chosen_states(self) -> list[Country]:
        """The States that were chosen; the only one where there is no choice."""
        if "states" not in self.fields:
            return list(self._states.values())
        return [self._states[code] for code in self.cleaned_data["states"]]

    @property
    def chosen(self) -> list[Chosen]:
        """The needs that were ticked, in the order in which they stood."""
        ticked = set(self.cleaned_data["needs"])
        return [Chosen(each.need) for key, each in self._needs.items() if key in ticked]


def _called(one: Candidate) -> str:
    shown = one.shown
    coverage = str(COVERAGES[Coverage(shown.coverage)])
    return f"{shown.title or shown.reference} ({shown.reference}, {priority_title(shown.priority)}, {coverage})"


class NeedsForm(Versioned):
    """Which needs a draft answers, their ranks, and why each stands where it does."""

    def __init__(self, candidates: Sequence[Candidate], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = tuple(candidates)
        for each in candidates:
            key = each.shown.public_id
            self.fields[f"in_{key}"] = forms.BooleanField(label=_called(each), required=False, initial=each.is_in)
            self.fields[f"rank_{key}"] = forms.IntegerField(
                label=_("Place among them, 1 the most urgent"),
                required=False,
                min_value=1,
                max_value=999,
                initial=each.shown.rank or None,
            )
            self.fields[f"why_{key}"] = forms.CharField(
                label=_("Why it stands there"), required=False, max_length=1_000, initial=each.shown.reason
            )

    @property
    def rows(self) -> list[tuple[Candidate, Any, Any, Any]]:
        """Each need with its three fields."""
        keys = [(each, each.shown.public_id) for each in self.candidates]
        return [(each, self[f"in_{key}"], self[f"rank_{key}"], self[f"why_{key}"]) for each, key in keys]

    @property
    def chosen(self) -> list[Chosen]:
        """The needs that were ticked, by their ranks; those without a rank come last, as they stood."""
        typed = self.cleaned_data
        found = []
        for place, each in enumerate(self.candidates):
            key = each.shown.public_id
            if typed[f"in_{key}"]:
                rank = typed[f"rank_{key}"]
                found.append((rank is None, rank or 0, place, Chosen(each.need, typed[f"why_{key}"])))
        return [chosen for _last, _rank, _place, chosen in sorted(found, key=lambda one: one[:3])]


class OutcomeForm(Versioned):
    """What will be different."""

    text = text_field(gettext_lazy("What will be different"))


class OutputForm(Versioned):
    """What will be there, towards which outcome."""

    outcome = forms.ChoiceField(label=gettext_lazy("Towards which outcome"))
    text = text_field(gettext_lazy("What will be there"))
    field_order = ("outcome", "text")


class ActivityForm(Versioned):
    """Who does what by when, for how much."""

    output = forms.ChoiceField(label=gettext_lazy("Towards which output"))
    text = text_field(gettext_lazy("What is done"))
    lead = EntityChoice(Entity.objects.exclude(role=Entity.EntityRole.PUBLISHER), label=gettext_lazy("Who leads"))
    partners = EntityChoices(
        Entity.objects.exclude(role=Entity.EntityRole.PUBLISHER), required=False, label=gettext_lazy("With whom"),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    starts_on = day_field(gettext_lazy("Begins"))
    ends_on = day_field(gettext_lazy("Ends"))
    cost = money_field(gettext_lazy("Cost in US dollars; 0 where nothing is needed beyond what is there"))
    funded = money_field(gettext_lazy("Of which funded, in US dollars"))
    funded_from = forms.CharField(label=gettext_lazy("Where the funding comes from"), required=False, max_length=200)
    project = forms.ChoiceField(label=gettext_lazy("The project that it is"), required=False)
    field_order = (
        "output", "text", "lead", "partners", "starts_on", "ends_on", "cost", "funded", "funded_from", "project",
    )  # fmt: skip

    def __init__(self, period: Period, projects: Mapping[str, Project], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._period, self._projects = period, projects
        choose(
            self,
            "project",
            [("", _("None")), *((key, f"{each.title} ({each.reference})") for key, each in projects.items())],
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("It would end before it begins."))
        else:
            for name, why in wrong_days(self._period, starts_on=starts, ends_on=ends).items():
                self.add_error(name, why)
        cost, funded = cleaned.get("cost"), cleaned.get("funded")
        if cost is not None and funded is not None and funded > cost:
            self.add_error("funded", _("More would be funded than it costs."))
        return cleaned

    @property
    def told(self) -> ActivityTold:
        """What was typed."""
        typed = self.cleaned_data
        return ActivityTold(
            text=typed["text"], lead=typed["lead"], partners=list(typed["partners"]), starts_on=typed["starts_on"],
            ends_on=typed["ends_on"], cost=typed["cost"], funded=typed["funded"], funded_from=typed["funded_from"],
            project=self._projects.get(typed["project"]),
        )  # fmt: skip


class IndicatorForm(Versioned):
    """How an outcome or an output is measured."""

    measures = forms.ChoiceField(label=gettext_lazy("Of which outcome or output"))
    text = forms.CharField(label=gettext_lazy("What is measured"), max_length=500)
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=60)
    baseline = value_field(gettext_lazy("Baseline, where it is known"), required=False)
    target = value_field(gettext_lazy("Target"))
    due_on = day_field(gettext_lazy("By when"))
    field_order = ("measures", "text", "unit", "baseline", "target", "due_on")

    @property
    def told(self) -> IndicatorTold:
        """What was typed."""
        typed = self.cleaned_data
        return IndicatorTold(
            text=typed["text"], unit=typed["unit"], baseline=typed["baseline"], target=typed["target"],
            due_on=typed["due_on"],
        )  # fmt: skip


class RiskForm(Versioned):
    """What could go wrong, and what is done about it."""

    text = text_field(gettext_lazy("What could go wrong"))
    likelihood = forms.ChoiceField(label=gettext_lazy("Likelihood"), choices=PlanRisk.Degree.choices)
    impact = forms.ChoiceField(label=gettext_lazy("Impact"), choices=PlanRisk.Degree.choices)
    response = text_field(gettext_lazy("What is done about it"))
    owner = forms.CharField(label=gettext_lazy("Which office watches it"), max_length=120)
    field_order = ("text", "likelihood", "impact", "response", "owner")

    @property
    def told(self) -> RiskTold:
        """What was typed."""
        typed = self.cleaned_data
        return RiskTold(
            text=typed["text"], likelihood=typed["likelihood"], impact=typed["impact"], response=typed["response"],
            owner=typed["owner"],
        )  # fmt: skip


class ReasonForm(Versioned):
    """A step with its reason."""

    reason = text_field(gettext_lazy("Reason, which the plan's circle reads"))
    field_order = ("reason",)


class ProposeForm(Versioned):
    """What is new in the version that is proposed."""

    changes = text_field(gettext_lazy("What is new in it, for the State to read"), required=False)
    field_order = ("changes",)


class LeadForm(NoIndividuals, forms.Form):
    """Which activities an entity accepts or declines to lead."""

    keys = forms.MultipleChoiceField(label=gettext_lazy("Activities"), widget=forms.CheckboxSelectMultiple)
    answer = forms.ChoiceField(
        label=gettext_lazy("Answer"), widget=forms.RadioSelect,
        choices=[each for each in PlanActivity.Answer.choices if each[0]],
    )  # fmt: skip
    says = text_field(gettext_lazy("Under what condition, or why not"), 2, required=False)

    def __init__(self, choices: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "keys", choices)


class ConsentForm(Versioned):
    """A State's consent: which State, which office, when, in which document."""

    state = forms.ChoiceField(label=gettext_lazy("State"))
    given_by = forms.CharField(label=gettext_lazy("Office of the State that consents"), max_length=200)
    given_on = day_field(gettext_lazy("On"))
    document = forms.CharField(label=gettext_lazy("Reference of the letter or note"), max_length=200)
    field_order = ("state", "given_by", "given_on", "document")

    def __init__(self, choices: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "state", choices)

    @property
    def given(self) -> Given:
        """What was typed."""
        typed = self.cleaned_data
        return Given(by=typed["given_by"], on=typed["given_on"], document=typed["document"])


class ConfirmForm(forms.Form):
    """That something is confirmed."""


class WithdrawForm(NoIndividuals, forms.Form):
    """Why a consent is withdrawn."""

    reason = text_field(gettext_lazy("Reason, which the plan's circle reads"), 2)


class ActivityReportForm(NoIndividuals, forms.Form):
    """How far an activity is, and what of it is funded."""

    status = forms.ChoiceField(label=gettext_lazy("How far it is"), choices=ActivityReport.Status.choices)
    funded = money_field(gettext_lazy("Funded by now, in US dollars"))
    remark = text_field(gettext_lazy("Remark, which whoever reads the plan reads"), required=False)


class IndicatorReportForm(NoIndividuals, forms.Form):
    """What was measured on a day."""

    value = value_field(gettext_lazy("Value"))
    on = day_field(gettext_lazy("On"))
    remark = text_field(gettext_lazy("Remark, which whoever reads the plan reads"), required=False)
