"""What is proposed where a project is edited: its pillar and scope, its States, areas and thematic priorities."""

from collections.abc import Mapping
from typing import Final

from django.http import QueryDict

from colonnade.analysis.matching.proposing import AREA, COUNTRY, PILLAR, SCOPE, THEME
from colonnade.places.models import Country
from colonnade.portfolio.linked import Linked, Statement
from colonnade.portfolio.models import Project
from colonnade.strategy.models import Area, Pillar, Theme
from colonnade.web.projects.forms import ProjectForm
from colonnade.web.projects.link_forms import LinksForm
from colonnade.web.shared.proposing import (
    OfField,
    of_field,
    propose,
    record_from,
    shown,
    take_over,
    taken,
    typed_in,
)
from colonnade.web.shared.requests import ViewerRequest

#: Fields for which codes are proposed, each with its dimension.
FIELDS: Final[Mapping[str, str]] = {"scope": SCOPE, "pillar": PILLAR}
_BOXES: Final[Mapping[str, str]] = {"area": AREA, "theme": THEME}
_COUNTRY: Final = Linked.COUNTRY.value


def with_proposals(request: ViewerRequest, project: Project) -> ProjectForm:
    """The form with what was typed and the proposal that was taken over, and the proposals beside it."""
    pillars = {each.code: str(each.pk) for each in Pillar.objects.all()}

    def key(name: str, code: str) -> str:
        return pillars.get(code, "") if name == "pillar" else code

    form = ProjectForm(request.POST)
    typed = typed_in(form, request.POST)
    scopes = {str(value) for value, _title in getattr(form.fields["scope"], "choices", ())}
    take_over(
        typed, request.POST, FIELDS, lambda name, code: key(name, code) if name != "scope" or code in scopes else ""
    )
    form = ProjectForm(initial=typed)
    record = record_from(typed["title"], typed["description"], known_as=project.public_id)
    shown(form, record, propose(request, record, tuple(FIELDS.values())), FIELDS, key)
    return form


def links_with_proposals(request: ViewerRequest, project: Project, standing: Statement) -> tuple[LinksForm, OfField]:
    """The form of links as it was sent, with the proposal that was taken over, and the proposals beside it; those of
    States apart, since they are rows."""
    keys = {
        _COUNTRY: {each.code: str(each.pk) for each in Country.objects.all()},
        "area": {each.code: str(each.pk) for each in Area.objects.all()},
        "theme": {each.code: str(each.pk) for each in Theme.objects.all()},
    }

    def key(name: str, code: str) -> str:
        return keys[name].get(code, "") if name in keys else ""

    sent = request.POST.copy()
    name, code = taken(sent)
    value = key(name, code)
    if value and name == _COUNTRY:
        _in_an_empty_row(sent, value)
    elif value and value not in sent.getlist(name):
        sent.appendlist(name, value)
    form = LinksForm(standing, sent)
    record = record_from(project.title, project.description, known_as=project.public_id)
    found = propose(request, record, (COUNTRY, *_BOXES.values()))
    shown(form.boxes, record, found, _BOXES, key)
    rows = form.lists[Linked.COUNTRY].forms
    places = {str(row["place"].value() or "") for row in rows}
    choices = {str(value): str(title) for value, title in rows[0].fields["place"].choices} if rows else {}
    label = str(rows[0].fields["place"].label) if rows else ""
    return form, of_field(_COUNTRY, label, choices, places, record, found[COUNTRY], key)


def _in_an_empty_row(sent: QueryDict, place: str) -> None:
    """Put a State into the first row in which nothing stands, unless a row has it."""
    total = sent.get(f"{_COUNTRY}-TOTAL_FORMS", "")
    count = int(total) if total.isascii() and total.isdigit() and len(total) < 4 else 0
    names = [f"{_COUNTRY}-{number}-place" for number in range(count)]
    if place in (sent.get(name, "") for name in names):
        return
    if empty := next((name for name in names if not sent.get(name)), ""):
        sent[empty] = place
