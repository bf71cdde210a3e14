"""Addresses of calls, proposals and the board's work on them."""

from typing import Final

from proof.asking import NEVER, PLAIN, Address, at, records

PROPOSAL: Final = records("j", *range(12))
CALL: Final = ("wells-preparing", "wells-open", "wells-decided", "wells-nothing")
SECTION: Final = ("description", "origin", "budget", "consultations", "markers", "nothing")
#: Proposals, their calls and what the board made of them (proof/proposals.py).
MEETING: Final = ("jm" + "0" * 14, NEVER)
DECIDED: Final = (*(f"jd{number:014}" for number in (1, 5, 7, 11)), NEVER)
DUE: Final = (*(f"ji{number:014}" for number in (1, 5, 7, 11)), NEVER)
ASKED: Final = (*(f"jq{number:014}" for number in (1, 5, 7, 11)), NEVER)
_WRITTEN: Final = (
    (("version", "1"), ("base", ""), ("title", "Other wells"), ("origin", "mandate"), ("rows", "0")),
    (("version", "9"), ("base", ""), ("title", "Other wells"), ("origin", "recommendation"), ("rows", "0")),
    (("version", "1"), ("base", ""), ("title", ""), ("rows", "1"), ("r0-category", "x"), ("as-typed", "1")),
    (("against", "1"), ("mine", "{}"), ("theirs", "{}"), ("base", "{}")),
    (("version", "1"), ("base", ""), ("title", "Other wells"), ("purpose", "Wells of Hereland"), ("propose", "1")),
    (("version", "1"), ("base", ""), ("title", "Other wells"), ("take", "pillar=I")),
)
_APPLIED: Final = ((("entity", "BETA"), ("title", "New wells")), (("entity", "ALPHA"), ("title", "")))
_SENT: Final = ((("version", "1"),), (("version", "9"),), ())
_WITHDRAWN: Final = ((("version", "1"), ("because", "It rained")), (("version", "1"), ("because", "")))
_TAKEN_IN: Final = ((("against", "1"), ("mine-origin", "{}"), ("theirs-origin", "{}")), ())
_SAID: Final = ((("text", "It rained"), ("spent_usd", "1")), (("text", ""),), ())
_PUBLISHED: Final = ((("delivered_1", "Two wells"), ("lessons", "Dig early")), (("lessons", ""),), ())
_PLANNED: Final = ((("title", "June"), ("held_on", "2020-06-01")), ())
_SCREENED: Final = (
    (("outcome", "complete"), ("comment", "Complete"), ("seen_version", "1")),
    (("outcome", "returned"), ("on_purpose", "Why?"), ("seen_version", "99")),
)
_MARKED: Final = ((("value_need", "3"), ("overall", "Sound")), (("value_need", "99"), ("finish", "1")), ())
_OFFERED: Final = (
    (("outcome", "approve"), ("amount_usd", "1"), ("reasons", "So"), ("seen_version", "1"), ("member", "1")),
    (("outcome", "reject"), ("reasons", ""), ("lessons", "None"), ("refunded_usd", "0"), ("seen_version", "99")),
)

#: Name -> how it is asked; a part of :data:`proof.addresses.ADDRESSES`.
OF_THE_BOARD: Final[dict[str, Address]] = {
    "calls": at(),
    "call": at(code=CALL),
    "apply": at(PLAIN, _APPLIED, code=CALL),
    "proposals": at(),
    "proposal": at(public_id=PROPOSAL),
    "proposal-docx": at(public_id=PROPOSAL),
    "import-proposal": at(PLAIN, _TAKEN_IN, public_id=PROPOSAL),
    "write-proposal": at(PLAIN, _WRITTEN, public_id=PROPOSAL, section=SECTION),
    "send-proposal": at(PLAIN, _SENT, public_id=PROPOSAL),
    "amend-proposal": at(PLAIN, public_id=PROPOSAL),
    "withdraw-proposal": at(PLAIN, _WITHDRAWN, public_id=PROPOSAL),
    "board": at(),
    "how-chosen": at(),
    "prepare-call": at(PLAIN, _PLANNED),
    "appoint": at(PLAIN, _PLANNED, code=CALL),
    "board-call": at(code=CALL),
    "open-call": at(PLAIN, ((),), code=CALL),
    "close-call": at(PLAIN, ((),), code=CALL),
    "plan-meeting": at(PLAIN, _PLANNED, code=CALL),
    "board-figures": at(code=CALL),
    "board-figure-records": at(
        (
            *PLAIN,
            (("measure", "sent"),),
            (("measure", "given"), ("by", "entity"), ("of", "BETA")),
            (("measure", "asked"), ("by", "pillar"), ("of", "")),
            (("step", "decision"),),
        ),
        code=CALL,
    ),
    "board-choosing": at(
        (
            *PLAIN,
            (("asked", "1"), ("least", "50"), ("most", "40"), ("floor-I", "20"), ("want-" + PROPOSAL[3], "must")),
            (("asked", "1"), ("ours", PROPOSAL[1]), ("ours", PROPOSAL[5]), ("want-" + PROPOSAL[5], "out")),
        ),
        code=CALL,
    ),
    "board-meeting": at(public_id=MEETING),
    "set-agenda": at(PLAIN, ((),), public_id=MEETING),
    "record-attendance": at(PLAIN, _SAID, public_id=MEETING),
    "meeting-papers": at(PLAIN, public_id=MEETING),
    "record-vote": at(PLAIN, _OFFERED, public_id=MEETING, proposal=PROPOSAL),
    "record-recommendation": at(PLAIN, _OFFERED, public_id=MEETING, proposal=PROPOSAL),
    "proposal-way": at(public_id=PROPOSAL),
    "screen-proposal": at(PLAIN, _SCREENED, public_id=PROPOSAL),
    "ask-question": at(PLAIN, _SAID, public_id=PROPOSAL),
    "draw-reviewers": at(PLAIN, ((),), public_id=PROPOSAL),
    "excuse-reviewer": at(PLAIN, _SAID, public_id=PROPOSAL, reviewer=(1, 5, 999)),
    "declare-conflict": at(PLAIN, _SAID, public_id=PROPOSAL),
    "score-proposal": at(PLAIN, _MARKED, public_id=PROPOSAL),
    "close-scoring": at(PLAIN, _SAID, public_id=PROPOSAL),
    "decide-proposal": at(PLAIN, _OFFERED, public_id=PROPOSAL),
    "publish-result": at(PLAIN, _PUBLISHED, public_id=PROPOSAL),
    "withdraw-result": at(PLAIN, ((),), public_id=PROPOSAL),
    "close-project": at(PLAIN, _OFFERED, public_id=PROPOSAL),
    "report-condition": at(PLAIN, _SAID, public_id=PROPOSAL, position=(1, 9)),
    "confirm-condition": at(PLAIN, ((),), public_id=PROPOSAL, position=(1, 9)),
    "answer-question": at(PLAIN, _SAID, public_id=ASKED),
    "letter-pdf": at(PLAIN, public_id=DECIDED),
    "letter-docx": at(PLAIN, public_id=DECIDED),
    "raise-objection": at(PLAIN, _SAID, public_id=DECIDED),
    "answer-objection": at(PLAIN, _SAID, public_id=DECIDED),
    "send-report": at(PLAIN, _SAID, public_id=DUE),
    "accept-report": at(PLAIN, ((),), public_id=DUE),
    "return-report": at(PLAIN, _SAID, public_id=DUE),
}
