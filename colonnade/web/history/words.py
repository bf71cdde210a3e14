"""Rows of the log in words: columns by their titles, keys by what they stand for, values as pages print them."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from django.apps import apps
from django.db.models import DateField, DateTimeField, DecimalField, Field, ForeignKey, Model, TextField, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from colonnade.analysis.figures.display import grouped, rounded
from colonnade.core.viewer import Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.funding.models import Earmark, Window
from colonnade.members.models import Entity, WorkingGroup
from colonnade.needs.keepable import KEEPABLE, field_title
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import Inventory
from colonnade.strategy.models import Area, Mandate, Pillar, Safeguard, Theme
from colonnade.web.history.kinds import OF_TABLE
from colonnade.web.history.shape import rows_read

Row = Mapping[str, Any]
#: A label, a key, what identifies the record in an address, and what it is called.
Looked = tuple[str, int, str, str]

#: Columns -> their titles. A column that is not named here is called by its own words.
TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": gettext_noop("Title"),
        "name": gettext_noop("Name"),
        "description": gettext_noop("Description"),
        "text": gettext_noop("Text"),
        "status": gettext_noop("Status"),
        "scope": gettext_noop("Scope"),
        "pillar_id": gettext_noop("Pillar"),
        "theme_id": gettext_noop("Thematic priority"),
        "lead_entity_id": gettext_noop("Lead entity"),
        "entity_id": gettext_noop("Entity"),
        "sort": gettext_noop("What is asked for"),
        "what": gettext_noop("What exactly"),
        "why": gettext_noop("Why"),
        "answers_need_id": gettext_noop("Recommendation that it answers"),
        "asked_theme_id": gettext_noop("Thematic priority"),
        "asked_programme_id": gettext_noop("Programme"),
        "by_when": gettext_noop("Needed by"),
        "document": gettext_noop("Letter or note"),
        "brought_by": gettext_noop("Who brought it"),
        "coordinator_reads": gettext_noop("The resident coordinator may read it"),
        "touches": gettext_noop("Whom it touches"),
        "sent_to_id": gettext_noop("The State turned to"),
        "lead_id": gettext_noop("Who leads"),
        "object_until": gettext_noop("The State can object until"),
        "objected_on": gettext_noop("The State objected"),
        "became_project_id": gettext_noop("Became"),
        "asked_as": gettext_noop("As"),
        "answer": gettext_noop("Answer"),
        "says": gettext_noop("What it says"),
        "whom": gettext_noop("Whom"),
        "act": gettext_noop("What is done with them"),
        "done_on": gettext_noop("Done"),
        "done_note": gettext_noop("How"),
        "organiser_id": gettext_noop("Organiser"),
        "assessor_id": gettext_noop("Assessor"),
        "country_id": gettext_noop("State"),
        "region_id": gettext_noop("Region"),
        "programme_id": gettext_noop("Programme"),
        "working_group_id": gettext_noop("Working group"),
        "project_id": gettext_noop("Project"),
        "recommendation_id": gettext_noop("Need"),
        "contributor_id": gettext_noop("Contributor"),
        "claimed_by_id": gettext_noop("Claimed by"),
        "claimed_on": gettext_noop("Claimed"),
        "verified_by_id": gettext_noop("Verified by"),
        "verified_on": gettext_noop("Verified"),
        "parent_id": gettext_noop("Part of"),
        "merged_into_id": gettext_noop("Merged into"),
        "kept_id": gettext_noop("The record that is kept"),
        "merged_id": gettext_noop("The record that is merged"),
        "appeal_id": gettext_noop("Appeal"),
        "entry_id": gettext_noop("Entry of an appeal"),
        "shown": gettext_noop("What others see"),
        "purpose": gettext_noop("What it does"),
        "partial_sums": gettext_noop("What a partial sum does"),
        "joined_on": gettext_noop("In the appeal from"),
        "left_on": gettext_noop("Taken out on"),
        "left_because": gettext_noop("Why it was taken out"),
        "first_year": gettext_noop("First year"),
        "last_year": gettext_noop("Last year"),
        "stated_on": gettext_noop("Stated"),
        "ended_on": gettext_noop("Ended"),
        "summary": gettext_noop("What it is for"),
        "round_id": gettext_noop("Round"),
        "budget": gettext_noop("Budget"),
        "funding": gettext_noop("Funding received"),
        "amount": gettext_noop("Amount"),
        "amount_usd": gettext_noop("Amount in US dollars"),
        "support_usd": gettext_noop("Programme support in US dollars"),
        "pledged_on": gettext_noop("Pledged"),
        "due_on": gettext_noop("Due"),
        "window_id": gettext_noop("Window"),
        "earmark_id": gettext_noop("Earmark"),
        "requirement_usd": gettext_noop("Requirement"),
        "currency": gettext_noop("Currency"),
        "starts_on": gettext_noop("Begins"),
        "ends_on": gettext_noop("Ends"),
        "issued_on": gettext_noop("Issued"),
        "received_on": gettext_noop("Received"),
        "origin": gettext_noop("Origin"),
        "origin_note": gettext_noop("Note on the origin"),
        "level": gettext_noop("Visible to"),
        "confidential_fields": gettext_noop("Kept confidential"),
        "reference": gettext_noop("Reference"),
        "priority": gettext_noop("Priority"),
        "standing": gettext_noop("Standing"),
        "addressee": gettext_noop("Addressed to"),
        "strength": gettext_noop("Strength"),
        "evidence": gettext_noop("Evidence"),
        "reason": gettext_noop("Reason"),
        "kind": gettext_noop("Kind"),
        "role": gettext_noop("Role"),
        "city": gettext_noop("City"),
        "participants": gettext_noop("Participants"),
        "source": gettext_noop("Source"),
        "note": gettext_noop("Note"),
        "short_title": gettext_noop("Short title"),
        "abbreviation": gettext_noop("Abbreviation"),
        "position": gettext_noop("Place in lists"),
        "year": gettext_noop("Year"),
        "number": gettext_noop("Number"),
    }
)
#: The column by which a record is called in passing; other kinds have theirs in the table of kinds.
_CALLED: Final[Mapping[type[Model], str]] = MappingProxyType(
    {
        Pillar: "short_title",
        Theme: "short_title",
        Area: "short_title",
        WorkingGroup: "short_title",
        Entity: "abbreviation",
        Country: "name",
        Region: "name",
        Mandate: "code",
        Safeguard: "question",
        Inventory: "title",
        Window: "title",
        Earmark: "title",
    }
)
#: A text is cut after this many characters.
LONGEST: Final = 300


def title_of(column: str) -> str:
    """What a column is called."""
    return _(TITLES[column]) if column in TITLES else column.removesuffix("_id").replace("_", " ").capitalize()


@cache
def model_of(table: str) -> type[Model] | None:
    """The model whose rows stand in ``table``."""
    return next((m for m in apps.get_models(include_auto_created=True) if m._meta.db_table == table), None)


@cache
def _fields_of(table: str) -> Mapping[str, "Field[Any, Any]"]:
    model = model_of(table)
    return {} if model is None else {field.attname: field for field in model._meta.concrete_fields}


class Words:
    """The words for values in some rows of the log, as one viewer may read them; keys are looked up in one query."""

    def __init__(self, found: Iterable[Looked]) -> None:
        self._rows = tuple(found)
        self._found = {(label, key): (identifier, called) for label, key, identifier, called in self._rows}

    @classmethod
    def of(
        cls,
        viewer: Viewer,
        rows: Iterable[tuple[str, Row | None]],
        records: Iterable[tuple[type[Model], int]] = (),
        also: Iterable[Any] = (),
    ) -> "Words":
        """The words for ``rows``, each with its table, and for ``records``: what keys stand for, as ``viewer`` sees it.

        ``also`` are query sets of :data:`Looked` that are asked along with them.
        """
        wanted: dict[type[Model], set[int]] = {}
        for model, key in records:
            wanted.setdefault(model, set()).add(key)
        for table, row in rows:
            for column, value in (row or {}).items():
                field = _fields_of(table).get(column)
                if isinstance(field, ForeignKey) and isinstance(value, int):
                    related = field.related_model
                    if isinstance(related, type) and _column_called(related):
                        wanted.setdefault(related, set()).add(value)
        return cls(look_up(viewer, wanted, also))

    def record(self, model: type[Model], key: int) -> tuple[str, str]:
        """What identifies a record in its address, and what it is called; empty where it is not open to the viewer."""
        return self._found.get((model._meta.label, key), ("", ""))

    def labelled(self, label: str) -> list[Looked]:
        """What was looked up along with the rest, under one label."""
        return [row for row in self._rows if row[0] == label]

    def value(self, table: str, column: str, value: object) -> str:
        """A value of a column; empty where there is none."""
        field = _fields_of(table).get(column)
        if value is None or value == "" or value == []:
            return ""
        if isinstance(field, ForeignKey):
            related = field.related_model
            called = self.record(related, int(str(value)))[1] if isinstance(related, type) else ""
            return called or _("one that is not open to you")
        if isinstance(value, list):
            return ", ".join(field_title(each) if each in KEEPABLE else str(each) for each in value)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if field is not None and field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return _plain(field, value)

    def part(self, table: str, told: Iterable[str], row: Row | None) -> str:
        """A row of a part of a record; empty where there is none."""
        if not row:
            return ""
        first, *beside = (self.value(table, column, row.get(column)) for column in told)
        said = ", ".join(text for text in beside if text)
        return f"{first} ({said})" if said else first


def around_difference(before: str, after: str) -> tuple[str, str]:
    """Two texts, cut so that where they begin to differ is in what is left."""
    if len(before) <= LONGEST and len(after) <= LONGEST:
        return before, after
    same = 0
    for one, other in zip(before, after, strict=False):
        if one != other:
            break
        same += 1
    start = max(0, same - LONGEST // 3) if before and after else 0
    return _cut(before, start), _cut(after, start)


def _cut(text: str, start: int) -> str:
    shown = text[start : start + LONGEST]
    return ("…" if start and shown else "") + shown + ("…" if start + LONGEST < len(text) else "")


def _plain(field: "Field[Any, Any] | None", value: object) -> str:
    text = str(value)
    if isinstance(field, DecimalField):
        amount = Decimal(text)
        if field.decimal_places > 2:
            return f"{amount.normalize():f}"
        return grouped(amount, 0 if rounded(amount, 2) == rounded(amount, 0) else 2)
    if isinstance(field, DateTimeField):
        moment = parse_datetime(text)
        return date_format(moment, "j F Y, H:i") if moment else text
    if isinstance(field, DateField):
        return date_format(date.fromisoformat(text), "j F Y")
    return text


def _column_called(model: type[Model]) -> str:
    kind = OF_TABLE.get(model._meta.db_table)
    return _CALLED.get(model, kind.named if kind else "")


def look_up(viewer: Viewer, wanted: Mapping[type[Model], Iterable[int]], also: Iterable[Any]) -> list[Looked]:
    """Records by what they are called, those that ``viewer`` may see, and ``also`` other query sets; one query."""
    asked: list[Any] = list(also)
    for model, keys in wanted.items():
        manager: Any = model._default_manager
        rows = rows_read(manager, viewer) if hasattr(manager, "visible_to") else manager.all()
        kind = OF_TABLE.get(model._meta.db_table)
        called: Any = Cast(_column_called(model), TextField())
        if kind and kind.otherwise:
            instead = Cast(kind.otherwise, TextField())
            called = Coalesce(NullIf(called, Value("", TextField())), instead, output_field=TextField())
        identifier: Any = Cast(kind.identifier, TextField()) if kind else Value("", TextField())
        asked.append(as_looked(rows.filter(pk__in=list(keys)).order_by(), model._meta.label, identifier, called))
    # One that begins at the viewer comes first: the second ring then stands around the whole of it.
    asked.sort(key=lambda rows: not isinstance(rows, GuardedQuerySet))
    first, *rest = asked or [None]
    if first is None:
        return []
    return list(first.union(*rest, all=True) if rest else first)


def as_looked(rows: Any, label: str, identifier: Any, called: Any, key: str = "pk") -> Any:
    """A query set of :data:`Looked` over ``rows``."""
    labelled = rows.annotate(of_label=Value(label, TextField()), as_text=identifier, called_so=called)
    return labelled.values_list("of_label", key, "as_text", "called_so")
