"""How a named address is asked: the values of its parts, what is asked of it, what is sent to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final

from django.urls import reverse

from proof import queries
from proof.queries import Query

#: Values of the parts of addresses. A record's letter and number is its public identifier in the base registry.
NEVER: Final = "z" * 16


def records(letter: str, *numbers: int) -> tuple[str, ...]:
    """Public identifiers of records of the base registry, and one that never was."""
    return (*(f"{letter}{number:015}" for number in numbers), NEVER)


Form = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Address:
    """How a named address is asked: the values of its ``parts``, queries, and forms that are sent to it.

    ``listed``: where not every value of a part goes with every one of another, the parts together.
    """

    parts: Mapping[str, Sequence[str | int]] = field(default_factory=dict)
    queries: Sequence[Query] = queries.ANY
    forms: Sequence[Form] = ((),)
    listed: Sequence[Mapping[str, str | int]] = ()

    def paths(self, name: str) -> list[str]:
        """The path for every combination of the parts."""
        combined = product(*self.parts.values())
        asked = self.listed or [dict(zip(self.parts, one, strict=True)) for one in combined]
        return list(dict.fromkeys(reverse(name, kwargs=dict(one)) for one in asked))


def at(queries: Sequence[Query] = queries.ANY, forms: Sequence[Form] = ((),), **parts: Sequence[str | int]) -> Address:
    """An address with ``parts``; a page that is only read takes neither queries nor forms of its own."""
    return Address(parts, queries, forms)


PLAIN: Final[tuple[Query, ...]] = ((), (("next", "/projects/"),), (("q", "x"),))
