"""Journeys across the house, and what no single app can test alone."""
