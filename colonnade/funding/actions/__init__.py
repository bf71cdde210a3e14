"""Every write to the fund: promises, rates, what comes in and goes back, allocations, appeals, what donors say."""

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
from colonnade.funding.actions.appeals import (
    Ask,
    add_entry,
    change_entry,
    close_appeal,
    keep_moment,
    launch_appeal,
    open_appeal,
    remove_entry,
)
from colonnade.funding.actions.booking import ConfirmFirst, FundRefused, RateUnknown, Voucher
from colonnade.funding.actions.books import (
    close_books,
    correct_entry,
    reassign,
    record_in_kind,
    record_receipt,
    refund_contributor,
)
from colonnade.funding.actions.donors import Years, end_plan, pledge_to_appeal, show_to_others, state_plan
from colonnade.funding.actions.promises import (
    Due,
    acknowledge_pledge,
    open_earmark,
    record_pledge,
    sign_agreement,
    withdraw_pledge,
)
from colonnade.funding.actions.rates import enter_rate

__all__ = [
    "Ask",
    "ConfirmFirst",
    "Due",
    "FundRefused",
    "RateUnknown",
    "Voucher",
    "Years",
    "acknowledge_pledge",
    "add_entry",
    "approve_allocation",
    "change_entry",
    "close_appeal",
    "close_books",
    "correct_entry",
    "end_plan",
    "enter_rate",
    "keep_moment",
    "launch_appeal",
    "open_appeal",
    "open_earmark",
    "pledge_to_appeal",
    "propose_allocation",
    "reassign",
    "record_in_kind",
    "record_pledge",
    "record_receipt",
    "record_return",
    "refund_contributor",
    "refuse_allocation",
    "release_rest",
    "remove_entry",
    "report_expenditure",
    "send_advance",
    "show_to_others",
    "sign_agreement",
    "state_plan",
    "take_back_allocation",
    "withdraw_pledge",
]
