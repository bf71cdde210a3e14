"""Addresses of markers and of the checks of their scores."""

from typing import Final

from proof.asking import NEVER, PLAIN, Address, at, records
from proof.marker_checks import CHECKED
from proof.queries import WHO, Query

CHECK: Final = (*(f"mk{number:014}" for number in CHECKED), NEVER)
_SCORED: Final = (
    (("version", "1"), ("score_gender", "2"), ("why_gender", "Half of them are women")),
    (("version", "99"), ("score_gender", "1"), ("why_gender", "Some")),
    (("version", "1"), ("score_gender", "9"), ("why_gender", "")),
)
_DRAWN: Final = ((("first_on", "2019-01-01"), ("last_on", "2020-12-31"), ("of_each", "2"), ("undated", "on")), ())
_CHECKED: Final = ((("score", "1"), ("reason", "Few are women")), (("score", "0"), ("reason", "")), ())
_ANSWERED: Final = ((("answer", "accept"),), (("answer", "keep"), ("reason", "Half are")), ())
_MARKERS: Final[tuple[Query, ...]] = ((), (("marker", "gender"),), (("marker", "nothing"),), *WHO)
_LISTED: Final[tuple[Query, ...]] = (
    (), *((("standing", one),) for one in ("drawn", "answering", "done", "nothing")), (("page", "2"),),
)  # fmt: skip

#: Name -> how it is asked; a part of :data:`proof.addresses.ADDRESSES`.
OF_MARKERS: Final[dict[str, Address]] = {
    "markers": at(_MARKERS),
    "score-markers": at(PLAIN, _SCORED, public_id=records("p", 0, 1, 46, 50, 52, 54, 55, 58, 60, 62, 64)),
    "marker-allocations": at(
        ((), *((("marker", "gender"), ("score", one)) for one in ("", "0", "1", "2", "3", "none", "9")))
    ),
    "marker-checks": at(_LISTED),
    "draw-marker-sample": at(PLAIN, _DRAWN),
    "marker-check": at(public_id=CHECK),
    "check-marker": at(PLAIN, _CHECKED, public_id=CHECK),
    "answer-marker-check": at(PLAIN, _ANSWERED, public_id=CHECK),
}
