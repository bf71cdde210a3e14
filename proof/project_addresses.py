"""Addresses at which what a project is linked to is stated."""

from typing import Final

from proof.asking import PLAIN, Address, at, records
from proof.queries import Query


def _rows(kind: str, *rows: Query) -> Query:
    sent = [(f"{kind}-TOTAL_FORMS", str(len(rows))), (f"{kind}-INITIAL_FORMS", "0")]
    return (*sent, *((f"{kind}-{number}-{name}", value) for number, row in enumerate(rows) for name, value in row))


_NONE: Final = (*_rows("region"), *_rows("partner"))
_STATED: Final = (
    (*_rows("country", (("place", "1"), ("share", "40"))), *_NONE, ("area", "1")),
    (*_rows("country", (("seen", "1:40"), ("place", "1"), ("share", "30"))), *_NONE),
    (*_rows("country", (("place", "999"),), (("share", "101"),)), *_NONE, ("theme", "x")),
    (*_rows("country", ()), *_NONE, ("propose", "1")),
    (*_rows("country", ()), *_NONE, ("take", "country=QMA")),
    (),
)

#: Name -> how it is asked; a part of :data:`proof.addresses.ADDRESSES`.
OF_PROJECTS: Final[dict[str, Address]] = {
    "link-project": at(PLAIN, _STATED, public_id=records("p", 0, 1, 46, 50, 52, 54, 55, 58, 60, 62, 64)),
}
