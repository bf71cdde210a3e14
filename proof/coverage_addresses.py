"""Addresses of the coverage of needs."""

from typing import Final

from proof.asking import Address, at
from proof.queries import CODES, DAYS, PAGED, WHERE, WHO, one_of, pairs

_NARROWED: Final = [
    query
    for name in ("country", "pillar", "theme", "priority", "standing", "coverage", "entity")
    for query in one_of(name, CODES[name])
]
_DAYS: Final = one_of("day", DAYS)
_BY: Final = one_of("by", ("country", "region", "theme", "pillar", "mandate", "entity", "priority", "nothing"))
_WAYS: Final = [*one_of("way", ("coverage_here", "nothing")), *one_of("order", ("unmet", "share", "size"))]
_SHOWN: Final = [*one_of("show", ("share", "unmet", "covered", "needs", "nothing")), (("order", "size"),)]
_SUMS: Final = one_of("sum", ("1000000", "10", "99999999", "0", "no sum"))
_OPENED: Final = one_of("show", ("closable", "left", "funded", "nothing"))

#: Name -> how it is asked; a part of :data:`proof.addresses.ADDRESSES`.
OF_COVERAGE: Final[dict[str, Address]] = {
    "coverage": at(tuple(pairs(_NARROWED, WHO, WHERE, _DAYS))),
    "coverage-by": at(tuple(pairs(_BY, _WAYS, _NARROWED, WHO, PAGED[:2]))),
    "coverage-map": at(tuple(pairs(_SHOWN, _NARROWED, WHO, PAGED[:2]))),
    "coverage-time": at(tuple(pairs(_DAYS, _NARROWED, WHO, WHERE))),
    "thematic-summary": at(tuple(pairs(_DAYS, _NARROWED, WHO)), kind=("docx", "pdf", "txt")),
    "coverage-next": at(tuple(pairs(_SUMS, _OPENED, _NARROWED, WHO, WHERE))),
}
