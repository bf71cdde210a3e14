"""The list of requests: what of them is asked for in the address, and the table. It begins at what the reader sees."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from colonnade.core.viewer import Viewer
from colonnade.needs.assistance.access import is_officer
from colonnade.needs.assistance.queries import requests_of, waiting_for
from colonnade.needs.assistance.rules import Rules
from colonnade.needs.assistance.workflow import NOT_OVER, WAITS_FOR_OFFICERS
from colonnade.needs.models import AssistanceRequest
from colonnade.places.models import Country
from colonnade.web.assistance.words import clock_words, kind_title
from colonnade.web.shared.days import short_day
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.record_addresses import record_address

KIND: Final = "assistance_request"
#: What can be asked for in one word, beside a standing.
SHOWS: Final = {
    "": gettext_noop("All"),
    "open": gettext_noop("Open"),
    "answer": gettext_noop("For you to answer"),
    "overdue": gettext_noop("Overdue"),
    "ended": gettext_noop("Ended"),
}


class ListForm(forms.Form):
    """The filters of the list; everything that can be chosen is among what the reader sees."""

    show = forms.ChoiceField(label=gettext_lazy("Show"), required=False)
    standing = forms.ChoiceField(label=gettext_lazy("Standing"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    sort = forms.ChoiceField(label=gettext_lazy("What is asked for"), required=False)
    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=200)

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = requests_of(viewer).order_by().values("country")
        states = Country.objects.filter(pk__in=there).order_by("name")
        for name, choices in (
            ("show", [(code, _(title)) for code, title in SHOWS.items()]),
            ("standing", [("", _("All")), *AssistanceRequest.Standing.choices]),
            ("state", [("", _("All")), *((each.code, each.name) for each in states)]),
            ("sort", [("", _("All")), *AssistanceRequest.Sort.choices]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


def chosen(viewer: Viewer, typed: dict[str, str], today: date) -> QuerySet[AssistanceRequest]:
    """The requests that the filters ask for, of those that ``viewer`` sees."""
    found = requests_of(viewer)
    match typed.get("show"):
        case "open":
            found = found.filter(standing__in=NOT_OVER)
        case "ended":
            found = found.exclude(standing__in=NOT_OVER)
        case "overdue":
            found = found.filter(due_on__lt=today)
        case "answer":
            asked = Q(pk__in=waiting_for(viewer).order_by().values("of_request"))
            found = found.filter(asked | Q(standing__in=WAITS_FOR_OFFICERS) if is_officer(viewer) else asked)
    for name, lookup in (("standing", "standing"), ("state", "country__code"), ("sort", "sort")):
        if value := typed.get(name):
            found = found.filter(**{lookup: value})
    for word in typed.get("q", "").split():
        found = found.filter(Q(title__icontains=word) | Q(what__icontains=word))
    return found


def said_filters(asked: Mapping[str, str]) -> list[str]:
    """The filters of an address in words."""
    titles = {name: str(field.label) for name, field in ListForm.base_fields.items()}
    return [f"{titles[name]}: {asked[name]}" for name in titles if asked.get(name)]


def requests_table(
    caption: str, found: Sequence[AssistanceRequest], rules: Rules | None, today: date
) -> TableView | None:
    """Requests with where they stand and how long there is; ``None`` where there are none."""
    if not found:
        return None
    header = tuple(
        HeaderView(title)
        for title in (_("Request"), _("State"), _("Kind"), _("Standing"), _("Lead"), _("Filed"), _("Due"))
    )
    rows = tuple(
        (
            CellView(each.title, record_address(KIND, each.public_id), header=True),
            CellView(each.country.name, record_address("country", each.country.code)),
            CellView(kind_title(rules, each)),
            CellView(str(each.get_standing_display())),
            CellView(each.lead.abbreviation if each.lead else "–"),
            CellView(short_day(each.filed_on)),
            CellView(clock_words(each.due_on, today) or "–"),
        )
        for each in found
    )
    return TableView(caption, header, rows)
