"""One section of a proposal on its way between the registry, a form, and what was typed into it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Protocol

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from colonnade.core.actor import Actor
from colonnade.core.viewer import Viewer
from colonnade.members.models import Entity, Person
from colonnade.review.actions.applying import save_proposal, save_section
from colonnade.review.models import Proposal
from colonnade.review.sections import SECTIONS, Section
from colonnade.review.summaries import ActiveThere, active_there, cited_need
from colonnade.strategy.models import MarkerLevel, Safeguard, Strategy
from colonnade.web.proposals.choices import SEVERAL, Choices, entities
from colonnade.web.proposals.forms import FieldsForm, RowForm, column_of, label_of
from colonnade.web.proposals.sections import FIELDS
from colonnade.web.proposals.typed import BETWEEN, Typed, as_text, cells_of, row_as_text

#: Empty rows that a list offers, and rows that it takes.
SPARE: Final = 3
MOST_ROWS: Final = 100
#: Of those who are active there, so many of the busiest are named beside the form, and put into it.
SUGGESTED: Final = 10
#: The field that counts the rows of a list that was sent.
COUNT: Final = "rows"

Sent = MultiValueDict[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a form: the field's place in the page, what it is called, and what is wrong."""

    anchor: str
    title: str
    text: str


class Editor(Protocol):
    """A section that can be shown, read from what was sent, compared and saved."""

    name: str

    def standing(self) -> dict[str, str]:
        """What stands in the registry, as whoever writes may know it."""

    def show(self, typed: Typed) -> None:
        """Put ``typed`` into the form."""

    def read(self, sent: Sent) -> bool:
        """Put what was sent into the form; whether all of it can be saved."""

    def typed(self, base: Typed) -> dict[str, str]:
        """What the form holds, once it was read; ``base`` is what it was made from."""

    def in_words(self, name: str, value: str) -> str:
        """A value as people read it."""

    def called(self, name: str) -> str:
        """What a field, or a row, is called."""

    def problems(self) -> list[Problem]:
        """All that is wrong in the form."""

    def save(self, version: int, person: Person, actor: Actor) -> Proposal:
        """Save what the form holds over ``version``."""


@dataclass
class FieldsEditor:
    """A section of fields."""

    name: str
    viewer: Viewer
    proposal: Proposal
    form: FieldsForm = field(init=False)

    def __post_init__(self) -> None:
        self.form = FieldsForm(self.name, self.viewer, self.proposal)

    def standing(self) -> dict[str, str]:
        found = {}
        for name in FIELDS[self.name]:
            if name in SEVERAL:
                found[name] = as_text([each.pk for each in getattr(self.proposal, name).all()])
            elif name == "cited_need":
                need = cited_need(self.viewer, self.proposal)
                found[name] = as_text(need.pk if need else None)
            else:
                found[name] = as_text(getattr(self.proposal, column_of(name)))
        return found

    def show(self, typed: Typed) -> None:
        initial = {name: _several(typed[name]) if name in SEVERAL else typed[name] for name in FIELDS[self.name]}
        self.form = FieldsForm(self.name, self.viewer, self.proposal, initial=initial)

    def read(self, sent: Sent) -> bool:
        self.form = FieldsForm(self.name, self.viewer, self.proposal, sent)
        return self.form.is_valid()

    def typed(self, base: Typed) -> dict[str, str]:
        found = {name: as_text(self.form.cleaned_data[name]) for name in FIELDS[self.name]}
        if "cited_need" in found and not found["cited_need"]:  # left as it is
            found["cited_need"] = base.get("cited_need", "")
        return found

    def in_words(self, name: str, value: str) -> str:
        choices: Any = getattr(self.form.fields[name], "choices", None)
        if choices is not None and value:
            known = {str(key): str(title) for key, title in choices}
            return ", ".join(known.get(key, key) for key in _several(value))
        if name == "touches_protected":
            return _("Yes") if value else _("No")
        return value

    def called(self, name: str) -> str:
        return label_of(name)

    def problems(self) -> list[Problem]:
        said = [Problem("", "", str(error)) for error in self.form.non_field_errors()]
        for each in self.form:
            said += [Problem(f"id_{each.name}", str(each.label), str(error)) for error in each.errors]
        return said

    def save(self, version: int, person: Person, actor: Actor) -> Proposal:
        return save_proposal(
            proposal=self.proposal, expected_version=version, changes=self.changes, person=person, actor=actor
        )

    @property
    def changes(self) -> dict[str, Any]:
        """What the form holds, by the columns of a proposal."""
        return self.form.changes


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list in the form; ``title`` is what it asks, where the row itself is given."""

    title: str
    form: RowForm


@dataclass
class RowsEditor:
    """A section that is a list."""

    name: str
    viewer: Viewer
    proposal: Proposal
    rows: list[Row] = field(default_factory=list)

    @property
    def section(self) -> Section:
        """What a row of it holds."""
        return SECTIONS[self.name]

    def standing(self) -> dict[str, str]:
        rows = self.section.model.objects.visible_to(self.viewer).filter(proposal=self.proposal).order_by("pk")
        if self.section.positioned:
            rows = rows.order_by("position")
        found = list(rows.values(self.section.key, *self.section.columns))
        return self._as_typed(found)

    def _as_typed(self, rows: list[dict[str, Any]]) -> dict[str, str]:
        section = self.section
        keyed = enumerate(rows, 1) if section.positioned else ((row[section.key], row) for row in rows)
        return {str(key): row_as_text(section.columns, row) for key, row in keyed}

    def show(self, typed: Typed) -> None:
        section = self.section
        given = self.given
        keys = list(given) if self.is_given else [key for key, text in typed.items() if text or not section.positioned]
        self.rows = []
        suggested = [key for key in self._suggested if key not in typed]
        for place, key in enumerate([*keys, *suggested, *([""] * (0 if self.is_given else SPARE))]):
            initial = {section.key: key, **cells_of(section.columns, typed.get(key, ""))} if key else {}
            form = RowForm(section, self.offered(key), prefix=f"r{place}", initial=initial)
            self.rows.append(Row(given.get(key, ""), form))

    def read(self, sent: Sent) -> bool:
        section, given = self.section, self.given
        count = sent.get(COUNT, "")
        number = min(int(count), MOST_ROWS) if count.isascii() and count.isdigit() and len(count) < 5 else 0
        self.rows = []
        for place in range(number):
            key = sent.get(f"r{place}-{section.key}", "")
            form = RowForm(section, self.offered(key), sent, prefix=f"r{place}")
            title = given.get(key, "")
            if self.is_given and not title:  # a question that there is not
                continue
            self.rows.append(Row(title, form))
        return all(row.form.is_valid() for row in self._filled())

    @property
    def filled_in(self) -> list[dict[str, Any]]:
        """The rows that the form holds, by the columns of the list."""
        return [row.form.row for row in self._filled()]

    def _filled(self) -> Iterator[Row]:
        return (row for row in self.rows if not row.form.is_empty() and not self._only_suggested(row.form))

    def _only_suggested(self, form: RowForm) -> bool:
        """Whether nothing was said of a consultation that the page proposed, and that is not listed."""
        if self.name != "consultations" or any(form[name].value() for name in self.section.columns):
            return False
        return str(form[self.section.key].value()) not in self._listed

    @cached_property
    def _listed(self) -> frozenset[str]:
        return frozenset(self.standing())

    @cached_property
    def _suggested(self) -> list[str]:
        """With whom one should talk: the assessor, and those who are active there."""
        if self.name != "consultations":
            return []
        strategy = Strategy.objects.first()
        assessor = Entity.objects.filter(code=strategy.assessor).values_list("pk", flat=True) if strategy else ()
        there = [row.entity.pk for row in self.active]
        offered = dict(self._entities)
        return [key for key in dict.fromkeys(map(str, [*assessor, *there])) if key in offered]

    @cached_property
    def active(self) -> list[ActiveThere]:
        """Who is active where the proposal would work: those whom the form suggests, the busiest first."""
        return active_there(self.viewer, self.proposal)[:SUGGESTED] if self.name == "consultations" else []

    def typed(self, base: Typed) -> dict[str, str]:  # noqa: ARG002  # a list hides nothing from those who write it
        return self._as_typed(self.filled_in)

    def in_words(self, name: str, value: str) -> str:
        if not value:
            return ""
        fields, said = RowForm(self.section, self.offered(name)).fields, []
        for column, text in cells_of(self.section.columns, value).items():
            choices: Any = getattr(fields[column], "choices", None)
            known = {str(key): str(title) for key, title in choices} if choices else {}
            said.append(known.get(text, text) if text else "")
        return " · ".join(text for text in said if text)

    def called(self, name: str) -> str:
        if self.section.positioned:
            return _("Row %(place)s") % {"place": name}
        named = self.given or dict(self._entities)
        return named.get(name, name)

    def problems(self) -> list[Problem]:
        said = []
        for place, row in enumerate(self._filled(), 1):
            title = row.title or _("Row %(place)s") % {"place": place}
            for each in row.form:
                said += [Problem(each.id_for_label, f"{title}, {each.label}", str(error)) for error in each.errors]
        return said

    def save(self, version: int, person: Person, actor: Actor) -> Proposal:
        return save_section(
            proposal=self.proposal,
            expected_version=version,
            section=self.section,
            rows=self.filled_in,
            person=person,
            actor=actor,
        )

    @property
    def is_given(self) -> bool:
        """Whether its rows are questions of the strategy, and none is added."""
        return self.name in ("markers", "safeguards")

    @cached_property
    def given(self) -> dict[str, str]:
        """Rows that are there because the strategy asks them: what each is known by, and what it asks."""
        if self.name == "markers":
            return {marker: marker.replace("_", " ").capitalize() for marker in self._levels}
        if self.name == "safeguards":
            return {str(each.pk): each.question for each in Safeguard.objects.all()}
        return {}

    @cached_property
    def _levels(self) -> dict[str, Choices]:
        """Marker -> what its scores mean."""
        found: dict[str, Choices] = {}
        for each in MarkerLevel.objects.all():
            found.setdefault(each.marker, []).append((str(each.level), f"{each.level}: {each.title}"))
        return found

    @cached_property
    def _entities(self) -> Choices:
        return [choice for choice in entities() if choice[0] != str(self.proposal.entity_id)]

    def offered(self, key: str) -> Mapping[str, Choices]:
        """The choices of a row that is known by ``key``."""
        if self.name == "consultations":
            return {"entity_id": self._entities}
        if self.name == "markers":
            return {"level": self._levels.get(key, [])}
        return {}


def editor_of(section: str, viewer: Viewer, proposal: Proposal) -> Editor:
    """The editor of a section."""
    made: Editor = (
        FieldsEditor(section, viewer, proposal) if section in FIELDS else RowsEditor(section, viewer, proposal)
    )
    return made


def sent_from(editor: Editor, typed: Typed) -> Sent:
    """What a browser would send if ``typed`` stood in the form."""
    sent: Sent = MultiValueDict()
    if isinstance(editor, FieldsEditor):
        for name, text in typed.items():
            sent.setlist(name, _several(text) if name in SEVERAL else [text])
        return sent
    assert isinstance(editor, RowsEditor)
    section = editor.section
    rows = [(key, text) for key, text in typed.items() if text]
    sent[COUNT] = str(len(rows))
    for place, (key, text) in enumerate(rows):
        sent[f"r{place}-{section.key}"] = key
        for name, cell in cells_of(section.columns, text).items():
            sent[f"r{place}-{name}"] = cell
    return sent


def _several(text: str) -> list[str]:
    return text.split(BETWEEN) if text else []
