"""Mergings: two records of one project side by side, what is to stand, what else moves, and who agreed."""
