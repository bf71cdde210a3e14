"""What a workbook would change: each of its rows beside what stands, field by field, three ways. Pure.

A cell that was emptied deletes nothing by itself: whoever gives the workbook says whether it is to be empty. A row that
is gone changes nothing. A row without a reference is new, unless it was taken in before: then it is that record.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from colonnade.core.identifiers import ALPHABET, LENGTH
from colonnade.core.merging import Side, merge
from colonnade.core.problems import Problem
from colonnade.needs.intake.columns import COLUMNS, KEPT, NEW, SHEETS, Column, Intake, Part, Row, fields_of
from colonnade.needs.intake.queries import Known, Standing
from colonnade.needs.intake.rules import Complaint, complaints, title_in
from colonnade.needs.keepable import is_wider

#: What the choice of a field is called in the form: this, the number of the row's place in the file, the field.
CHOOSE: Final = "choose-"
OPEN: Final = "open"
WITHDRAWN: Final = "withdrawn"
#: Makes of texts a digest that nobody else can make.
Sign = Callable[[Sequence[str]], bytes]


#: Columns in which a row without a reference and the record that it is say the same.
_ALIKE: Final[Mapping[Part, tuple[str, ...]]] = {
    Part.ASSESSMENTS: ("country", "assessor", "kind", "starts_on", "ends_on"),
    Part.NEEDS: ("assessment", "text"),
}


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the file and what stands differ. ``chosen`` is a side, or empty where a person has to choose."""

    name: str
    before: str
    theirs: str
    mine: str
    conflict: bool
    chosen: str
    emptied: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row and what becomes of it: ``values`` are what it would hold. ``public_id`` is what a new record would get."""

    row: Row
    fate: Fate
    known: Known | None
    values: Mapping[str, str]
    differences: tuple[Difference, ...] = ()
    public_id: str = ""

    @property
    def choose(self) -> str:
        """What its choices begin with in a form."""
        return f"{CHOOSE}{self.row.part}-{self.row.number}-"

    @property
    def undecided(self) -> bool:
        """Whether a person still has to choose."""
        return any(not each.chosen for each in self.differences)


@dataclass(frozen=True, slots=True)
class Plan:
    """Every row with what becomes of it, and all that is wrong. ``left`` are records that the file does not have."""

    assessments: tuple[Outcome, ...] = ()
    needs: tuple[Outcome, ...] = ()
    problems: tuple[Problem, ...] = ()
    left: int = 0

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Both sheets."""
        return (*self.assessments, *self.needs)

    @property
    def undecided(self) -> bool:
        """Whether a person still has to choose."""
        return any(each.undecided for each in self.outcomes)

    @property
    def changes(self) -> bool:
        """Whether anything would be written, or is to be chosen."""
        return any(each.fate is not Fate.SAME or each.differences for each in self.outcomes)

    def called(self, fate: Fate) -> tuple[Outcome, ...]:
        """The rows of one fate."""
        return tuple(each for each in self.outcomes if each.fate is fate)

    @property
    def digest(self) -> str:
        """The same for the same plan, whatever was chosen: what a person saw before they confirmed."""
        told = [
            [each.row.part, each.row.number, each.public_id,
             sorted(each.values.items()) if each.fate is Fate.NEW else [],
             [[one.name, one.theirs, one.mine, one.conflict] for one in each.differences],
             each.known.key if each.known else ""]
            for each in self.outcomes
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


@dataclass(slots=True)
class _Work:
    """One comparison on its way."""

    intake: Intake
    standing: Standing
    choices: Mapping[str, str]
    sign: Sign
    today: date
    problems: list[tuple[int, int, Problem]] = field(default_factory=list)
    #: Records by identifier, and by what a row of the same would say.
    found: dict[tuple[str, ...], Known] = field(default_factory=dict)

    def complain(self, row: Row, one: Complaint) -> None:
        column = next(each for each in COLUMNS[row.part] if each.name == one.column)
        problem = problem_at(self.intake.file, row.part, row.number, column, one)
        self.problems.append((list(Part).index(row.part), row.number, problem))


def problem_at(file: str, part: Part, number: int, column: Column | None, one: Complaint) -> Problem:
    """What is wrong with a cell, as a person finds it."""
    where = _("%(file)s, sheet %(sheet)s") % {"file": file, "sheet": _(SHEETS[part])}
    return Problem(where, number, title_in(column) if column else None, one.value[:80], one.message, one.mend)


def compare(intake: Intake, standing: Standing, *, choices: Mapping[str, str], sign: Sign, today: date) -> Plan:
    """What becomes of every row of ``intake`` beside what stands. Nothing here asks anything of anybody."""
    work = _Work(intake, standing, choices, sign, today)
    visits = tuple(_outcome(work, row, row) for row in intake.assessments)
    by_name = {each.row.key: each for each in visits if each.row.key}
    needs = _superseded(work, [*intake.needs])
    found = []
    for raw, row in needs:
        resolved = _resolved(work, row, by_name)
        found.append(_outcome(work, resolved, _resolved(work, raw, by_name, quietly=True), by_name))
    _each_once(work, visits)
    _each_once(work, found)
    _chains(work, found)
    keys = {each.known.key for each in (*visits, *found) if each.known}
    left = sum(1 for key in (*standing.assessments, *standing.needs) if key not in keys)
    problems = tuple(each for _sheet, _row, each in sorted(work.problems, key=lambda each: each[:2]))
    return Plan(visits, tuple(found), problems, left)


def _each_once(work: _Work, outcomes: Sequence[Outcome]) -> None:
    """No two rows have one name, are one record, or say the same anew."""
    first: dict[str, int] = {}
    for each in outcomes:
        same = each.known.public_id if each.known else each.public_id
        for key in dict.fromkeys((f"row {each.row.key}" if each.row.key else "", same)):
            if key and first.setdefault(key, each.row.number) != each.row.number:
                message = _("the same as in row %(row)s") % {"row": first[key]}
                work.complain(each.row, Complaint("key", each.row.key, message, _("keep one of the two rows")))
                break


def _superseded(work: _Work, rows: list[Row]) -> list[tuple[Row, Row]]:
    """Each row as it was read, and with the standing it has once a later version takes its place.

    A record that a new row takes the place of, and that the file has no row for, is added.
    """
    places = {row.key: place for place, row in enumerate(rows) if row.key}
    raw = list(rows)
    for row in list(rows):
        earlier = row.values.get("follows", "")
        if row.key in work.standing.needs or not earlier or earlier == row.key:
            continue
        if earlier in places:
            at = places[earlier]
            if rows[at].values.get("standing") == OPEN:
                rows[at] = replace(rows[at], values={**rows[at].values, "standing": WITHDRAWN})
        elif (known := work.standing.needs.get(earlier)) is not None:
            values = {**known.values, "standing": WITHDRAWN if known.values["standing"] == OPEN else OPEN}
            if known.values["standing"] != OPEN:
                continue  # said about the row that follows it, unless that was taken in before
            places[earlier] = len(rows)
            rows.append(Row(Part.NEEDS, row.number + 1_000_000, earlier, values, dict(known.values)))
            raw.append(rows[-1])
    return list(zip(raw, rows, strict=True))


def _resolved(work: _Work, row: Row, visits: Mapping[str, Outcome], *, quietly: bool = False) -> Row:
    """A recommendation whose assessment is named by what stands, where its row was taken in before."""
    name = row.values.get("assessment", "")
    outcome = visits.get(name)
    if outcome is not None and outcome.known is not None:
        return replace(row, values={**row.values, "assessment": outcome.known.key})
    if outcome is None and name and name not in work.standing.assessments and not quietly:
        mend = _("write what the sheet of assessments calls it, as it stands there")
        work.complain(row, Complaint("assessment", name, _("no assessment among those that you record for"), mend))
    return row


def _outcome(work: _Work, row: Row, raw: Row, visits: Mapping[str, Outcome] | None = None) -> Outcome:
    known = work.standing.of(row.part).get(row.key)
    if known is not None:
        return _beside(work, row, known, row.base)
    if row.key and not row.key.casefold().startswith(NEW):
        message = _("not among those that you record for")
        mend = _("leave it as it was taken, or empty for a new one; write “new 1” to name a new one for other rows")
        work.complain(row, Complaint("key", row.key, message, mend))
        return Outcome(row, Fate.SAME, None, row.values)
    public_id = _identifier(work, raw, visits)
    twin = _taken_in(work, row, public_id)
    if twin is not None:
        # Exactly this row was taken in: whatever became of the record since, the file asks for nothing.
        same = twin.public_id == public_id
        return _beside(work, row, twin, row.values if same else None)
    visit = visits.get(row.values.get("assessment", "")) if visits else None
    begun = visit.values.get("starts_on", "") if visit else _starts(work.standing, row)
    closed = (visit.values.get("level") if visit else _level(work.standing, row)) == "restricted"
    for one in complaints(row.part, row.values, today=work.today, begun=begun, closed=closed, new=True):
        work.complain(row, one)
    return Outcome(row, Fate.NEW, None, row.values, public_id=public_id)


def _starts(standing: Standing, row: Row) -> str:
    known = standing.assessments.get(row.values.get("assessment", ""))
    return known.values["starts_on"] if known else ""


def _level(standing: Standing, row: Row) -> str:
    known = standing.assessments.get(row.values.get("assessment", ""))
    return known.values["level"] if known else ""


def _identifier(work: _Work, row: Row, visits: Mapping[str, Outcome] | None) -> str:
    """The identifier that exactly this row gets when it is taken in, today or any other day."""
    values = dict(row.values)
    values.pop("follows", None)
    name = values.get("assessment", "")
    if visits is not None:
        visit = visits.get(name)
        known = (visit.known if visit else None) or work.standing.assessments.get(name)
        values["assessment"] = known.public_id if known else visit.public_id if visit else name
    digest = work.sign([row.part, *(f"{name}={value}" for name, value in sorted(values.items()))])
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH])


def _taken_in(work: _Work, row: Row, public_id: str) -> Known | None:
    """The record that a row without a reference is: made of exactly it, or saying the same of the same."""
    if not work.found:
        for part, names in _ALIKE.items():
            for each in work.standing.of(part).values():
                work.found[(part, *(each.values[name] for name in names))] = each
                work.found[(part, each.public_id)] = each
    alike = (row.part, *(row.values.get(name, "") for name in _ALIKE[row.part]))
    return work.found.get((row.part, public_id)) or work.found.get(alike)


def _beside(work: _Work, row: Row, known: Known, base: Mapping[str, str] | None) -> Outcome:
    """A row beside the record that it is of."""
    mine = dict(row.values)
    before = dict(base) if base is not None else None
    columns = {each.name: each for each in fields_of(row.part)}
    for name, column in columns.items():
        stands, typed = known.values[name], mine.get(name, "")
        was = before.get(name, "") if before is not None else stands
        if stands == KEPT:
            if typed not in ("", KEPT, was):
                message = _("its State keeps this to itself, so it is in no file: it is revised on its page")
                work.complain(row, Complaint(name, "", message, _("leave the cell as it was taken, or empty")))
            mine[name] = stands
        elif typed == KEPT:
            mine[name] = stands
        elif column.fixed:
            if typed and typed not in (stands, was):
                work.complain(row, _fixed(name, typed, stands))
            mine[name] = stands
        elif not typed and column.required:
            message, mend = _("empty, and must not be"), _("write what it is to be, or what stands: %(value)s")
            work.complain(row, Complaint(name, "", message, mend % {"value": stands[:80]}))
            mine[name] = stands
        if before is not None and before.get(name) == KEPT:
            before[name] = mine[name] if typed == KEPT else stands
    differences = tuple(_differences(work, row, known, before, mine))
    values = {**known.values, **{each.name: each.mine for each in differences if each.chosen == Side.MINE}}
    changed = any(values[name] != known.values[name] for name in columns)
    fate = Fate.CHANGED if changed or any(not each.chosen for each in differences) else Fate.SAME
    if changed:
        begun = _starts_of(work.standing, row.part, known)
        for one in complaints(row.part, values, today=work.today, begun=begun, closed=False, new=False):
            work.complain(row, one)
        if row.part is Part.ASSESSMENTS and (day := _first_issued(work.standing, known)) < values["starts_on"]:
            message = _("what it recommends was issued before, on %(day)s") % {"day": day}
            work.complain(row, Complaint("starts_on", values["starts_on"], message, _("write a day up to that")))
    return Outcome(row, fate, known, values, differences)


def _first_issued(standing: Standing, visit: Known) -> str:
    """The day of the first recommendation of an assessment, or one after every other."""
    days = [each.values["issued_on"] for each in standing.needs.values() if each.values["assessment"] == visit.key]
    return min(days, default="9999")


def _starts_of(standing: Standing, part: Part, known: Known) -> str:
    visit = standing.assessments.get(known.values.get("assessment", "")) if part is Part.NEEDS else None
    return visit.values["starts_on"] if visit else ""


def _fixed(name: str, typed: str, stands: str) -> Complaint:
    if name == "level":
        if not is_wider(typed, stands):
            message = _("fewer people would read it, which a workbook does not do")
            return Complaint(name, typed, message, _("do it on its page, where the wish of its State is recorded"))
        message = _("more people would read it, and its State has to consent first")
        return Complaint(name, typed, message, _("leave it as it was taken, and propose it on its page"))
    return Complaint(name, typed, _("this is not changed by a workbook"), _("write %(value)s") % {"value": stands})


def _differences(
    work: _Work, row: Row, known: Known, base: Mapping[str, str] | None, mine: Mapping[str, str]
) -> Iterator[Difference]:
    names = [each.name for each in fields_of(row.part)]
    theirs = {name: known.values[name] for name in names}
    before: Mapping[str, str | None] = {name: base.get(name, "") if base is not None else None for name in names}
    merged = merge(before, theirs, {name: mine.get(name, "") for name in names})
    for name in names:
        own, other = mine.get(name, ""), theirs[name]
        if own == other or merged.sides.get(name) == Side.THEIRS:
            continue
        conflict, emptied = name in merged.conflicts, not own
        made = work.choices.get(f"{CHOOSE}{row.part}-{row.number}-{name}", "")
        if made not in (Side.THEIRS, Side.MINE):
            made = "" if conflict or emptied else Side.MINE.value
        yield Difference(name, before[name] or "", other, own, conflict, made, emptied)


def _chains(work: _Work, needs: list[Outcome]) -> None:
    """A later version takes the place of one open recommendation to the same State, which no other row does."""
    by_name = {each.row.key: each for each in needs if each.row.key}
    taken: dict[str, int] = {}
    for each in needs:
        earlier = each.values.get("follows", "")
        if each.fate is not Fate.NEW or not earlier:
            continue
        complaint = _cannot_follow(work, each, by_name)
        if complaint is None and taken.setdefault(earlier, each.row.number) != each.row.number:
            message = _("row %(row)s takes its place already") % {"row": taken[earlier]}
            complaint = Complaint("follows", earlier, message, _("name it in one of the two rows"))
        if complaint is not None:
            work.complain(each.row, complaint)


def _cannot_follow(work: _Work, outcome: Outcome, by_name: Mapping[str, Outcome]) -> Complaint | None:
    earlier = outcome.values["follows"]
    seen = {outcome.row.key}
    at = earlier
    while at in by_name and by_name[at].known is None:
        if at in seen:
            return Complaint("follows", earlier, _("it would take its own place"), _("name an earlier one"))
        seen.add(at)
        at = by_name[at].values.get("follows", "")
    known, beside = work.standing.needs.get(earlier), by_name.get(earlier)
    if known is None and (beside is None or (beside.known is None and beside.fate is not Fate.NEW)):
        mend = _("write its reference, or what the file calls it, as it stands in the first column")
        return Complaint("follows", earlier, _("no recommendation among those that you record for"), mend)
    standing = known.values["standing"] if known else beside.values["standing"] if beside else ""
    becomes = beside.row.values.get("standing", "") if beside else WITHDRAWN
    if (known and standing != OPEN) or becomes not in (OPEN, WITHDRAWN):
        message = _("only an open recommendation has a later version take its place")
        return Complaint("follows", earlier, message, _("leave this empty, or name an open one"))
    here = _state_of(work, outcome)
    there = known.country if known else _state_of(work, beside) if beside else ""
    if here and there and here != there:
        return Complaint("follows", earlier, _("it is of another State"), _("name one of the same State"))
    return None


def _state_of(work: _Work, outcome: Outcome) -> str:
    name = outcome.values.get("assessment", "")
    known = work.standing.assessments.get(name)
    if known is not None:
        return known.country
    return next((row.values.get("country", "") for row in work.intake.assessments if row.key == name), "")
