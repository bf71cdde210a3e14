"""A table as statements: a cell for each code of its rows and columns, and its margins, each a set of records."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from colonnade.analysis.disclosure.statements import Group, Statement, World

#: Stands for every code of a dimension: the margin, or the one column of a table that has none.
ALL: Final = "*"
#: Places in other tables that an empty cell's phantom is tried in.
VARIANTS: Final = 400
#: A row's code and a column's.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a published table with the records behind each; ``phantoms`` are the members of empty ones.

    ``dimensions`` names what rows and columns are by, ``universe`` what the table is about: every record of one table
    of a universe stands in every other.
    """

    name: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[Key, frozenset[str]]
    phantoms: frozenset[str] = frozenset()
    titles: Mapping[Key, str] = field(default_factory=dict)
    dimensions: tuple[str, str] = ("", "")
    universe: str = ""

    @property
    def inner(self) -> list[Key]:
        """The cells that are no margins."""
        return [key for key in self.cells if self.is_inner(key)]

    def is_inner(self, key: Key) -> bool:
        """Whether the cell is no margin."""
        return (not self.rows or key[0] != ALL) and (not self.columns or key[1] != ALL)

    def title(self, key: Key) -> str:
        """The cell by name: the table, and its codes."""
        codes = ", ".join(code for code in key if code != ALL) or "total"
        return self.titles.get(key, f"{self.name}: {codes}")

    def statements(self, world: World, hidden: Iterable[Key] = ()) -> list[Statement]:
        """Every cell that is not hidden, with its value."""
        left_out = frozenset(hidden)
        found = []
        for key, members in self.cells.items():
            if key not in left_out:
                value = world.value(members)
                found.append(Statement(self.title(key), members, value, value))
        return found

    def groups(self, keys: Iterable[Key]) -> list[Group]:
        """The cells ``keys``, to be asked after."""
        return [Group(self.title(key), self.cells[key]) for key in keys]

    def beside(self, key: Key) -> Iterator[Key]:
        """The other cells of the same row or column."""
        for other in self.cells:
            if other != key and (other[0] == key[0] or other[1] == key[1]):
                yield other


def table_over(
    name: str,
    placed: Mapping[str, tuple[str, str]],
    rows: Sequence[str],
    columns: Sequence[str] = (),
    *,
    titles: Mapping[Key, str] | None = None,
    dimensions: tuple[str, str] = ("", ""),
    universe: str = "",
) -> Table:
    """The table of records that stand in a row (and a column) each; ``ALL`` where there is no such dimension.

    A cell in which nobody stands has a phantom, which stands in its margins as well.
    """
    gathered: dict[Key, set[str]] = defaultdict(set)
    phantoms: set[str] = set()
    for member, key in placed.items():
        for margin in _margins(key, rows, columns):
            gathered[margin].add(member)
    for row in rows or (ALL,):
        for column in columns or (ALL,):
            if not gathered[row, column] and (rows or columns):
                phantom = f"{name}|{row}|{column}"
                phantoms.add(phantom)
                for margin in _margins((row, column), rows, columns):
                    gathered[margin].add(phantom)
    order = [(row, column) for row in (*rows, ALL) for column in (*columns, ALL)]
    cells = {key: frozenset(gathered[key]) for key in order}
    return Table(name, tuple(rows), tuple(columns), cells, frozenset(phantoms), titles or {}, dimensions, universe)


def linked(tables: Sequence[Table]) -> list[Table]:
    """The tables, with the phantoms of each standing in the cells of the others that they might be in.

    Without that, a total that two tables print would give away the empty cells of one: they add nothing to the other.
    A phantom becomes one for each combination of cells of the other tables that agrees with its codes; past
    :data:`VARIANTS` combinations, further tables are not linked, which makes the audit stricter and never laxer.
    """
    added: list[dict[Key, set[str]]] = [defaultdict(set) for _ in tables]
    phantoms: list[set[str]] = [set() for _ in tables]
    for at, table in enumerate(tables):
        for key in table.inner:
            if not table.cells[key] or not table.cells[key] <= table.phantoms:
                continue
            for number, variant in enumerate(_variants(tables, at, key)):
                name = f"{table.name}|{key[0]}|{key[1]}|{number}"
                for place, cell in variant.items():
                    phantoms[place].add(name)
                    other = tables[place]
                    for margin in _margins(cell, other.rows, other.columns):
                        added[place][margin].add(name)
    return [
        replace(
            table,
            cells={key: (members - table.phantoms) | added[at][key] for key, members in table.cells.items()},
            phantoms=frozenset(phantoms[at]),
        )
        for at, table in enumerate(tables)
    ]


def _variants(tables: Sequence[Table], at: int, key: Key) -> list[dict[int, Key]]:
    """Where a record of the empty cell ``key`` of a table would stand in the others."""
    found = [{at: key}]
    for place, other in enumerate(tables):
        if place == at:
            continue
        widened = []
        for variant in found:
            codes = _codes(tables, variant)
            places = [cell for cell in other.inner if _agrees(other, cell, codes)]
            widened += [{**variant, place: cell} for cell in places]
            if other.universe != tables[at].universe or not places:
                widened.append(variant)
        if len(widened) > VARIANTS:
            continue
        found = widened
    return found


def _codes(tables: Sequence[Table], variant: Mapping[int, Key]) -> dict[str, str]:
    return {
        name: code
        for place, key in variant.items()
        for name, code in zip(tables[place].dimensions, key, strict=True)
        if name and code != ALL
    }


def _agrees(table: Table, key: Key, codes: Mapping[str, str]) -> bool:
    named = zip(table.dimensions, key, strict=True)
    return all(codes.get(name, code) == code for name, code in named if name and code != ALL)


def _margins(key: Key, rows: Sequence[str], columns: Sequence[str]) -> set[Key]:
    """The cells that a record of ``key`` counts in."""
    return {(row, column) for row in (key[0], ALL) for column in (key[1], ALL)} if rows or columns else {(ALL, ALL)}
