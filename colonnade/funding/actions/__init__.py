"""Every write to the fund: promises, what comes in and goes back, allocations and what becomes of them."""

from colonnade.funding.actions.allocations import (
    approve_allocation,
    propose_allocation,
    record_return,
    refuse_allocation,
    release_rest,
    report_expenditure,
    send_advance,
    take_back_allocation,
)
from colonnade.funding.actions.booking import FundRefused, Voucher
from colonnade.funding.actions.books import (
    close_books,
    correct_entry,
    reassign,
    record_in_kind,
    record_receipt,
    refund_contributor,
)
from colonnade.funding.actions.promises import Due, open_earmark, record_pledge, sign_agreement, withdraw_pledge

__all__ = [
    "Due",
    "FundRefused",
    "Voucher",
    "approve_allocation",
    "close_books",
    "correct_entry",
    "open_earmark",
    "propose_allocation",
    "reassign",
    "record_in_kind",
    "record_pledge",
    "record_receipt",
    "record_return",
    "refund_contributor",
    "refuse_allocation",
    "release_rest",
    "report_expenditure",
    "send_advance",
    "sign_agreement",
    "take_back_allocation",
    "withdraw_pledge",
]
