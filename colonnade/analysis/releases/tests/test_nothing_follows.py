"""Nothing protected follows from all that one reader is shown, taken together: totals released one after another over a
registry that changes, figures published outside, and the records and figures that the reader opens.

The attacker here shares nothing with the check of releases. They set up one unknown for each hidden need that there
ever was, write every number that was shown as an equation over them, and ask a linear programme how far each State's
needs of each theme can be narrowed down, and each theme's, alone and by level.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import highspy
import numpy as np
import pytest

from colonnade.analysis.actions import (
    PublishedFigure,
    ReleaseRefused,
    approve_release,
    note_figure_published_outside,
    propose_release,
)
from colonnade.analysis.crosstab.model import Question, Selection, Subject
from colonnade.analysis.disclosure.policy import Policy
from colonnade.analysis.disclosure.tables import ALL
from colonnade.analysis.models import ReleasedTotal
from colonnade.analysis.releases.preparing import Wanted
from colonnade.analysis.releases.tests.conftest import STATES, Needs
from colonnade.analysis.releases.values import ReleasedValues
from colonnade.core.actor import Actor
from colonnade.core.viewer import AUDIENCES, PUBLIC, Viewer
from colonnade.members.models import Person
from colonnade.needs.models import Recommendation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("needs")]

POLICY = Policy()
ALL_OF_THEM = {"provenance": "illustrative", "inventory": None}
READERS = {"public": PUBLIC, "compact": AUDIENCES["compact"].viewer}
THEMES = ("wells", "pipes", "taps", "drains")


@dataclass
class Attacker:
    """A reader with a pencil: ``equations`` are sums over needs, each with the value that was shown."""

    viewer: Viewer
    equations: list[tuple[frozenset[str], int]] = field(default_factory=list)
    noted: set[str] = field(default_factory=set)

    def looks(self, told: Mapping[str, tuple[str, str, str]]) -> None:
        """Note every total that is new. ``told`` is need -> State, theme, level as they stand now that it is shown."""
        opened = set(Recommendation.objects.visible_to(self.viewer).values_list("reference", flat=True))
        self.equations += [(frozenset([one]), 1) for one in opened]
        for release in ReleasedTotal.objects.visible_to(self.viewer).in_force():
            if release.public_id in self.noted:
                continue
            self.noted.add(release.public_id)
            levels = ("public", "compact", "restricted")[: 3 if release.over == ReleasedTotal.Over.EVERY else 2]
            values = ReleasedValues.from_json(release.values)
            for (row, column), value in values.cells.items():
                if value is None:
                    continue
                members = frozenset(
                    one
                    for one, (state, theme, level) in told.items()
                    if level in levels and {row, column} <= {ALL, state, theme}
                )
                self.equations.append((members, int(value)))

    def ranges(self, groups: Iterable[frozenset[str]]) -> list[tuple[float, float]]:
        """The least and the greatest that each group can come to, where each need may be there or not."""
        patterns: dict[tuple[int, ...], list[str]] = defaultdict(list)
        sets = [*(members for members, _ in self.equations), *groups]
        known = {one for members, value in self.equations for one in members if len(members) == value == 1}
        standing: dict[str, list[int]] = defaultdict(list)
        for place, members in enumerate(sets):
            for one in members:
                standing[one].append(place)
        for one, places in standing.items():
            patterns[(-1, *places) if one in known else tuple(places)].append(one)
        atoms = list(patterns.values())
        solver = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy has no types
        solver.setOptionValue("output_flag", False)
        for _atom in atoms:
            solver.addVar(0.0, highspy.kHighsInf)
        for members, value in self.equations:
            inside = np.array([n for n, atom in enumerate(atoms) if atom[0] in members], dtype=np.int32)
            solver.addRow(float(value), float(value), len(inside), inside, np.ones(len(inside)))
        return [
            (self._end(solver, atoms, group, least=True), self._end(solver, atoms, group, least=False))
            for group in groups
        ]

    @staticmethod
    def _end(solver: highspy.Highs, atoms: list[list[str]], group: frozenset[str], *, least: bool) -> float:
        for place, atom in enumerate(atoms):
            solver.changeColCost(place, 1.0 if atom[0] in group else 0.0)
        solver.changeObjectiveSense(highspy.ObjSense.kMinimize if least else highspy.ObjSense.kMaximize)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            assert not least, "what is shown contradicts itself"
            return float("inf")
        return float(solver.getInfo().objective_function_value)


def as_told() -> dict[str, tuple[str, str, str]]:
    """Need -> its State, theme and level."""
    rows = Recommendation.objects.unscoped("the attack").values_list(
        "reference", "country__code", "theme__code", "level"
    )
    return {reference: (state, theme, level) for reference, state, theme, level in rows}


def some_wish(chance: random.Random) -> Wanted:
    """Something that an officer may want to release."""
    audience = chance.choice(list(READERS))
    over = chance.choice([ReleasedTotal.Over.COMPACT, ReleasedTotal.Over.EVERY])
    named: dict[str, Any] = {"audience": audience, "over": over}
    match chance.randrange(4):
        case 0:
            return Wanted(figure="needs_count", parameters=ALL_OF_THEM, **named)
        case 1:
            return Wanted(figure="needs_by_theme", parameters=ALL_OF_THEM, **named)
        case 2:
            return Wanted(question=Question(Selection(Subject.NEEDS), "needs", "country"), **named)
        case _:
            return Wanted(question=Question(Selection(Subject.NEEDS), "needs", "country", "theme"), **named)


@pytest.mark.parametrize("seed", range(3))
def test_nothing_protected_follows_from_all_that_is_shown(
    seed: int, needs: Needs, officer: Person, second_officer: Person
) -> None:
    chance = random.Random(seed)
    attackers = {name: Attacker(viewer) for name, viewer in READERS.items()}
    taps = sum(theme == "taps" for _, theme, _ in as_told().values())
    outside = PublishedFigure(
        "taps", "Needs on taps", "W/1", "needs_by_theme", {"theme": "taps"}, Decimal(taps), Decimal(taps), str(taps)
    )
    if seed % 2:
        note_figure_published_outside(person=officer, figure=outside, actor=Actor("o", officer.pk))
        members = frozenset(one for one, (_, theme, _) in as_told().items() if theme == "taps")
        for attacker in attackers.values():
            attacker.equations.append((members, taps))
    released = 0
    for _round in range(3):
        for theme in chance.sample(THEMES, 2):
            states = chance.sample(STATES, chance.randint(1, 6))
            needs.make(chance.randint(1, 9), theme, level=chance.choice(["compact", "restricted"]), states=states)
        for _wish in range(2):
            try:
                release = propose_release(
                    title="t", reason="r", wanted=some_wish(chance), policy=POLICY, person=officer,
                    actor=Actor("o", officer.pk),
                )  # fmt: skip
                seen = ReleasedValues.from_json(release.values).digest
                approve_release(release=release, person=second_officer, seen=seen, actor=Actor("s", second_officer.pk))
            except ReleaseRefused:
                continue
            released += 1
            for attacker in attackers.values():
                attacker.looks(as_told())
    assert released, "nothing was released: nothing was tried"
    told = as_told()
    for name, attacker in attackers.items():
        hidden = {one for one in told if {one} not in [set(m) for m, v in attacker.equations if len(m) == v == 1]}
        groups = sensitive_groups(told, hidden, outside=bool(seed % 2))
        assert groups, name
        for group, (low, high) in zip(groups, attacker.ranges(groups), strict=True):
            assert high - low >= POLICY.minimum_count, (name, sorted(group), low, high)


def test_the_attacker_finds_what_can_be_found() -> None:
    attacker = Attacker(PUBLIC, [(frozenset("abcd"), 9), (frozenset("ab"), 7), (frozenset("bc"), 2)])
    asked = [frozenset("cd"), frozenset("c"), frozenset("a"), frozenset("e")]
    assert attacker.ranges(asked) == [(2, 2), (0, 2), (5, 7), (0, float("inf"))]


def sensitive_groups(
    told: Mapping[str, tuple[str, str, str]], hidden: set[str], *, outside: bool
) -> list[frozenset[str]]:
    """Each State's hidden needs, by theme and together, and each theme's where few States are behind them.

    Where the needs on taps were published outside, nobody can protect their number any more.
    """
    gathered: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in hidden:
        state, theme, level = told[one]
        for key in ((state,), (state, theme), (state, theme, level), (theme,), (theme, level)):
            gathered[key].add(one)
    return [
        frozenset(members)
        for key, members in gathered.items()
        if (key[0] in STATES or len({told[one][0] for one in members}) < POLICY.minimum_contributors)
        and not (outside and "taps" in key)
    ]
