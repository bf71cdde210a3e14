"""Addresses of mergings, and of records that were merged."""

from typing import Final

from proof.asking import NEVER, PLAIN, Address, at, records
from proof.mergings import MADE, WAITING

#: Records that were merged: their addresses lead to the kept ones.
MERGED: Final = tuple(f"pm{place:014}" for place in range(len(MADE)))
MERGING: Final = (*(f"vm{place:014}" for place in range(len(MADE) + len(WAITING))), NEVER)
_PAIRS: Final = (
    *((f"p{number:015}", f"p{other:015}") for number, other in WAITING),
    ("p" + "0" * 15, f"p{46:015}"), (f"p{46:015}", f"p{55:015}"), (f"p{51:015}", f"p{60:015}"),
    (f"p{1:015}", MERGED[0]), (MERGED[1], f"p{2:015}"), ("p" + "0" * 15, NEVER), (NEVER, NEVER),
)  # fmt: skip
_VERSIONS: Final = (("kept_version", "1"), ("merged_version", "1"), ("seen_version", "1"))
_PROPOSED: Final = (
    (*_VERSIONS, ("reason", "It is one"), ("choose-title", "merged"), ("choose-money", "kept")),
    (*_VERSIONS, ("reason", "")), (),
    (("kept_version", "99"), ("merged_version", "1"), ("seen_version", "0"), ("reason", "x")),
)  # fmt: skip
_DONE: Final = (
    (("step", "agree"), ("seen_version", "1")),
    (("step", "decline"), ("seen_version", "1"), ("reason", "No")),
    (("step", "withdraw"), ("seen_version", "1"), ("reason", "No")),
    (("step", "merge"), *_VERSIONS, ("choose-money", "kept")), (("step", "nothing"),),
)  # fmt: skip
_NAMED: Final = (
    (), *((("other", one),) for one in ("P-01", f"p{46:015}", f"p{55:015}", MERGED[0], MERGED[4], "PM-0", "nothing")),
)  # fmt: skip

#: Name -> how it is asked; a part of :data:`proof.addresses.ADDRESSES`.
OF_MERGINGS: Final[dict[str, Address]] = {
    "mergings": at(),
    "begin-merging": at(PLAIN, _NAMED, kept=(*records("p", 0, 46, 51, 55, 60), MERGED[0], MERGED[4])),
    "propose-merging": Address(
        queries=PLAIN, forms=_PROPOSED, listed=tuple({"kept": one, "merged": other} for one, other in _PAIRS)
    ),
    "merging": at(PLAIN, _DONE, public_id=MERGING),
}
NOTING_MERGINGS: Final = ("begin-merging", "propose-merging", "merging")
