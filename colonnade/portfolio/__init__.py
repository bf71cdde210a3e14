"""Programmes and projects, and the inventories in which they were reported."""
