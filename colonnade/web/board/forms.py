"""Forms of the board. They validate what was typed; the actions say what may be done."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.members.models import Person
from colonnade.review.actions.meetings import Term
from colonnade.review.actions.scoring import Mark
from colonnade.review.actions.screening import COMMENTED
from colonnade.review.models import Office, Outcome, Process, Proposal
from colonnade.review.rules import Rules
from colonnade.web.shared.individuals import NoIndividuals

#: How many conditions an approval can be given at once.
TERMS: Final = 4
COMPLETE, RETURNED = "complete", "returned"
UPHELD, DISMISSED = "upheld", "dismissed"
RECUSED: Final = "recused"


def outcomes() -> list[tuple[str, str]]:
    """What a board recommends and a head decides, as choices."""
    return [(value, str(title)) for value, title in Outcome.choices]


class BoardForm(NoIndividuals, forms.Form):
    """A form of the board. Texts are long, days are picked, and no personal details of individuals are taken."""

    def text(self, name: str, label: str, *, required: bool = True, rows: int = 4, initial: str = "") -> None:
        """Add a field for a text."""
        widget = forms.Textarea(attrs={"rows": rows})
        self.fields[name] = forms.CharField(label=label, required=required, widget=widget, initial=initial)

    def day(self, name: str, label: str, *, required: bool = True) -> None:
        """Add a field for a day."""
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        self.fields[name] = forms.DateField(label=label, required=required, widget=widget)

    def amount(self, name: str, label: str, *, required: bool = False) -> None:
        """Add a field for an amount in dollars and cents."""
        widget = forms.NumberInput(attrs={"step": "0.01", "min": "0", "inputmode": "decimal"})
        self.fields[name] = forms.DecimalField(
            label=label, required=required, min_value=Decimal(0), max_digits=18, decimal_places=2, widget=widget
        )

    def choice(self, name: str, label: str, choices: Iterable[tuple[str, str]], *, required: bool = True) -> None:
        """Add a field for one of a few."""
        self.fields[name] = forms.ChoiceField(
            label=label, choices=list(choices), required=required, widget=forms.RadioSelect
        )


class CallForm(BoardForm):
    """A call that is prepared."""

    code = forms.SlugField(label=gettext_lazy("Code, as addresses show it"), max_length=50)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)

    def __init__(self, *args: Any, processes: Sequence[Process], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.processes = {each.code: each for each in processes}
        choices = [(code, each.title) for code, each in self.processes.items()]
        self.fields["process"] = forms.ChoiceField(label=_("Whose rules hold"), choices=choices)
        self.text("summary", _("What it is for"), required=False)
        self.day("opens_on", _("First day"))
        self.day("closes_on", _("Last day"))
        self.amount("budget_usd", _("Budget in US dollars"), required=True)
        self.amount("group_ceiling_usd", _("Most for one working group, in US dollars"))


class OfficeForm(BoardForm):
    """Who holds an office of the board from a day on."""

    def __init__(self, *args: Any, holders: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holders = {str(each.pk): each for each in holders}
        kinds = [(value, str(title)) for value, title in Office.Kind.choices]
        self.fields["kind"] = forms.ChoiceField(label=_("Office"), choices=kinds)
        people = [(key, each.name) for key, each in self.holders.items()]
        self.fields["holder"] = forms.ChoiceField(label=_("Who holds it"), choices=people)
        self.day("starts_on", _("From"))


class TextForm(BoardForm):
    """One text."""

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text("text", label)


class ScreenForm(BoardForm):
    """Complete, or returned with comments, on fields where they belong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice("outcome", _("Outcome"), [(COMPLETE, _("Complete")), (RETURNED, _("Return it with comments"))])
        self.text("comment", _("Comment on the whole"), required=False)
        for name, title in COMMENTED.items():
            self.text(f"on_{name}", _(title), required=False, rows=2)
        self.fields["seen_version"] = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def field_comments(self) -> dict[str, str]:
        """Field -> comment, where there is one."""
        return {name: self.cleaned_data[f"on_{name}"] for name in COMMENTED if self.cleaned_data[f"on_{name}"]}


class ScoreForm(BoardForm):
    """A reviewer's scores: a value and a comment for each criterion, and a comment on the whole."""

    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules
        for each in rules.criteria:
            label = _("%(criterion)s, from 0 to %(most)d") % {"criterion": each.title, "most": rules.most}
            self.fields[f"value_{each.code}"] = forms.IntegerField(
                label=label, required=False, min_value=0, max_value=rules.most, help_text=each.help
            )
            self.text(f"comment_{each.code}", _("Why: %(criterion)s") % {"criterion": each.title}, required=False)
        self.text("overall", _("On the whole"), required=False)

    @property
    def marks(self) -> dict[str, Mark]:
        """Criterion -> what was given, where something was."""
        given = self.cleaned_data
        return {
            each.code: Mark(given[f"value_{each.code}"], given[f"comment_{each.code}"])
            for each in self.rules.criteria
            if given[f"value_{each.code}"] is not None
        }


class MeetingForm(BoardForm):
    """A meeting that is planned."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day("held_on", _("Day"))


class AgendaForm(BoardForm):
    """Where each proposal stands on the agenda; one without a number is not on it."""

    def __init__(self, *args: Any, proposals: Sequence[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposals = proposals
        for each in proposals:
            self.fields[f"place_{each.public_id}"] = forms.IntegerField(label=each.title, required=False, min_value=1)

    @property
    def ordered(self) -> list[Proposal]:
        """The proposals on the agenda, in its order."""
        places = {each.pk: self.cleaned_data[f"place_{each.public_id}"] for each in self.proposals}
        return sorted((each for each in self.proposals if places[each.pk]), key=lambda each: (places[each.pk], each.pk))


class AttendanceForm(BoardForm):
    """Which members were there."""

    def __init__(self, *args: Any, members: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(each.pk): each for each in members}
        self.fields["present"] = forms.MultipleChoiceField(
            label=_("Members who are there"),
            choices=[(key, each.name) for key, each in self.members.items()],
            widget=forms.CheckboxSelectMultiple,
        )
        self.text("minutes", _("Minutes"), required=False)

    @property
    def present(self) -> list[Person]:
        """The members who were there."""
        return [self.members[key] for key in self.cleaned_data["present"]]


class VoteForm(BoardForm):
    """A member's vote, or why they stepped out."""

    def __init__(self, *args: Any, members: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(each.pk): each for each in members}
        self.fields["member"] = forms.ChoiceField(
            label=_("Member"), choices=[(key, each.name) for key, each in self.members.items()]
        )
        self.choice("outcome", _("Vote"), [*outcomes(), (RECUSED, _("Stepped out"))])
        self.text("reason", _("Why they stepped out"), required=False, rows=2)

    @property
    def member(self) -> Person:
        """Whose vote it is."""
        return self.members[self.cleaned_data["member"]]


class OfferForm(BoardForm):
    """An outcome with its amount, reasons and conditions: what a board recommends."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice("outcome", _("Outcome"), outcomes())
        self.amount("amount_usd", _("Amount in US dollars, where it is approved"))
        self.text("reasons", _("Reasons"))
        for number in range(1, TERMS + 1):
            self.text(f"term_{number}", _("Condition %(number)d") % {"number": number}, required=False, rows=2)
            self.day(f"due_{number}", _("Condition %(number)d: to be met by") % {"number": number}, required=False)

    @property
    def terms(self) -> tuple[Term, ...]:
        """The conditions that were written."""
        given = self.cleaned_data
        return tuple(
            Term(given[f"term_{number}"], given[f"due_{number}"])
            for number in range(1, TERMS + 1)
            if given[f"term_{number}"].strip()
        )

    @staticmethod
    def terms_as_initial(conditions: Iterable[dict[str, str]]) -> dict[str, object]:
        """What a form begins with where ``conditions`` were recommended."""
        first: dict[str, object] = {}
        for number, each in enumerate(conditions, start=1):
            first[f"term_{number}"] = each["text"]
            first[f"due_{number}"] = date.fromisoformat(each["due_on"]) if each["due_on"] else None
        return first


class DecideForm(OfferForm):
    """What the head decides, and what the applicant is told beside the reasons."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text("feedback", _("What the letter says to the applicant beside the reasons"), required=False)
        self.fields["seen_version"] = forms.IntegerField(widget=forms.HiddenInput)


class ReportForm(BoardForm):
    """A report that is due."""

    def __init__(self, *args: Any, money: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text("text", _("The report"), rows=8)
        self.amount("spent_usd", _("Spent so far, in US dollars"), required=money)


class CloseForm(BoardForm):
    """The end of a project."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text("lessons", _("What was learned"), rows=6)
        self.amount("refunded_usd", _("Refund in US dollars"), required=True)
        self.fields["seen_version"] = forms.IntegerField(widget=forms.HiddenInput)


class AnswerObjectionForm(BoardForm):
    """Whether an objection is upheld, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(UPHELD, _("Upheld: it is decided anew")), (DISMISSED, _("Dismissed: the decision stands"))]
        self.choice("standing", _("Outcome"), choices)
        self.text("answer", _("Reasons"))
