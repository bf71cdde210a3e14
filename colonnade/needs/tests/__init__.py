"""Tests of the needs app."""
