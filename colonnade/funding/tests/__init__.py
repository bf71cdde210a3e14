"""Tests of the fund: its arithmetic, its actions, and what the database itself refuses."""
