"""Money from contributors to projects: contributors, seed rounds, appeals; pledges, and the ledger of the fund."""

from colonnade.funding.models.appeals import Appeal, AppealEntry
from colonnade.funding.models.contributors import Contribution, Contributor
from colonnade.funding.models.rounds import SeedAward, SeedRound

__all__ = [
    "Appeal",
    "AppealEntry",
    "Contribution",
    "Contributor",
    "SeedAward",
    "SeedRound",
]
