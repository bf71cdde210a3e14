"""Days in tables, and texts of another direction in a sentence."""

from datetime import date

from django.utils import translation

from colonnade.web.shared.bidirectional import isolated
from colonnade.web.shared.days import short_day


def test_no_column_breaks_a_day() -> None:
    for language in ("en", "ar"):
        with translation.override(language):
            said = short_day(date(2020, 9, 24))
        assert "\u00a0" in said
        assert " " not in said
        assert "24" in said


def test_a_text_of_another_direction_stands_between_its_signs_and_nothing_stays_nothing() -> None:
    assert isolated("A/74/677 para. 16") == "\u2068A/74/677 para. 16\u2069"
    assert isolated("") == ""
