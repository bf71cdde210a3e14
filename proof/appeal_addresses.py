"""Addresses of appeals: what is asked for, its moments, and what donors say."""

from typing import Final

from proof.asking import NEVER, PLAIN, Address, at, records
from proof.queries import Query

APPEAL: Final = ("appeal", "nothing")
ASKED: Final = records("a", *range(1, 16, 2), 2)
SAID: Final = (*(f"y1{number:014}" for number in range(0, 24, 3)), "y1" + "0" * 13 + "1", NEVER)
_NARROWED: Final[tuple[Query, ...]] = (
    (), (("audience", "public"),), (("pillar", "I"),), (("entity", "BETA"),), (("region", "S"),),
    (("priority", "high"),),
    (("theme", "theme-1"),), (("need", f"n{5:015}"),), (("need", "-"),), (("pillar", "IX"),), (("page", "2"),),
)  # fmt: skip
_MOMENTS: Final[tuple[Query, ...]] = ((), (("moment", "1"),), (("moment", "9"),), (("audience", "public"),))
_OPENED: Final = ((("title", "Rain"), ("key", "rain"), ("first_year", "2021"), ("last_year", "2022")), ())
_ENTRY: Final = (
    (("project", "P-00"), ("requirement_usd", "10"), ("level", "public")),
    (("project", f"p{55:015}"), ("requirement_usd", "10"), ("level", "public")),
    (("title", "A pump"), ("entity", "BETA"), ("requirement_usd", "10"), ("level", "compact"), ("version", "1")), (),
)  # fmt: skip
_BECAUSE: Final = ((("because", "It rained"),), ())
_TITLED: Final = ((("title", "March"),), ())
_YEARS: Final = (("first_year", "2019"), ("last_year", "2020"), ("currency", "USD"))
_PLEDGED: Final = (
    (("contributor", "giver-0"), ("amount", "10"), ("purse", "wells|"), ("shown", "presence"), *_YEARS),
    (("contributor", "giver-1"), ("amount", "10"), ("purse", "rain|"), ("shown", "amount"), *_YEARS), (),
)  # fmt: skip
_PLANNED: Final = (
    (("contributor", "giver-0"), ("country", "QMB"), ("shown", "presence"), *_YEARS),
    (("contributor", "giver-0"), ("entry", f"a{13:015}"), ("amount", "9"), ("shown", "amount"), *_YEARS), (),
)  # fmt: skip
_SHOWN: Final = ((("shown", "amount"),), (("shown", "everything"),))

#: Name -> how it is asked; a part of :data:`proof.addresses.ADDRESSES`.
OF_APPEALS: Final[dict[str, Address]] = {
    "appeals": at(),
    "open-appeal": at(PLAIN, _OPENED),
    "appeal": at(_NARROWED, key=APPEAL),
    "appeal-file": at(key=APPEAL, kind=("docx", "pdf", "xlsx", "x")),
    "appeal-since": at(_MOMENTS, key=APPEAL),
    "add-appeal-entry": at(PLAIN, _ENTRY, key=APPEAL),
    "launch-appeal": at(PLAIN, ((),), key=APPEAL),
    "keep-moment": at(PLAIN, _TITLED, key=APPEAL),
    "close-appeal": at(PLAIN, ((),), key=APPEAL),
    "appeal-donors": at(key=APPEAL),
    "state-plan": at(((), (("project", f"a{13:015}"),)), _PLANNED, key=APPEAL),
    "show-to-others": at(PLAIN, _SHOWN, key=APPEAL[:1], public_id=SAID),
    "end-plan": at(PLAIN, ((),), key=APPEAL[:1], public_id=SAID),
    "appeal-entry": at(key=APPEAL[:1], public_id=ASKED),
    "appeal-entry-file": at(key=APPEAL[:1], public_id=ASKED, kind=("docx", "pdf", "x")),
    "change-appeal-entry": at(PLAIN, _ENTRY, key=APPEAL[:1], public_id=ASKED),
    "remove-appeal-entry": at(PLAIN, _BECAUSE, key=APPEAL[:1], public_id=ASKED),
    "pledge-to-appeal": at(PLAIN, _PLEDGED, key=APPEAL[:1], public_id=ASKED),
}
