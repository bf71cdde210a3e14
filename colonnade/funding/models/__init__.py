"""Money from contributors to projects: contributors, seed rounds, appeals; pledges, and the ledger of the fund."""

from colonnade.funding.models.appeals import Appeal, AppealEntry
from colonnade.funding.models.contributors import Contribution, Contributor
from colonnade.funding.models.intentions import Intention, IntentionAmount, Shown
from colonnade.funding.models.ledger import AccountChoice, Allocation, Closing, Entry, Posting
from colonnade.funding.models.moments import AppealMoment, FrozenEntry, FrozenSum
from colonnade.funding.models.pledges import Agreement, AgreementTerms, Instalment, Pledge
from colonnade.funding.models.rates import MonthlyRate
from colonnade.funding.models.rounds import SeedAward, SeedRound
from colonnade.funding.models.windows import Earmark, Window

__all__ = [
    "AccountChoice",
    "Agreement",
    "AgreementTerms",
    "Allocation",
    "Appeal",
    "AppealEntry",
    "AppealMoment",
    "Closing",
    "Contribution",
    "Contributor",
    "Earmark",
    "Entry",
    "FrozenEntry",
    "FrozenSum",
    "Instalment",
    "Intention",
    "IntentionAmount",
    "MonthlyRate",
    "Pledge",
    "Posting",
    "SeedAward",
    "SeedRound",
    "Shown",
    "Window",
]
