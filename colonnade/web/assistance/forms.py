"""Forms of requests. They validate what was typed; the actions say what may be done."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.core.viewer import Role, Viewer
from colonnade.members.models import Entity
from colonnade.needs.assistance.actions.outcomes import Outline, SafeguardAnswer
from colonnade.needs.assistance.actions.writing import Asked
from colonnade.needs.assistance.missing import what_is_missing
from colonnade.needs.assistance.queries import Question
from colonnade.needs.assistance.rules import Rules
from colonnade.needs.models import AssistancePassing, AssistanceRequest, Recommendation
from colonnade.portfolio.models import Programme, Status
from colonnade.strategy.models import Theme
from colonnade.web.shared.entity_choice import EntityChoice
from colonnade.web.shared.individuals import NoIndividuals

#: How the public identifiers of twins that were shown stand in their hidden field.
BETWEEN: Final = " "
YES, NO, NOT_HERE = "yes", "no", "none"


def _day(label: Any, *, required: bool = False) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


def _text(label: Any, rows: int = 4, *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=5_000, widget=forms.Textarea({"rows": rows}))


class TwinsForm(NoIndividuals, forms.Form):
    """What is filed. ``twins_seen`` are the requests that may be the same and were shown."""

    document = forms.CharField(
        label=gettext_lazy("Reference of the letter or note"), required=False, max_length=200
    )  # fmt: skip
    brought_by = forms.ChoiceField(
        label=gettext_lazy("Who brought it"), choices=AssistanceRequest.Brought.choices, required=False,
        widget=forms.RadioSelect, initial=AssistanceRequest.Brought.STATE,
    )  # fmt: skip
    open_to_compact = forms.BooleanField(required=False)
    coordinator_reads = forms.BooleanField(
        label=gettext_lazy("The resident coordinator may read it"),
        required=False,
        help_text=gettext_lazy("They do in any case where the request comes by way of them."),
    )
    twins_seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=400)

    def __init__(self, viewer: Viewer, circle: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["open_to_compact"].label = _("Every entity of the %(circle)s may read it") % {"circle": circle}
        if Role.SECRETARIAT not in viewer.roles:
            del self.fields["brought_by"]
        if viewer.coordinates:  # what they file they bring, with the State's letter, and read
            del self.fields["coordinator_reads"]

    @property
    def twins(self) -> list[str]:
        """The twins that were shown."""
        return str(self.cleaned_data.get("twins_seen", "")).split(BETWEEN)

    @property
    def brought(self) -> str:
        """Who brought the request; the State itself, where nobody was asked."""
        return self.cleaned_data.get("brought_by") or AssistanceRequest.Brought.STATE


class FilingForm(TwinsForm):
    """A request for assistance. Needs that it may answer are those of the State that the reader sees."""

    kind = forms.ChoiceField(label=gettext_lazy("What kind of request it is"), widget=forms.RadioSelect)
    title = forms.CharField(label=gettext_lazy("In a few words"), max_length=200)
    what = _text(gettext_lazy("What is asked for"))
    why = _text(gettext_lazy("Why"))
    need = forms.ChoiceField(label=gettext_lazy("Recommendation that it answers"), required=False)
    theme = forms.ModelChoiceField(
        Theme.objects.all(), label=gettext_lazy("Thematic priority"), required=False,
        empty_label=gettext_lazy("That of the recommendation, or none"),
    )  # fmt: skip
    by_when = _day(gettext_lazy("Needed by"))
    touches = forms.ChoiceField(
        label=gettext_lazy("Whom it touches"), required=False, choices=AssistanceRequest.Touches.choices
    )
    facilitation = forms.BooleanField(required=False)
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), widget=forms.RadioSelect)
    sent_to = EntityChoice(
        Entity.objects.filter(role__in=Entity.IN_THE_COMPACT), required=False,
        label=gettext_lazy("The entity that the State turns to, where the channel leads to one"),
        empty_label=gettext_lazy("None"),
    )  # fmt: skip
    field_order = (
        "kind", "title", "what", "why", "need", "theme", "by_when", "touches", "facilitation", "channel", "sent_to",
        "document", "brought_by", "open_to_compact", "coordinator_reads",
    )  # fmt: skip

    def __init__(
        self, viewer: Viewer, circle: str, rules: Rules, needs: Mapping[str, Recommendation], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(viewer, circle, *args, **kwargs)
        self._rules, self._needs = rules, needs
        self._choose("kind", [(each.code, _with(each.title, each.help)) for each in rules.kinds])
        self._choose("channel", [(each.code, _with(each.title, each.help)) for each in rules.channels])
        self._choose("need", [("", _("None")), *((key, _called(each)) for key, each in needs.items())])
        facilitations = [each.facilitation for each in rules.kinds if each.facilitation]
        if facilitations:
            self.fields["facilitation"].label = facilitations[0]
        else:
            del self.fields["facilitation"]
        if not any(each.safeguards for each in rules.kinds):
            del self.fields["touches"]

    def _choose(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if len(choices) == 1:
            field.initial = choices[0][0]

    def clean(self) -> dict[str, Any] | None:
        """Say of every field what it lacks, all at once; what a field says itself is not said again."""
        cleaned = super().clean()
        typed = self.cleaned_data
        missing = what_is_missing(
            self._rules, kind=typed.get("kind", ""), channel=typed.get("channel", ""),
            to_entity=typed.get("sent_to") is not None, touches=typed.get("touches", ""),
            by_when=typed.get("by_when"), today=timezone.localdate(),
        )  # fmt: skip
        for field, wrong in missing:
            if field not in self.errors:
                self.add_error(field if field in self.fields else None, wrong)
        return cleaned

    @property
    def asked(self) -> Asked:
        """What was typed."""
        typed = self.cleaned_data
        return Asked(
            kind=typed["kind"],
            channel=typed["channel"],
            title=typed["title"],
            what=typed["what"],
            why=typed["why"],
            need=self._needs.get(typed["need"]),
            theme=typed["theme"],
            by_when=typed["by_when"],
            document=typed["document"],
            brought_by=self.brought,
            touches=typed.get("touches", ""),
            facilitation=typed.get("facilitation", False),
            sent_to=typed["sent_to"],
            open_to_compact=typed["open_to_compact"],
            coordinator_reads=typed.get("coordinator_reads", False),
        )


def _with(title: str, help_text: str) -> str:
    return f"{title}. {help_text}" if help_text else title


def _called(need: Recommendation) -> str:
    return f"{need.title} ({need.reference})" if need.title else need.reference


class JoiningForm(TwinsForm):
    """A request to join a programme: the programme, and the State's letter."""

    programme = forms.ModelChoiceField(
        Programme.objects.none(), label=gettext_lazy("Programme"), to_field_name="code", empty_label=None
    )
    why = _text(gettext_lazy("Anything to add"), 3, required=False)
    field_order = ("programme", "document", "why", "brought_by", "open_to_compact", "coordinator_reads")

    def __init__(self, viewer: Viewer, circle: str, programmes: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(viewer, circle, *args, **kwargs)
        field = self.fields["programme"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Programme.objects.filter(code__in=list(programmes))


class StepForm(NoIndividuals, forms.Form):
    """A step with its reason. ``seen_version`` is the version of the request that was looked at."""

    reason = _text(gettext_lazy("Reason, which the State reads"))
    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class LeadForm(NoIndividuals, forms.Form):
    """Who leads, of those who said that they can."""

    lead = forms.ChoiceField(label=gettext_lazy("Who leads"), widget=forms.RadioSelect)
    reason = _text(gettext_lazy("Why"), 3, required=False)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, choices: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["lead"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class PassForm(NoIndividuals, forms.Form):
    """Entities that a request is passed to: those proposed, each with its reason, and any other."""

    another = EntityChoice(
        Entity.objects.filter(role__in=Entity.IN_THE_COMPACT),
        required=False,
        label=gettext_lazy("Another entity"),
        empty_label=gettext_lazy("None"),
    )
    another_why = _text(gettext_lazy("Why to it"), 2, required=False)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, proposed: Sequence[tuple[Entity, str]], *args: Any, everybody: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposed = tuple(entity for entity, _why in proposed)
        for entity, why in proposed:
            self.fields[f"to_{entity.code}"] = forms.BooleanField(
                label=f"{entity.abbreviation} · {entity.name}", required=False, initial=everybody
            )
            self.fields[f"why_{entity.code}"] = forms.CharField(
                label=_("Why to %(entity)s") % {"entity": entity.abbreviation}, required=False, initial=why,
                max_length=1_000, widget=forms.Textarea({"rows": 2}),
            )  # fmt: skip
        before = [f"{part}_{entity.code}" for entity in self.proposed for part in ("to", "why")]
        self.order_fields([*before, "another", "another_why", "seen_version"])

    @property
    def recipients(self) -> list[tuple[Entity, str]]:
        """Those who were chosen, each with why."""
        typed = self.cleaned_data
        found = [(each, typed[f"why_{each.code}"]) for each in self.proposed if typed[f"to_{each.code}"]]
        if typed["another"] is not None:
            found.append((typed["another"], typed["another_why"]))
        return found


class AnswerForm(NoIndividuals, forms.Form):
    """What an entity answers; the entity where the person speaks for several."""

    entity = forms.ChoiceField(label=gettext_lazy("Entity"))
    answer = forms.ChoiceField(
        label=gettext_lazy("Answer"), widget=forms.RadioSelect,
        choices=[each for each in AssistancePassing.Answer.choices if each[0]],
    )  # fmt: skip
    says = _text(gettext_lazy("With what, from when; or why not"), 3, required=False)

    def __init__(self, choices: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["entity"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class ToldForm(NoIndividuals, forms.Form):
    """On which day somebody was told, and how."""

    on = _day(gettext_lazy("On"), required=True)
    says = forms.CharField(label=gettext_lazy("How"), required=False, max_length=500)


class ReadersForm(NoIndividuals, forms.Form):
    """Who reads a request from now on. Whoever brought it does, whatever is ticked."""

    open_to_compact = forms.BooleanField(required=False)
    coordinator_reads = forms.BooleanField(label=gettext_lazy("The resident coordinator may read it"), required=False)
    reason = _text(gettext_lazy("Why"), 2, required=False)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, asked: AssistanceRequest, circle: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["open_to_compact"].label = _("Every entity of the %(circle)s may read it") % {"circle": circle}
        if asked.brought_by == AssistanceRequest.Brought.COORDINATOR:
            del self.fields["coordinator_reads"]

    @property
    def lets_coordinator(self) -> bool:
        """What was ticked; whoever brought the request was not asked about."""
        return bool(self.cleaned_data.get("coordinator_reads", True))


class SafeguardsForm(NoIndividuals, forms.Form):
    """The checklist: of each question whether it is respected, and how. Some can be left for later."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, questions: Sequence[Question], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = tuple(questions)
        choices = [("", _("Not answered yet")), (YES, _("Yes")), (NO, _("No")), (NOT_HERE, _("Does not apply"))]
        for each in questions:
            code, said = each.safeguard.code, each.answer
            self.fields[f"is_{code}"] = forms.ChoiceField(
                label=each.safeguard.question, required=False, choices=choices,
                initial="" if said is None else {True: YES, False: NO, None: NOT_HERE}[said.respected],
            )  # fmt: skip
            self.fields[f"how_{code}"] = forms.CharField(
                label=_("How, or why not"), required=False, initial=said.how if said else "", max_length=2_000,
                widget=forms.Textarea({"rows": 2}),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for each in self.questions:
            code = each.safeguard.code
            if cleaned.get(f"is_{code}") and not cleaned.get(f"how_{code}", "").strip():
                self.add_error(f"how_{code}", _("Say how it is respected, why not, or why it does not apply."))
        return cleaned

    @property
    def answers(self) -> dict[str, SafeguardAnswer]:
        """What was answered, by the codes of the safeguards."""
        respected = {YES: True, NO: False, NOT_HERE: None}
        return {
            each.safeguard.code: SafeguardAnswer(respected[said], self.cleaned_data[f"how_{each.safeguard.code}"])
            for each in self.questions
            if (said := self.cleaned_data[f"is_{each.safeguard.code}"])
        }


class ProjectForm(NoIndividuals, forms.Form):
    """What a project needs beside its request; everything that the request says stands there already."""

    reference = forms.CharField(label=gettext_lazy("Reference at the entity"), max_length=120)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=500)
    description = _text(gettext_lazy("Description"), 6, required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=Status.choices)
    starts_on = _day(gettext_lazy("Begins"))
    ends_on = _day(gettext_lazy("Ends"))
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def outline(self) -> Outline:
        """What was typed."""
        typed = self.cleaned_data
        return Outline(
            reference=typed["reference"], title=typed["title"], description=typed["description"],
            status=typed["status"], starts_on=typed["starts_on"], ends_on=typed["ends_on"],
        )  # fmt: skip
