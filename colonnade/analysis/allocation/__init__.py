"""Choosing what to fund under a budget: the problem, the plan with its proof, and a checker apart from both.

It advises and decides nothing: a board enters its own choice, and :mod:`.comparison` holds the two side by side. Pure:
plain values in, plain values out; nothing here reads the registry (docs/decisions/0019-choosing-under-a-budget.md).
"""
