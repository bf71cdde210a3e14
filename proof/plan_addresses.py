"""Addresses of plans of action: the list, beginning one, the page of each, drafts, consents, versions, progress."""

from collections.abc import Mapping
from typing import Final

from proof.asking import NEVER, PLAIN, Address, at, records
from proof.queries import Query

PLAN: Final = records("y", *range(8))
SOME: Final = records("y", 0, 1, 2, 4, 6, 7)
_COSTS: Final = tuple(f"yc{number:014}" for number in range(8))
_LISTED: Final[tuple[Query, ...]] = (
    (), *((("standing", one),) for one in ("drafting", "proposed", "agreed", "nothing")),
    *((("state", one),) for one in ("QMA", "QMB", "QMC")), (("q", "wells"),), (("page", "2"),),
)  # fmt: skip
_SHOWN: Final[tuple[Query, ...]] = ((), (("show", "under_way"),), (("show", "overdue"),), (("show", "nothing"),))
_WHERE: Final[tuple[Query, ...]] = (
    (), (("place", "state:QMA"),), (("place", "state:QMB"),), (("place", "region:N"),), (("place", "state:QZZ"),),
    (("request", f"f{10:015}"),), (("request", f"f{4:015}"),),
)  # fmt: skip
_FRAME: Final = (("title", "Wells"), ("starts_on", "2020-01-01"), ("ends_on", "2021-01-01"))
_BEGUN: Final = ((*_FRAME, ("needs", f"n{0:015}")), (*_FRAME, ("needs", f"n{5:015}"), ("states", "QMA")), ())
_SEEN: Final = ("seen_version", "1")
_FRAMED: Final = ((*_FRAME, _SEEN), (*_FRAME, ("seen_version", "9")))
_NEEDED: Final = (
    ((f"in_n{0:015}", "on"), (f"rank_n{0:015}", "1"), (f"why_n{0:015}", "So"), _SEEN), (_SEEN,),
    ((f"in_n{5:015}", "on"), ("seen_version", "9")),
)  # fmt: skip
_PARTS: Final = (
    (("text", "Wells"), _SEEN),
    (("text", "Wells"), ("likelihood", "low"), ("impact", "low"), ("response", "Dig"), ("owner", "Us"), _SEEN),
    (("text", "Wells"), ("unit", "wells"), ("target", "10"), ("due_on", "2021-01-01"), _SEEN),
    (("text", ""), ("seen_version", "9")),
)
_KINDS: Final = ("outcome", "output", "activity", "indicator", "risk")
_LETTERS: Final = {"outcome": "yo", "output": "yp", "activity": "ya", "indicator": "yi", "risk": "yr"}
_LEADS: Final = (
    (("keys", "ya" + "0" * 14), ("answer", "accepted"), ("says", "Soon")), (("answer", "declined"), ("says", "")),
)  # fmt: skip
_CONSENTED: Final = (
    (("state", "QMA"), ("given_by", "Ministry"), ("given_on", "2020-01-01"), ("document", "N/1"), _SEEN),
    (("state", "QMB"), ("given_by", "Ministry"), ("given_on", "2020-01-01"), ("document", "N/1"), _SEEN), (),
)  # fmt: skip
_REASONED: Final = ((("reason", "So"), _SEEN), (("reason", ""), ("seen_version", "9")), (("changes", "New"), _SEEN))
_REPORTED: Final = (
    (("status", "done"), ("funded", "10"), ("remark", "So")), (("status", "stopped"), ("funded", "1"), ("remark", "")),
)  # fmt: skip
_MEASURED: Final = ((("value", "4"), ("on", "2020-01-01"), ("remark", "So")), (("value", "x"), ("on", "no day")))
_NUMBERS: Final = (0, 1, 2, 4, 6, 7)
_WHICH: Final = tuple(
    {"public_id": f"y{number:015}", "consent": consent}
    for number, consent in (
        (1, f"yv{1:012}10"), (1, f"ycos{1:011}0"), (2, f"ycom{2:011}0"), (3, f"yv{3:012}10"), (4, f"ycos{4:011}0"),
        (6, f"yv{6:012}10"), (6, f"yv{6:012}11"), (7, f"ycom{7:011}1"), (0, NEVER),
    )
)  # fmt: skip


def _parts(*kinds: str) -> tuple[Mapping[str, str | int], ...]:
    """A part of each of some plans, and one that never was."""
    found = [
        {"public_id": f"y{number:015}", "kind": kind, "key": f"{_LETTERS[kind]}{number:014}"}
        for number in _NUMBERS
        for kind in kinds
    ]
    return (*found, {"public_id": f"y{0:015}", "kind": "nothing", "key": NEVER})


def _keys(letters: str) -> tuple[Mapping[str, str | int], ...]:
    found = [{"public_id": f"y{number:015}", "key": f"{letters}{number:014}"} for number in _NUMBERS]
    return (*found, {"public_id": f"y{1:015}", "key": NEVER})


#: Name -> how it is asked; a part of :data:`proof.addresses.ADDRESSES`.
OF_PLANS: Final[dict[str, Address]] = {
    "plans": at(_LISTED),
    "begin-plan": at(_WHERE, _BEGUN),
    "plan-costs": at(public_id=(*_COSTS, NEVER)),
    "plan-costs-file": at(public_id=(*_COSTS, NEVER), kind=("csv", "xlsx", "txt")),
    "plan-file": at(public_id=PLAN, what=("brief", "plan", "nothing"), kind=("docx", "pdf", "txt")),
    "action-plan": at(_SHOWN, public_id=PLAN),
    "plan-draft": at(public_id=PLAN),
    "plan-frame": at(PLAIN, _FRAMED, public_id=SOME),
    "plan-needs": at(PLAIN, _NEEDED, public_id=SOME),
    "plan-add": at(((), (("project", f"p{52:015}"),)), _PARTS, public_id=SOME, kind=(*_KINDS, "nothing")),
    "plan-part": Address(queries=PLAIN, forms=_PARTS, listed=_parts(*_KINDS)),
    "plan-drop": Address(queries=PLAIN, forms=((_SEEN,),), listed=_parts("activity", "risk", "outcome")),
    "plan-lead": at(PLAIN, _LEADS, public_id=SOME),
    "plan-consent": at(PLAIN, _CONSENTED, public_id=PLAN, covers=("version", "compact", "costs", "nothing")),
    "confirm-plan-consent": Address(queries=PLAIN, listed=_WHICH),
    "withdraw-plan-consent": Address(queries=PLAIN, forms=((("reason", "So"),), ()), listed=_WHICH),
    "plan-step": at(PLAIN, _REASONED, public_id=PLAN, step=("propose", "return", "redraft", "end", "nothing")),
    "plan-versions": at(public_id=PLAN),
    "plan-version": at(public_id=PLAN, number=(1, 2, 9)),
    "plan-changes": at(public_id=SOME, number=(1, 2)),
    "plan-progress": at(public_id=PLAN),
    "report-plan-activity": Address(queries=PLAIN, forms=_REPORTED, listed=_keys("ya")),
    "report-plan-indicator": Address(queries=PLAIN, forms=_MEASURED, listed=_keys("yi")),
}
#: Names whose pages note in the log that something restricted was read.
NOTING_PLANS: Final = frozenset(OF_PLANS) - {"plans", "begin-plan", "plan-costs", "plan-costs-file"}
