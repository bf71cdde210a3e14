"""Addresses of suggestions and of overlaps."""

from typing import Final

from proof.asking import NEVER, PLAIN, Address, at, records
from proof.queries import Query

#: Both ends of what is suggested, dismissed and compared: of every level, and one that never was.
_NEED: Final = records("n", 0, 3, 5, 7, 8, 10, 12, 15)
_PROJECT: Final = records("p", 0, 1, 46, 50, 52, 54, 55, 58, 60, 64)
_DISMISSED: Final = (*(f"vd{number:014}" for number in (0, 3, 5, 7, 8, 10, 12, 15)), NEVER)
_PAIRS: Final = (
    ("p" + "0" * 15, f"p{51:015}"), (f"p{46:015}", f"p{51:015}"), (f"p{50:015}", f"p{51:015}"),
    (f"p{54:015}", f"p{55:015}"), (f"p{57:015}", f"p{58:015}"), (f"p{61:015}", f"p{62:015}"),
    (f"p{63:015}", f"p{64:015}"), (f"p{51:015}", f"p{60:015}"), ("p" + "0" * 15, NEVER), (NEVER, NEVER),
)  # fmt: skip
_LISTED: Final[tuple[Query, ...]] = (
    (), *((("standing", one),) for one in ("coordinate", "same", "fine", "nothing")),
    *((("kind", one),) for one in ("duplicate", "overlap", "complementary", "related", "x")),
    *((("country", one),) for one in ("QMA", "QMB", "QMC", "QZZ")),
    *((("entity", one),) for one in ("ALPHA", "BETA", "GAMMA", "DELTA", "NOBODY")),
    *((("project", one),) for one in _PROJECT), (("page", "2"),), (("standing", "fine"), ("page", "2")),
)  # fmt: skip
_DECIDED: Final = (
    (("verdict", "fine"), ("reason", "It is")),
    (("verdict", "same"), ("reason", "It is"), ("kept", f"p{51:015}")),
    (("verdict", "coordinate"), ("reason", "So"), ("coordinator", "DELTA"), ("due_on", "2020-06-01")),
    (("verdict", "fine"), ("reason", "")), (),
)  # fmt: skip
_DISMISS: Final = ((("reason", "It is elsewhere"), ("back", "project")), (("back", "own"),), ())
_PAGED: Final[tuple[Query, ...]] = ((), (("page", "2"),), (("page", "99"),))

#: Name -> how it is asked; a part of :data:`proof.addresses.ADDRESSES`.
OF_SUGGESTIONS: Final[dict[str, Address]] = {
    "suggestions": at(_PAGED),
    "suggestions-quality": at(),
    "need-suggestions": at(public_id=_NEED),
    "project-suggestions": at(public_id=_PROJECT),
    "claim-suggestion": at(PLAIN, ((("back", "need"),),), need=_NEED[::2], project=_PROJECT[::2]),
    "dismiss-suggestion": at(PLAIN, _DISMISS, need=_NEED[::2], project=_PROJECT[::2]),
    "take-back-dismissal": at(PLAIN, ((("back", "project"),), ()), public_id=_DISMISSED),
    "overlaps": at(_LISTED),
    "overlap": Address(
        queries=PLAIN, forms=_DECIDED, listed=tuple({"one": one, "other": other} for one, other in _PAIRS)
    ),
}
