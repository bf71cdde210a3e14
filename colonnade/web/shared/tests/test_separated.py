"""A download that a spreadsheet opens runs nothing, and loses nothing."""

import csv
import io
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from colonnade.web.shared.separated import FORMULA_SIGNS, harmless, lines

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(TEXTS)
def test_no_text_begins_as_a_formula(text: str) -> None:
    assert not harmless(text).startswith(FORMULA_SIGNS)


@given(TEXTS)
def test_a_text_keeps_every_character(text: str) -> None:
    assert harmless(text).removeprefix("'") == text.removeprefix("'")


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=5))
def test_rows_read_back(rows: list[list[str]]) -> None:
    text = "".join(lines(["a", "b"], rows)).removeprefix("\ufeff")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [["a", "b"], *[[harmless(field) for field in row] for row in rows]]


def test_numbers_stay_numbers() -> None:
    assert [harmless(field) for field in (-5, Decimal("-1.50"), True, None)] == ["-5", "-1.50", "true", ""]
