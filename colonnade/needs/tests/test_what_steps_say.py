"""What steps of a plan say, kept as a code and read again."""

from hypothesis import given
from hypothesis import strategies as st

from colonnade.needs.plans.said import Said, kept, read

LINE = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), max_size=20)


@given(st.sampled_from(["costs", "version", "version-agreed"]), LINE, LINE, LINE)
def test_what_is_kept_is_read_again(code: str, about: str, first: str, second: str) -> None:
    words = f"{first}\n{second}".strip("\n")
    assert read(kept(Said(code, about, words))) == Said(code, about, words)


@given(st.text().filter(lambda text: not text.startswith("::")))
def test_somebodys_own_words_are_no_code(text: str) -> None:
    assert read(text) is None
