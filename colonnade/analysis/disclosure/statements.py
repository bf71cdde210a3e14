"""What is known from outside: statements about sums over records, and the small system of equations that they are.

A statement bounds the sum of the weights of a set of records (1 each for a count). Records that stand in exactly the
same sets can never be told apart by them: they form an *atom*, and the atoms' sums are the unknowns. A thousand
records behind three releases are a few dozen unknowns, whenever they were released and however they overlap.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from colonnade.analysis.disclosure.policy import Makeup

#: A set of atoms by their places, each counted once.
Form = frozenset[int]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A hidden record: what it adds to a sum, and whose it is (the State, or another unit that is protected)."""

    weight: Fraction
    contributor: str


@dataclass(frozen=True, slots=True)
class Statement:
    """The sum over ``members`` lies from ``low`` to ``high`` (``None``: no bound). An exact figure has both alike."""

    name: str
    members: frozenset[str]
    low: Fraction
    high: Fraction | None

    @property
    def is_exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Group:
    """Records whose sum is asked after: a suppressed cell, for instance."""

    name: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class World:
    """The hidden records by identifier, whether the sums are counts, and which identifiers stand for nobody.

    A ``phantom`` takes the place of the records that an empty cell does not have: the reader of a table does not know
    that there are none.
    """

    records: Mapping[str, Weighed]
    counted: bool = True
    phantoms: frozenset[str] = frozenset()

    def makeup(self, members: Iterable[str]) -> Makeup:
        """What is behind a set of records."""
        parts: dict[str, Fraction] = defaultdict(Fraction)
        number = 0
        for member in members:
            record = self.records.get(member)
            if record is not None:
                number += 1
                parts[record.contributor] += record.weight
        return Makeup(number, dict(parts))

    def value(self, members: Iterable[str]) -> Fraction:
        """The sum over a set of records."""
        return sum((self.records[each].weight for each in members if each in self.records), Fraction(0))


@dataclass(frozen=True, slots=True)
class Row:
    """A statement over the atoms of ``form``."""

    name: str
    form: Form
    low: Fraction
    high: Fraction | None

    @property
    def is_exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class System:
    """The published system: rows over the unknown sums of ``atoms``, each of which is a set of records."""

    atoms: tuple[frozenset[str], ...]
    rows: tuple[Row, ...]
    counted: bool = True
    places: Mapping[str, int] = field(default_factory=dict)

    def form(self, members: Iterable[str]) -> Form:
        """The atoms that make up a set of records which the system was built for."""
        return frozenset(self.places[member] for member in members if member in self.places)

    def members(self, form: Form) -> frozenset[str]:
        """The records of a form."""
        return frozenset().union(*(self.atoms[place] for place in form))


def system_of(world: World, statements: Sequence[Statement], groups: Sequence[Group] = ()) -> System:
    """The statements as equations over atoms, so fine that every group is a sum of atoms, too.

    Members that are neither records nor phantoms of ``world`` are passed over: the reader sees them, and what they add
    is to be taken off the statement's bounds by whoever makes it. A record that no statement speaks of is no unknown,
    as nothing is known of it, unless a group has it.
    """
    patterns: dict[str, list[int]] = defaultdict(list)
    sets: list[Statement | Group] = [*statements, *groups]
    for place, each in enumerate(sets):
        for member in each.members:
            if member in world.records or member in world.phantoms:
                patterns[member].append(place)
    gathered: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for member in sorted(patterns):
        gathered[tuple(patterns[member])].append(member)
    atoms = tuple(frozenset(members) for members in gathered.values())
    places = {member: place for place, members in enumerate(atoms) for member in members}
    rows = []
    for statement in statements:
        form = frozenset(places[member] for member in statement.members if member in places)
        rows.append(Row(statement.name, form, statement.low, statement.high))
    return System(atoms, tuple(rows), world.counted, places)
