"""Colonnade: the shared registry, analysis room and report press of a strategy that many carry out together.

Imports point downward only, in the order that ``pyproject.toml`` lists under import-linter and section 3 of
``docs/architecture.md`` explains.
"""
