"""How needs are covered over time and for money: ages, answers that end, what a sum would close.

Coverage itself is counted by cross-tables alone (:mod:`colonnade.analysis.crosstab.coverage`).
"""
