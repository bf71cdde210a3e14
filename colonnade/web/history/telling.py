"""Events of the log as people read them: what changed, from what to what, by whose role, under which action."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from django.db.models import TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from colonnade.audit.models import Event
from colonnade.audit.personal import Revealed, revealed
from colonnade.core.viewer import Viewer
from colonnade.members.models import RoleHeld
from colonnade.needs.models import KeptField
from colonnade.web.history.circles import Eyes, fields_closed_until
from colonnade.web.history.kinds import KINDS, OF_PART, OF_TABLE
from colonnade.web.history.shape import Kind
from colonnade.web.history.words import Words, around_difference, as_looked, title_of

#: What an action is called; one that is not named here is called by its own words.
ACTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "record_inventory": gettext_noop("An inventory was recorded"),
        "record_portfolio": gettext_noop("The portfolio was recorded"),
        "record_list": gettext_noop("A list was recorded"),
        "update_project": gettext_noop("The project was edited"),
        "link_project": gettext_noop("Its places and partners were stated"),
        "begin_proposal": gettext_noop("The proposal was begun"),
        "begin_amendment": gettext_noop("The amendment was begun"),
        "save_proposal": gettext_noop("The proposal was written"),
        "save_section": gettext_noop("A list of the proposal was written"),
        "save_whole": gettext_noop("A Word form was taken in"),
        "submit_proposal": gettext_noop("The proposal was sent"),
        "remind_person": gettext_noop("A reminder was written"),
        "withdraw_proposal": gettext_noop("The proposal was withdrawn"),
        "keep_confidential": gettext_noop("The State asked for confidentiality"),
        "take_in": gettext_noop("It was taken in from a workbook"),
        "propose_lifting": gettext_noop("It was proposed to open it"),
        "approve_lifting": gettext_noop("It was opened with the State's consent"),
        "refuse_lifting": gettext_noop("Opening it was refused"),
        "withdraw_consent": gettext_noop("The State withdrew its consent"),
        "record_pledge": gettext_noop("A pledge was recorded"),
        "sign_agreement": gettext_noop("An agreement was signed"),
        "acknowledge_pledge": gettext_noop("The pledge was acknowledged"),
        "withdraw_pledge": gettext_noop("The pledge was withdrawn"),
        "record_receipt": gettext_noop("Money came in"),
        "correct_entry": gettext_noop("An entry was corrected"),
        "propose_allocation": gettext_noop("An allocation was proposed"),
        "approve_allocation": gettext_noop("The allocation was approved"),
        "refuse_allocation": gettext_noop("The allocation was refused"),
        "take_back_allocation": gettext_noop("The allocation was taken back"),
        "release_rest": gettext_noop("The rest of the allocation was released"),
        "record_succession": gettext_noop("A merger or a split was recorded"),
        "rename_entity": gettext_noop("The entity was renamed"),
    }
)
#: Where something restricted was opened, or taken in a file.
OPENED_IN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "project-page": gettext_noop("Its page was opened"),
        "need-page": gettext_noop("Its page was opened"),
        "needs-workbook": gettext_noop("It was taken in a workbook"),
        "needs-intake": gettext_noop("It was shown beside a workbook"),
        "need-confidentiality": gettext_noop("The page about its confidentiality was opened"),
        "edit-project-page": gettext_noop("It was opened for editing"),
        "link-project-page": gettext_noop("Its places and partners were opened for editing"),
        "proposal-page": gettext_noop("A proposal that cites it was opened"),
        "write-proposal-page": gettext_noop("It was offered as the origin of a proposal"),
        "screening-page": gettext_noop("A proposal that cites it was screened"),
        "proposal-docx": gettext_noop("Taken in the form of a proposal"),
        "history-page": gettext_noop("Its history was opened"),
        "projects-csv": gettext_noop("Taken in a list as CSV"),
        "projects-xlsx": gettext_noop("Taken in a list as Excel"),
        "needs-csv": gettext_noop("Taken in a list as CSV"),
        "needs-xlsx": gettext_noop("Taken in a list as Excel"),
        "events-csv": gettext_noop("Taken in a list as CSV"),
        "events-xlsx": gettext_noop("Taken in a list as Excel"),
        "figure-records-csv": gettext_noop("Taken with the records behind a figure"),
        "pledge-page": gettext_noop("Its page was opened"),
        "allocation-page": gettext_noop("Its page was opened"),
        "brief-docx": gettext_noop("Taken in the brief of a State"),
        "brief-pdf": gettext_noop("Taken in the brief of a State"),
    }
)
#: What happens at the door, which auditors alone are told.
AT_THE_DOOR: Final[Mapping[str, str]] = MappingProxyType(
    {
        "note_signed_in": gettext_noop("Signed in"),
        "note_signed_out": gettext_noop("Signed out"),
        "note_sign_in_failed": gettext_noop("Signing in failed"),
        "note_refused": gettext_noop("Refused after too many attempts"),
        "note_confirmed": gettext_noop("Confirmed anew"),
        "note_not_confirmed": gettext_noop("Confirming anew failed"),
    }
)
_NEED: Final = KINDS["recommendation"]
#: The label of the needs whose kept fields the reader may read.
_KEPT: Final = "kept"
#: The label of the roles that those who acted hold.
_ROLE: Final = "role"
#: Columns that say nothing to people: keys of the row, and what stands elsewhere.
_NOT_TOLD: Final = frozenset({"id", "public_id", "version", "password"})


@dataclass(frozen=True, slots=True)
class Change:
    """What changed: ``before`` is empty for what was added, ``after`` for what was taken away."""

    what: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """An event in words. ``changes`` is empty for a read, and for what nobody needs to know."""

    event: Event
    at: datetime
    action: str
    who: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """Events in words, and the words."""

    told: list[Told]
    words: Words


def kept_readable(viewer: Viewer, keys: Iterable[int]) -> frozenset[int]:
    """Of the needs ``keys``, those whose kept fields ``viewer`` may read; all of them for whoever sees all."""
    asked = list(keys)
    if viewer.sees_restricted:
        return frozenset(asked)
    seen = KeptField.objects.visible_to(viewer).filter(recommendation__in=asked) if asked else None
    return frozenset(seen.values_list("recommendation_id", flat=True)) if seen is not None else frozenset()


def _needs_of_others(events: Iterable[Event], eyes: Eyes) -> list[int]:
    """The keys of the needs that some events are of, but those of the States of ``eyes``, who read what is kept."""
    found = set()
    for event in events:
        row = event.after or event.before or {}
        if event.table_name == _NEED.table and row.get("country_id") not in eyes.states:
            found.add(int(event.row_id))
    return sorted(found)


def tell(events: Sequence[Event], eyes: Eyes, also: Iterable[Any] = ()) -> Telling:
    """``events`` in words, as ``eyes`` may read them, in a fixed number of queries; ``also`` is looked up with them."""
    found = revealed(events) if eyes.audits else [Revealed(e, "", e.before, e.after) for e in events]
    needs = [] if eyes.sees_all else _needs_of_others(events, eyes)
    also = list(also)
    if needs:
        kept = KeptField.objects.visible_to(eyes.viewer).filter(recommendation__in=needs).order_by()
        nothing = Value("", TextField())
        also.append(as_looked(kept, _KEPT, nothing, nothing, "recommendation_id"))
    if not eyes.audits and (people := {event.person_id for event in events if event.person_id}):
        whom = Coalesce("entity__abbreviation", "country__name", Value(""), output_field=TextField())
        held = RoleHeld.objects.filter(person__in=people).order_by()
        also.append(as_looked(held, _ROLE, Cast("role", TextField()), whom, "person_id"))
    rows = ((e.table_name, row) for e in events for row in (e.before, e.after))
    records = ((of[0].model, of[1]) for event in events if (of := record_of(event)))
    words = Words.of(eyes.viewer, rows, records, also)
    closed = fields_closed_until(needs, frozenset(row[1] for row in words.labelled(_KEPT)))
    roles = _roles(words)
    told = [
        Told(
            event=shown.event,
            at=shown.event.happened_at,
            action=action_in_words(shown.event.action),
            who=shown.actor if eyes.audits else roles.get(shown.event.person_id or 0, "") or _("The system"),
            changes=tuple(_changes(shown, words, closed)),
        )
        for shown in found
    ]
    return Telling(told, words)


def record_of(event: Event) -> tuple[Kind, int] | None:
    """The record that an event is of, by its kind and key."""
    if event.table_name in OF_TABLE:
        return OF_TABLE[event.table_name], int(event.row_id)
    if event.table_name in OF_PART:
        kind, _part = OF_PART[event.table_name]
        owner = (event.after or event.before or {}).get(kind.owner)
        return (kind, int(owner)) if owner else None
    return None


def action_in_words(action: str) -> str:
    """What an action is called."""
    if not action:
        return _("Changed outside the application")
    title = ACTIONS.get(action) or OPENED_IN.get(action) or AT_THE_DOOR.get(action)
    return _(title) if title else action.replace("_", " ").replace("-", " ").capitalize()


def columns_told(table: str, row: Mapping[str, Any]) -> Iterable[str]:
    """The columns of a record's row that are told, in their order."""
    kind = OF_TABLE.get(table)
    return kind.fields if kind else [name for name in row if name not in _NOT_TOLD]


def field_of(column: str) -> str:
    """The field of a need that a column holds, as ``confidential_fields`` names it."""
    return column.removesuffix("_id")


def _changes(shown: Revealed, words: Words, closed: Mapping[int, Mapping[str, int]]) -> Iterator[Change]:
    event, table = shown.event, shown.event.table_name
    before, after = shown.before or {}, shown.after or {}
    if table in OF_PART:
        _kind, part = OF_PART[table]
        was, became = (words.part(table, part.told, row) for row in (before, after))
        if was != became:
            yield Change(_(part.title), *around_difference(was, became))
        return
    if event.operation == "INSERT":  # what a record has from the beginning stands on its page
        return
    kept = closed.get(int(event.row_id), {}) if table == _NEED.table else {}
    for column in columns_told(table, after or before):
        if before.get(column) == after.get(column) or event.pk <= kept.get(field_of(column), 0):
            continue
        was, became = (words.value(table, column, row.get(column)) for row in (before, after))
        if was != became:
            yield Change(title_of(column), *around_difference(was, became))


def _roles(words: Words) -> dict[int, str]:
    """Person -> the roles that they hold, in words."""
    titles = dict(RoleHeld._meta.get_field("role").flatchoices)
    held: dict[int, list[str]] = {}
    for _label, person, role, whom in words.labelled(_ROLE):
        said = str(titles.get(role, role))
        held.setdefault(person, []).append(f"{said}, {whom}" if whom else said)
    return {person: "; ".join(dict.fromkeys(roles)) for person, roles in held.items()}
