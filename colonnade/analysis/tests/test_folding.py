"""A text and what somebody types for it fold to the same."""

import duckdb
import pytest

from colonnade.analysis.folding import folded_sql


def folded(text: str | None) -> str:
    row = duckdb.execute(f"SELECT {folded_sql('$1')}", [text]).fetchone()
    assert row
    return str(row[0])


@pytest.mark.parametrize(
    ("recorded", "typed"),
    [
        ("Côte d'Ivoire", "cote d ivoire"),
        ("Prévention – phase II (2019)", "PREVENTION phase ii 2019"),
        ("Łódź", "lodz"),
        ("Øresund", "oresund"),
        ("İstanbul", "istanbul"),
        ("ΣΑΣ", "σας"),
        ("Район Ёлки", "раион елки"),
        ("مُكافَحَة الإِرْهـــاب", "مكافحه الارهاب"),
        ("预防,恐怖主义", "预防 恐怖主义"),
        ("QMA/2019-7", "qma 2019 7"),
    ],
)
def test_both_sides_fold_alike(recorded: str, typed: str) -> None:
    assert folded(recorded) == folded(typed)


def test_a_space_stands_before_and_after_every_word() -> None:
    assert folded("  ...Two,words! ") == " two words "


@pytest.mark.parametrize("nothing", ["", None, " ", "…—!"])
def test_nothing_to_read_folds_to_one_space(nothing: str | None) -> None:
    assert folded(nothing) == " "


def test_letters_of_other_scripts_stay() -> None:
    assert folded("中文 العربية") == " 中文 العربيه "
