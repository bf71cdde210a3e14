"""An attacker who tries everything: each way in which whole numbers could fill a small system."""

from collections.abc import Iterator, Mapping

from colonnade.analysis.disclosure.statements import Form, System


def worlds(system: System) -> Iterator[Mapping[int, int]]:
    """Every assignment of whole numbers to the atoms that makes all statements true. Exponential: small systems only.

    Each atom must stand in a statement with an upper end.
    """
    size = len(system.atoms)
    tops = [
        min(int(row.high) for row in system.rows if place in row.form and row.high is not None) for place in range(size)
    ]

    def fill(place: int, chosen: dict[int, int]) -> Iterator[Mapping[int, int]]:
        if place == size:
            if all(row.low <= sum(chosen[each] for each in row.form) <= (row.high or row.low) for row in system.rows):
                yield dict(chosen)
            return
        for number in range(tops[place] + 1):
            chosen[place] = number
            if _can_be(system, chosen, place):
                yield from fill(place + 1, chosen)
        chosen.pop(place, None)

    return fill(0, {})


def _can_be(system: System, chosen: Mapping[int, int], last: int) -> bool:
    """Whether no statement is broken yet: none above its end, and none that is full below its beginning."""
    for row in system.rows:
        met = sum(chosen[each] for each in row.form if each <= last)
        if row.high is not None and met > row.high:
            return False
        if all(each <= last for each in row.form) and met < row.low:
            return False
    return True


def range_of(system: System, form: Form) -> tuple[int, int]:
    """The least and the greatest that a sum can be, over every world."""
    values = [sum(world[each] for each in form) for world in worlds(system)]
    return min(values), max(values)
