"""The cell suppression problem: which further cells must stay out, so that the sensitive ones cannot be derived.

To find the cheapest set is NP-hard; this is a heuristic that adds cells while the audit finds anything and takes back
those that turn out not to be needed. What it hands back has always passed the audit, or says that it did not: nothing
rests on the heuristic being clever.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from colonnade.analysis.disclosure.auditing import Audit, Finding, audit
from colonnade.analysis.disclosure.policy import Policy, Sensitivity, sensitivity
from colonnade.analysis.disclosure.statements import Group, Statement, World
from colonnade.analysis.disclosure.tables import Key, Table

#: Tables of more cells than this are not gone over again for cells that could be shown after all.
CLEANED = 600


@dataclass(frozen=True, slots=True)
class Suppressed:
    """Which cells of a table stay out: the sensitive ones with the rule that each breaks, and the further ones.

    ``audit`` is that of everything known together with what is left. ``standing`` are findings that were there before,
    which the table adds nothing to.
    """

    primary: dict[Key, Sensitivity]
    further: frozenset[Key]
    audit: Audit
    standing: tuple[Finding, ...] = ()

    @property
    def hidden(self) -> frozenset[Key]:
        return frozenset(self.primary) | self.further


def suppress(
    world: World,
    table: Table,
    policy: Policy,
    *,
    known: Sequence[Statement] = (),
    protected: Sequence[Group] = (),
    also: Collection[Key] = (),
) -> Suppressed:
    """Choose what of ``table`` stays out, given what is ``known`` already and the groups that others ``protected``.

    Cells that stay out ``also``, for another circle of readers, may hide others here, and are not taken back.
    ``world`` has the hidden records of all of them. The audit of the result fails where nothing of the table can be
    shown safely.
    """
    room = World(world.records, world.counted, world.phantoms | table.phantoms)
    primary = {}
    for key, members in table.cells.items():
        reason = sensitivity(room.makeup(members), policy)
        if reason is not None:
            primary[key] = reason
    groups = [*protected, *table.groups(primary)]
    standing = audit(room, known, groups, policy).findings
    search = _Search(room, table, policy, known, groups, frozenset(finding.members for finding in standing))
    kept_out = set(also) - set(primary)
    further: set[Key] = set(kept_out)
    while True:
        result = search.audit({*primary, *further})
        if result.passes:
            break
        candidate = search.candidate(result.findings[0], {*primary, *further})
        if candidate is None:
            break
        further.add(candidate)
    if result.passes and len(table.cells) <= CLEANED:
        for key in sorted(further - kept_out, key=search.cost, reverse=True):
            if search.audit({*primary, *(further - {key})}).passes:
                further.remove(key)
        result = search.audit({*primary, *further})
    return Suppressed(primary, frozenset(further), result, standing)


@dataclass(frozen=True, slots=True)
class _Search:
    world: World
    table: Table
    policy: Policy
    known: Sequence[Statement]
    groups: Sequence[Group]
    standing: frozenset[frozenset[str]]

    def audit(self, hidden: Collection[Key]) -> Audit:
        """The audit of what is known with what is left, but for what could be derived before."""
        statements = [*self.known, *self.table.statements(self.world, hidden)]
        result = audit(self.world, statements, self.groups, self.policy)
        new = tuple(finding for finding in result.findings if finding.members not in self.standing)
        return Audit(new, result.unknowns, result.statements, result.asked)

    def cost(self, key: Key) -> tuple[bool, int, object]:
        """What is lost with a cell: margins before all, then the largest value."""
        margins = sum(code == "*" for code in key) if not self.table.is_inner(key) else 0
        return (not self.table.is_inner(key), margins, self.world.value(self.table.cells[key]))

    def candidate(self, finding: Finding, hidden: Collection[Key]) -> Key | None:
        """The cheapest cell that is shown and may help: one that the derivation uses, else one beside it, else any."""
        shown = [key for key in self.table.cells if key not in hidden]
        used = [key for key in shown if self.table.title(key) in finding.combination]
        touched = [key for key in shown if self.table.cells[key] & finding.members]
        own = [key for key in self.table.cells if self.table.cells[key] == finding.members]
        beside = [key for key in shown if any(key in self.table.beside(cell) for cell in own)]
        for choice in (used, beside, touched, shown):
            # An empty cell that may be shown hides nothing behind it.
            worth = [key for key in choice if self.world.value(self.table.cells[key])] or choice
            if worth:
                return min(worth, key=self.cost)
        return None
