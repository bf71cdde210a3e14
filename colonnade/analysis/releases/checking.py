"""Whether a total may be released: everything that each circle of its readers would then know, audited together.

Pure. A circle knows the records that it sees one by one, every total that was ever released to it (withdrawn ones
too), every figure that was published outside, and the new one. Its unknowns are the records that it does not see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from colonnade.analysis.disclosure.auditing import Finding, audit
from colonnade.analysis.disclosure.policy import Policy, Sensitivity
from colonnade.analysis.disclosure.statements import Group, Statement, Weighed, World
from colonnade.analysis.disclosure.suppression import suppress
from colonnade.analysis.disclosure.tables import ALL, Key, Table, linked, table_over
from colonnade.analysis.figures.result import Number
from colonnade.analysis.releases.basis import COUNT, Basis, Counted
from colonnade.analysis.releases.values import Divided, ReleasedValues

PUBLIC: Final = "public"
COMPACT: Final = "compact"
#: Who learns of a release to an audience.
CIRCLES: Final[Mapping[str, tuple[str, ...]]] = {PUBLIC: (PUBLIC, COMPACT), COMPACT: (COMPACT,)}


@dataclass(frozen=True, slots=True)
class Release:
    """A total and the records behind it, as far as checking goes. ``over`` is the circle whose records it counts.

    ``moment`` names the state of the registry that it was counted over, ``hidden`` its suppressed cells.
    """

    name: str
    audience: str
    over: str
    kind: str
    measure: str
    rows: Divided
    columns: Divided
    records: tuple[Counted, ...]
    hidden: frozenset[Key] = frozenset()
    moment: str = ""

    def tells(self, circle: str) -> bool:
        """Whether the circle learns something from it that it does not see anyway."""
        return circle in CIRCLES[self.audience] and not (circle == COMPACT and self.over == COMPACT)


@dataclass(frozen=True, slots=True)
class Outside:
    """A figure published outside: the sum over ``members`` lies from ``low`` to ``high``, either of them open."""

    name: str
    members: tuple[Counted, ...]
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class CircleCheck:
    """What the audit of one circle's knowledge said. ``standing`` could be derived before the new release."""

    circle: str
    passed: bool
    hidden_records: int
    unknowns: int
    statements: int
    sensitive: int
    against: tuple[str, ...]
    findings: tuple[Finding, ...]
    standing: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """Which cells stay out (``primary`` with the rule that each breaks), and what each circle's audit said."""

    hidden: frozenset[Key]
    primary: Mapping[Key, Sensitivity]
    circles: tuple[CircleCheck, ...]
    shown: int = 0

    @property
    def passes(self) -> bool:
        return self.shown > 0 and all(circle.passed for circle in self.circles)


def check(
    new: Release,
    others: Sequence[Release],
    outside: Sequence[Outside],
    visible: Mapping[str, frozenset[str]],
    policy: Policy,
) -> Checked:
    """Choose what of ``new`` stays out, and audit the rest. ``visible`` has the records that each circle sees."""
    hidden: frozenset[Key] = frozenset()
    primary: dict[Key, Sensitivity] = {}
    told = [circle for circle in CIRCLES[new.audience] if new.tells(circle)]
    matters = {circle: _matter(new, others, outside, visible[circle], circle) for circle in told}
    table: Table | None = None
    results = {}
    for circle in told:
        matter = matters[circle]
        table = matter.table
        found = suppress(
            matter.world, matter.table, policy, known=matter.known, protected=matter.protected, also=hidden
        )
        hidden |= found.hidden
        primary = {**found.primary, **primary}
        results[circle] = found
    circles = []
    for circle in told:
        matter, found = matters[circle], results[circle]
        # Again with everything that stays out for any circle; nothing that was hidden for one helps another to derive.
        statements = [*matter.known, *matter.table.statements(matter.world, hidden)]
        groups = [*matter.protected, *matter.table.groups(found.primary)]
        result = audit(matter.world, statements, groups, policy)
        before = {finding.members for finding in found.standing}
        findings = tuple(finding for finding in result.findings if finding.members not in before)
        circles.append(
            CircleCheck(
                circle,
                not findings,
                len(matter.world.records),
                result.unknowns,
                result.statements,
                result.asked,
                matter.against,
                findings,
                found.standing,
            )
        )
    cells = table.cells if table else _own_table(new).cells
    return Checked(hidden, primary, tuple(circles), len(cells) - len(hidden))


def values_of(basis: Basis, hidden: frozenset[Key]) -> ReleasedValues:
    """The numbers to publish: the cells with their sums, those of ``hidden`` without."""
    release = Release("", PUBLIC, COMPACT, basis.kind, basis.measure, basis.rows, basis.columns, basis.records)
    weights = {record.identifier: record.weight for record in basis.records}
    cells: dict[Key, Number | None] = {}
    for key, members in _own_table(release).cells.items():
        value = sum((weights[member] for member in members if member in weights), Decimal(0))
        number: Number = int(value) if basis.unit == COUNT else value
        cells[key] = None if key in hidden else number
    return ReleasedValues(basis.unit, basis.rows, basis.columns, cells)


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """A finding as plain data, without the records behind it."""
    return {
        "what": finding.name,
        "way": finding.way.value,
        "reason": finding.reason.value if finding.reason else "",
        "records": len(finding.members),
        "value": _text(finding.value),
        "low": _text(finding.low),
        "high": None if finding.high is None else _text(finding.high),
        "combination": {name: _text(share) for name, share in finding.combination.items()},
    }


@dataclass(frozen=True, slots=True)
class _Matter:
    world: World
    table: Table
    known: list[Statement] = field(default_factory=list)
    protected: list[Group] = field(default_factory=list)
    against: tuple[str, ...] = ()


def _matter(
    new: Release, others: Sequence[Release], outside: Sequence[Outside], visible: frozenset[str], circle: str
) -> _Matter:
    """What a circle would know, as statements about the records that it does not see."""
    alike = [each for each in others if each.tells(circle) and (each.kind, each.measure) == (new.kind, new.measure)]
    releases = [*alike, new]
    counted = new.measure == COUNT
    records: dict[str, Weighed] = {}
    for record in (record for release in releases for record in release.records):
        if record.identifier not in visible:
            records[_name(record, counted=counted)] = Weighed(Fraction(record.weight), record.contributor)
    of_outside = outside if counted else []
    for each in of_outside:
        for record in each.members:
            if record.identifier not in visible:
                records.setdefault(_name(record, counted=True), Weighed(Fraction(1), record.contributor))
    tables = linked([_table(release, visible, counted=counted) for release in releases])
    phantoms = frozenset[str]().union(*(table.phantoms for table in tables))
    world = World(records, counted, phantoms)
    known: list[Statement] = []
    protected: list[Group] = []
    against: list[str] = []
    for release, table in zip(alike, tables, strict=False):
        known += table.statements(world, release.hidden)
        protected += table.groups(release.hidden)
        against.append(release.name)
    for each in of_outside:
        statement = _published(each, world, visible)
        if statement is not None:
            known.append(statement)
            against.append(each.name)
    return _Matter(world, tables[-1], known, protected, tuple(against))


def _published(each: Outside, world: World, visible: frozenset[str]) -> Statement | None:
    """A published figure about the hidden records; ``None`` where it is not true of these records at all."""
    seen = sum(record.identifier in visible for record in each.members)
    members = frozenset(_name(record, counted=True) for record in each.members if record.identifier not in visible)
    value = world.value(members)
    low = Fraction(0) if each.low is None else max(Fraction(0), Fraction(each.low) - seen)
    high = None if each.high is None else Fraction(each.high) - seen
    if value < low or (high is not None and value > high):
        return None
    return Statement(each.name, members, low, high)


def _table(release: Release, visible: frozenset[str], *, counted: bool) -> Table:
    placed = {
        _name(record, counted=counted): (record.row, record.column)
        for record in release.records
        if record.identifier not in visible
    }
    return table_over(
        release.name,
        placed,
        release.rows.codes,
        release.columns.codes,
        dimensions=(release.rows.dimension, release.columns.dimension),
        universe=f"{release.over} {release.moment}",
    )


def _own_table(release: Release) -> Table:
    return _table(release, frozenset(), counted=True)


def _name(record: Counted, *, counted: bool) -> str:
    """A record as an unknown: where its amount changed between two releases, it is another one."""
    return record.identifier if counted else f"{record.identifier}@{record.weight.normalize()}"


def _text(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else f"{float(value):.4f}".rstrip("0").rstrip(".")


__all__ = ["ALL", "Checked", "CircleCheck", "Outside", "Release", "check", "finding_as_json", "values_of"]
