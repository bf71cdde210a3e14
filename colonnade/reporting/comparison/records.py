"""The records behind two values of a figure: which came, which left, and which stayed with something else. Pure.

Every record is in exactly one part, so the parts add up whatever is compared:

    before + came - left                 = after    in records
    before + came - left + stayed's change = after  in amounts, where each record has one
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from colonnade.analysis.figures.result import Number

#: A record's kind and public identifier.
Identity = tuple[str, str]
Fields = Mapping[str, Any]
#: Columns of records that say which record a row is, and nothing of what was reported.
IDENTITY: Final = ("kind", "id")
#: A field that says nothing new where the other one has changed as well.
FOLLOWS: Final[Mapping[str, str]] = {"active": "status", "budget": "budget_usd", "funding": "funding_usd"}


@dataclass(frozen=True, slots=True)
class Weight:
    """What a record adds to the number: the sum of a column, or one for each of its rows where ``column`` is empty."""

    column: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A record on one side. A field that several of its rows give differently is a tuple of them.

    ``amount`` is what it adds to the number, ``None`` where the number is no sum over records.
    """

    kind: str
    id: str
    title: str
    fields: Fields
    amount: Number | None = None

    @property
    def identity(self) -> Identity:
        return self.kind, self.id


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that reads otherwise on the later side."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Met:
    """A record that either side counts. ``changes`` say what else is reported of it.

    ``known_before`` and ``known_after`` say whether the side knows the record at all, counted or not: what came may
    have stood there before with another status. A record that is ``closed`` to the later side's readers is counted, and
    nothing of it is told: neither identity nor title nor fields, and its amounts are for sums alone.
    """

    before: Record | None
    after: Record | None
    changes: tuple[FieldChange, ...] = ()
    known_before: bool = False
    known_after: bool = False
    closed: bool = False

    @property
    def told(self) -> Record:
        """The record as the later side has it, where it does."""
        found = self.after or self.before
        if found is None:
            raise LookupError("a record of neither side")
        return found

    @property
    def change(self) -> Number:
        """What the record adds to the difference between the two numbers."""
        return _amount(self.after) - _amount(self.before)


@dataclass(frozen=True, slots=True)
class Parts:
    """The records of both sides in four parts. Amounts are ``None`` where ``weight`` is."""

    came: tuple[Met, ...]
    left: tuple[Met, ...]
    altered: tuple[Met, ...]
    same: int
    records_before: int
    records_after: int
    weight: Weight | None = None
    amount_before: Number | None = None
    amount_after: Number | None = None

    @property
    def moved(self) -> int:
        """How many of the records that stayed add another amount than before."""
        return sum(bool(met.change) for met in self.altered)

    @property
    def stayed(self) -> int:
        """How many records both sides count."""
        return len(self.altered) + self.same

    @property
    def amount_came(self) -> Number:
        return total(met.change for met in self.came)

    @property
    def amount_left(self) -> Number:
        """What the records that left added before, as a positive amount."""
        return total(-met.change for met in self.left)

    @property
    def amount_stayed(self) -> Number:
        """By how much the records that stayed add more than before; below zero where they add less."""
        return total(met.change for met in self.altered)

    @property
    def adds_up(self) -> bool:
        """Whether the parts are the whole difference. Anything else is an error of ours, and is tested not to be."""
        records = self.records_before + len(self.came) - len(self.left) == self.records_after
        if self.amount_before is None or self.amount_after is None:
            return records
        came_and_left = self.amount_came - self.amount_left
        return records and self.amount_before + came_and_left + self.amount_stayed == self.amount_after


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of records as one side gives them, and what it knows of records by identity, counted or not."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    known: Mapping[Identity, Fields] = field(default_factory=dict)


def compare_records(before: Rows, after: Rows, weight: Weight | None = None) -> Parts:
    """The records of two sides in parts, each part in the order in which the sides give its records."""
    earlier, later = records_in(before, weight), records_in(after, weight)
    came, left, altered = [], [], []
    same = 0
    for identity, record in later.items():
        met = _met(identity, earlier.get(identity), record, before, after)
        if met.before is None:
            came.append(met)
        elif met.changes or met.change:
            altered.append(met)
        else:
            same += 1
    for identity, record in earlier.items():
        if identity not in later:
            left.append(_met(identity, record, None, before, after))
    return Parts(
        came=tuple(came),
        left=tuple(left),
        altered=tuple(altered),
        same=same,
        records_before=len(earlier),
        records_after=len(later),
        weight=weight,
        amount_before=total(_amount(record) for record in earlier.values()) if weight else None,
        amount_after=total(_amount(record) for record in later.values()) if weight else None,
    )


def without_names(parts: Parts, closed: Collection[Identity]) -> Parts:
    """``parts`` in which the records of ``closed`` are counted and not told, the last of each part."""
    if not closed:
        return parts
    unnamed = [_unnamed(part, closed) for part in (parts.came, parts.left, parts.altered)]
    return replace(parts, came=unnamed[0], left=unnamed[1], altered=unnamed[2])


def _unnamed(part: tuple[Met, ...], closed: Collection[Identity]) -> tuple[Met, ...]:
    named = [met for met in part if met.told.identity not in closed]
    others = [met for met in part if met.told.identity in closed]
    hidden = [Met(_without_name(met.before), _without_name(met.after), closed=True) for met in others]
    # In the order of their kinds and amounts: how they were sorted by title would tell something of it.
    return (*named, *sorted(hidden, key=lambda met: (met.told.kind, met.change)))


def _without_name(record: Record | None) -> Record | None:
    return replace(record, id="", title="", fields={}) if record is not None else None


def records_in(given: Rows, weight: Weight | None = None) -> dict[Identity, Record]:
    """The records in ``given``, each once, with what it adds to the number."""
    gathered: dict[Identity, list[dict[str, Any]]] = {}
    for row in given.rows:
        fields = dict(zip(given.columns, row, strict=True))
        gathered.setdefault((str(fields["kind"]), str(fields["id"])), []).append(fields)
    return {identity: _record(identity, rows, weight) for identity, rows in gathered.items()}


def total(amounts: Iterable[Number]) -> Number:
    """The sum; nought where there are none."""
    return sum(amounts, 0)


def size(amount: Number) -> Number:
    """The amount without its sign."""
    return -amount if amount < 0 else amount


def _record(identity: Identity, rows: Sequence[Mapping[str, Any]], weight: Weight | None) -> Record:
    names = [name for name in rows[0] if name not in IDENTITY]
    fields = {name: _one_or_all([row[name] for row in rows]) for name in names}
    amount = None
    if weight is not None:
        amount = total(row[weight.column] or 0 for row in rows) if weight.column else len(rows)
    return Record(*identity, title=str(rows[0].get("title") or identity[1]), fields=fields, amount=amount)


def _one_or_all(values: list[Any]) -> Any:
    kept = list(dict.fromkeys(values))
    return kept[0] if len(kept) == 1 else tuple(kept)


def _met(identity: Identity, earlier: Record | None, later: Record | None, before: Rows, after: Rows) -> Met:
    was = {**before.known.get(identity, {}), **(earlier.fields if earlier else {})}
    now = {**after.known.get(identity, {}), **(later.fields if later else {})}
    return Met(earlier, later, _changes(was, now), bool(was), bool(now))


def _changes(was: Fields, now: Fields) -> tuple[FieldChange, ...]:
    """What differs in the fields that both sides give; nothing where one side does not know the record."""
    names = [name for name in was if name in now and was[name] != now[name]]
    return tuple(
        FieldChange(name, was[name], now[name])
        for name in names
        if FOLLOWS.get(name) not in names and not (_are_numbers(was[name]) or _are_numbers(now[name]))
    )


def _are_numbers(met: Any) -> bool:
    """Whether these are counts that stand in several rows of one record: each speaks of its row alone."""
    return isinstance(met, tuple) and not all(isinstance(part, str | None) for part in met)


def _amount(record: Record | None) -> Number:
    return record.amount or 0 if record is not None else 0
