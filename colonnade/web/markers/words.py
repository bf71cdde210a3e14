"""Markers and scores in words. What a score means, the data pack says."""

from django.utils.translation import gettext as _

from colonnade.portfolio.marker_actions import Scales


def marker_title(marker: str) -> str:
    """``Human rights``."""
    return _(marker.replace("_", " ").capitalize())


def score_title(scales: Scales, marker: str, score: int) -> str:
    """``2: A significant objective``."""
    meaning = scales.get(marker, {}).get(score, "")
    return f"{score}: {_(meaning)}" if meaning else str(score)
