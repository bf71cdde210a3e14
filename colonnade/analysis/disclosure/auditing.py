"""The audit: can anything sensitive be derived from everything that is known together?

First exactly (:mod:`.elimination`), then by bounds (:mod:`.bounds`). It looks at every group that is asked after, at
every atom (the finest groups that the published sets cut out), at every published sum itself, at the differences of
published sums that lie within one another, and at the sums that stand in the echelon form: a release and another one
that differ by a record are found out by their difference, whenever either was made.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from colonnade.analysis.disclosure.bounds import TOLERANCE, Bounds, Contradiction
from colonnade.analysis.disclosure.elimination import Echelon
from colonnade.analysis.disclosure.policy import Policy, Sensitivity, sensitivity
from colonnade.analysis.disclosure.statements import Form, Group, Statement, System, World, system_of


class Way(StrEnum):
    """How something is derived."""

    EXACTLY = "exactly"
    BOUNDS = "bounds"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something sensitive that can be derived.

    ``name`` says of what, ``value`` is the truth, ``low`` and ``high`` what can be known of it, ``combination`` how
    often each statement is taken where it is derived exactly.
    """

    name: str
    members: frozenset[str]
    way: Way
    reason: Sensitivity | None
    value: Fraction
    low: Fraction
    high: Fraction | None
    combination: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found, in how large a system: unknowns, statements, and sensitive groups that were asked after."""

    findings: tuple[Finding, ...]
    unknowns: int
    statements: int
    asked: int

    @property
    def passes(self) -> bool:
        return not self.findings


def audit(
    world: World, statements: Sequence[Statement], groups: Sequence[Group], policy: Policy, *, first_only: bool = False
) -> Audit:
    """Everything sensitive that the statements give away. With ``first_only``, it stops at the first finding."""
    system = system_of(world, statements, groups)
    targets = _targets(world, system, groups, policy)
    findings: list[Finding] = []
    for finding in _found(world, system, targets, policy):
        findings.append(finding)
        if first_only:
            break
    return Audit(tuple(findings), len(system.atoms), len(system.rows), len(targets))


@dataclass(frozen=True, slots=True)
class _Target:
    name: str
    form: Form
    reason: Sensitivity
    value: Fraction


def _targets(world: World, system: System, groups: Sequence[Group], policy: Policy) -> list[_Target]:
    """The sensitive groups, each once: those asked after, and the atoms."""
    named: dict[Form, str] = {}
    for group in groups:
        named.setdefault(system.form(group.members), group.name)
    for place, members in enumerate(system.atoms):
        # Nobody asks after an empty group that no table has a cell for.
        if members - world.phantoms:
            named.setdefault(frozenset({place}), _overlap(system, place))
    targets = []
    for form, name in named.items():
        members = system.members(form)
        reason = sensitivity(world.makeup(members), policy) if members else None
        if reason is not None:
            targets.append(_Target(name, form, reason, world.value(members)))
    return targets


def _found(world: World, system: System, targets: Sequence[_Target], policy: Policy) -> Iterator[Finding]:
    echelon = Echelon(system)
    known: set[Form] = set()
    for target in targets:
        derived = echelon.derive(target.form)
        if derived is not None:
            known.add(target.form)
            yield _exactly(target, system, derived.value, derived.combination)
    for name, form in _combinations(system, echelon):
        members = system.members(form)
        if form in known or not members - world.phantoms:
            continue
        known.add(form)
        reason = sensitivity(world.makeup(members), policy)
        derived = echelon.derive(form) if reason else None
        if reason is not None and derived is not None:
            target = _Target(name, form, reason, world.value(members))
            yield _exactly(target, system, derived.value, derived.combination)
    if any(row.form for row in system.rows):
        yield from _by_bounds(system, [target for target in targets if target.form not in known], policy)


def _by_bounds(system: System, targets: Sequence[_Target], policy: Policy) -> Iterator[Finding]:
    bounds = Bounds(system)
    for target in targets:
        try:
            interval = bounds.interval(target.form)
        except Contradiction:
            members = system.members(target.form)
            yield Finding(target.name, members, Way.CONTRADICTION, None, target.value, target.value, target.value)
            return
        needed = policy.width(target.value, counted=system.counted)
        if interval.width < float(needed) * (1 - TOLERANCE):
            low = Fraction(interval.low).limit_denominator(10_000)
            high = None if interval.high is None else Fraction(interval.high).limit_denominator(10_000)
            members = system.members(target.form)
            yield Finding(target.name, members, Way.BOUNDS, target.reason, target.value, low, high)


def _combinations(system: System, echelon: Echelon) -> Iterator[tuple[str, Form]]:
    """Sums that nobody need have published to be known."""
    exact = [row for row in system.rows if row.is_exact and row.form]
    for row in exact:
        yield row.name, row.form
    for wider in exact:
        for narrower in exact:
            if narrower.form < wider.form:
                yield f"{wider.name} less {narrower.name}", wider.form - narrower.form
    for form, derived in echelon.sums():
        yield " and ".join(derived.combination), form


def _exactly(target: _Target, system: System, value: Fraction, combination: Mapping[str, Fraction]) -> Finding:
    members = system.members(target.form)
    return Finding(target.name, members, Way.EXACTLY, target.reason, target.value, value, value, combination)


def _overlap(system: System, place: int) -> str:
    """An atom by the sets that it lies in, the narrowest first."""
    rows = sorted((row for row in system.rows if place in row.form), key=lambda row: len(row.form))
    return " and ".join(row.name for row in rows[:3])
