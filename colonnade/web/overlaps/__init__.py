"""Overlaps: pairs of projects of different entities that do nearly the same, each to be decided about once."""
