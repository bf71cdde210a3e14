"""What the page of a workbook shows of each of its rows: what is new, what changes, what somebody has to choose."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from colonnade.needs.intake.columns import COLUMNS, KEPT, SHEETS, Holds, fields_of
from colonnade.needs.intake.comparing import Fate, Outcome, Plan
from colonnade.needs.intake.queries import Lists
from colonnade.needs.intake.rules import title_in
from colonnade.reporting.needsform.writing import shown


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field of a row: as it was when the workbook was taken, as it stands, as the file has it."""

    name: str
    title: str
    before: str
    theirs: str
    mine: str
    asked: bool
    conflict: bool
    chosen: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row with its number in the sheet, what it is called, and its fields."""

    sheet: str
    number: int
    called: str
    choose: str
    fields: tuple[ShownField, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """All rows by what becomes of them. ``asked`` has those in which a person has to choose."""

    new: tuple[ShownRow, ...]
    changed: tuple[ShownRow, ...]
    asked: tuple[ShownRow, ...]


def shown_of(plan: Plan, lists: Lists) -> Preview:
    """The plan in words."""
    new, changed, asked = [], [], []
    for each in plan.outcomes:
        row = _row(each, lists)
        if each.fate is Fate.NEW:
            new.append(row)
        elif any(one.asked for one in row.fields):
            asked.append(row)
        elif each.differences:
            changed.append(row)
    return Preview(tuple(new), tuple(changed), tuple(asked))


def _row(outcome: Outcome, lists: Lists) -> ShownRow:
    part, row = outcome.row.part, outcome.row
    columns = {each.name: each for each in COLUMNS[part]}

    def words(name: str, value: str) -> str:
        if columns[name].holds is Holds.CODE and value != KEPT:
            return lists.all_of(part, name).get(value, value)
        return shown(lists, part, columns[name], value)

    if outcome.fate is Fate.NEW:
        fields = tuple(
            ShownField(each.name, title_in(each), "", "", words(each.name, row.values[each.name]), False, False, "")
            for each in fields_of(part)
            if row.values[each.name]
        )
        return ShownRow(_(SHEETS[part]), row.number, row.key or _("without a name"), "", fields)
    fields = tuple(
        ShownField(
            each.name, title_in(columns[each.name]), words(each.name, each.before), words(each.name, each.theirs),
            words(each.name, each.mine), each.conflict or each.emptied, each.conflict, each.chosen,
        )
        for each in outcome.differences
    )  # fmt: skip
    title = outcome.known.values.get("title", "") if outcome.known else ""
    called = outcome.known.key if outcome.known else row.key
    described = words("title", title) if title else ""
    return ShownRow(_(SHEETS[part]), row.number, f"{called} {described}".strip(), outcome.choose, fields)
