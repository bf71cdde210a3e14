"""Assessments of States and what they recommend, as their assessors record them."""
