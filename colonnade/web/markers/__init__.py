"""Markers: how far projects aim at what cuts across the pillars, and checks of the scores by a second person."""
