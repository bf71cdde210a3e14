"""Dates that are known as far as a year, a month or a day: ``2019``, ``2019-11``, ``2019-11-20``."""

from datetime import date

from django.utils.formats import date_format


def in_words(text: str) -> str:
    """The date in words; what is none of these stays as it is."""
    parts = text.split("-")
    try:
        if len(parts) == 2:
            return date_format(date(int(parts[0]), int(parts[1]), 1), "F Y")
        if len(parts) == 3:
            return date_format(date.fromisoformat(text), "j F Y")
    except ValueError:
        return text
    return text
