"""Addresses of assessments and of recording what they recommend."""

from typing import Final

from proof.asking import PLAIN, Address, at, records
from proof.queries import Query

VISIT: Final = records("t", *range(8))
_VISITED: Final = (
    (
        ("country", "QMA"), ("assessor", "DELTA"), ("kind", "visit"), ("starts_on", "2020-01-01"),
        ("ends_on", "2020-01-09"), ("level", "restricted"),
    ),
    (("country", "QMB"), ("kind", "stroll"), ("starts_on", "2020-02-01"), ("ends_on", "2020-01-09")),
)  # fmt: skip
_ADVISED: Final = tuple(
    (
        ("title", "Deeper wells"), ("text", "Dig."), ("priority", "high"), ("issued_on", "2020-02-01"),
        ("level", level), ("follows", follows),
    )
    for level in ("compact", "restricted")
    for follows in ("", *records("n", 0, 1, 3))
)  # fmt: skip
#: What is proposed and taken over is learned from what the reader sees, in either world.
_PROPOSED: Final = tuple(
    (("title", title), ("text", text), ("level", "compact"), *asked)
    for title, text in (("Deeper wells", "Dig."), ("Wells of the north", "Train staff under resolution 1373 (2001)."))
    for asked in ((("propose", "1"),), (("take", "pillar=I"),), (("take", "theme=x"),))
)
_REVISED: Final = tuple(
    (("title", "Deeper wells"), ("text", "Dig."), ("priority", "low"), ("standing", "open"), ("seen_version", seen))
    for seen in ("1", "99")
)
_REMARKS: Final = (
    (("kind", "progress"), ("text", "The wells are dug.")),
    (("kind", "answer"), ("text", "Which ones?")),
    (("kind", "finding"), ("text", ""), ("visit", "t" + "0" * 15)),
)
#: What was never read from a workbook is not there; a file cannot be sent by these forms, and its pages are tried with
#: what both worlds hold by their tests.
_HELD: Final = ((("held", "x"), ("looked-at", "y")), ())
_STATES: Final[tuple[Query, ...]] = (*PLAIN, *((("state", code),) for code in ("QMA", "QMB", "QMC", "QZZ")))
_HERE: Final[tuple[Query, ...]] = (*PLAIN, (("country", "QMA"),))

#: Name -> how it is asked; a part of :data:`proof.addresses.ADDRESSES`. The pages of one need have its identifiers.
OF_ASSESSMENTS: Final[dict[str, Address]] = {
    "needs-import": at(PLAIN, _HELD),
    "needs-workbook": at(_STATES),
    "record-assessment": at(_HERE, _VISITED),
    "assessment": at(public_id=VISIT),
    "recommend": at(PLAIN, (*_ADVISED, *_PROPOSED), public_id=VISIT),
    "remark-on-need": at(PLAIN, _REMARKS, public_id=records("n", 0, 3, 5, 7, 12, 15)),
    "revise-need": at(PLAIN, (*_REVISED, *_PROPOSED), public_id=records("n", 0, 3, 5, 7, 12, 15)),
}
