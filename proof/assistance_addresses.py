"""Addresses of requests: the list, filing, the page of each, and every step."""

from typing import Final

from proof.asking import PLAIN, Address, at, records
from proof.queries import Query

REQUEST: Final = records("f", *range(15))
SOME: Final = records("f", 0, 1, 2, 3, 5, 6, 7, 9, 12, 14)
_LISTED: Final[tuple[Query, ...]] = (
    (), *((("show", one),) for one in ("open", "answer", "overdue", "ended", "nothing")),
    *((("state", one),) for one in ("QMA", "QMB", "QMC")), (("standing", "passed"),), (("sort", "joining"),),
    (("q", "wells"),), (("page", "2"),),
)  # fmt: skip
_ASKED: Final = (("kind", "well"), ("channel", "chair"), ("title", "Wells"), ("what", "Wells"), ("why", "It is dry"))
_WHERE: Final[tuple[Query, ...]] = (
    (), (("state", "QMA"),), (("state", "QMB"),), (("state", "QZZ"),), (("need", f"n{5:015}"),),
)  # fmt: skip
_FILED: Final = (
    _ASKED, (*_ASKED[1:], ("kind", "women"), ("touches", "women")), (*_ASKED, ("need", f"n{7:015}")), (),
)  # fmt: skip
_JOINED: Final = ((("programme", "deep-wells"), ("document", "L/1")), (("programme", "nothing"),))
_PASSED: Final = (
    (("to_ALPHA", "on"), ("why_ALPHA", "It digs"), ("to_DELTA", "on"), ("seen_version", "1")),
    (("another", "1"), ("another_why", "So"), ("seen_version", "1")), (("seen_version", "9"),),
)  # fmt: skip
_ANSWERED: Final = (
    *((("entity", one), ("answer", "can_lead"), ("says", "Soon")) for one in ("BETA", "GAMMA", "ALPHA")),
    (("entity", "BETA"), ("answer", "cannot"), ("says", "")),
)  # fmt: skip
_LED: Final = ((("lead", "ALPHA"), ("seen_version", "1")), (("lead", "BETA"), ("seen_version", "9")))
_REASONED: Final = ((("reason", "So"), ("seen_version", "1")), (("reason", ""), ("seen_version", "9")))
_TOLD: Final = ((("on", "2019-09-01"), ("says", "By letter")), (("on", "no day"),))
_SAFE: Final = ((("is_women", "yes"), ("how_women", "So"), ("seen_version", "1")), (("is_women", "no"),))
_MADE: Final = (
    (("reference", "P-00"), ("title", "Wells"), ("status", "ongoing"), ("seen_version", "1")),
    (("reference", "NEW"), ("title", "Wells"), ("status", "ongoing"), ("seen_version", "1")), (),
)  # fmt: skip

#: Name -> how it is asked; a part of :data:`proof.addresses.ADDRESSES`.
OF_REQUESTS: Final[dict[str, Address]] = {
    "requests": at(_LISTED),
    "requests-csv": at(_LISTED),
    "requests-xlsx": at(_LISTED),
    "file-request": at(_WHERE, _FILED),
    "ask-to-join": at(_WHERE, _JOINED),
    "assistance-request": at(public_id=REQUEST),
    "pass-request": at(PLAIN, _PASSED, public_id=SOME),
    "answer-request": at(PLAIN, _ANSWERED, public_id=SOME),
    "name-request-lead": at(PLAIN, _LED, public_id=SOME),
    "request-readers": at(PLAIN, _REASONED, public_id=SOME),
    "tell-of-request": at(PLAIN, _TOLD, public_id=SOME, position=(1, 9)),
    "request-safeguards": at(PLAIN, _SAFE, public_id=SOME),
    "request-project": at(PLAIN, _MADE, public_id=SOME),
    "request-step": at(
        PLAIN,
        _REASONED,
        public_id=SOME,
        step=("close", "withdraw", "plan", "join", "lead-back", "object", "reopen", "uphold", "nothing"),
    ),
}
#: Names whose pages note in the log that something restricted was read.
NOTING_REQUESTS: Final = frozenset(OF_REQUESTS) - {"requests", "file-request", "ask-to-join"}
