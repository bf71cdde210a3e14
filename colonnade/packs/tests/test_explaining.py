"""What ``strategies/README.md`` tells authors is what the reader checks."""

from pathlib import Path

import pytest
from django.conf import settings

from colonnade.packs.columns import Table
from colonnade.packs.explaining import explanation, with_explanation
from colonnade.packs.tables import TABLES
from colonnade.packs.tests.packs import WATER, read_rows

README = Path(settings.ROOT) / "strategies" / "README.md"


def test_the_tables_of_the_readme_are_those_of_the_reader() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == with_explanation(text), "run: python -m colonnade.packs.explaining strategies/README.md"


def test_every_column_of_every_file_is_explained() -> None:
    text = explanation()
    for table in TABLES:
        assert f"### {table.file}" in text
        for column in table.columns:
            assert f"| `{column.name}`" in text


def test_a_text_without_the_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="lacks the marks"):
        with_explanation("# Strategies")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_pack_to_begin_from_shows_every_file_with_its_columns_in_order(table: Table) -> None:
    assert read_rows(WATER / table.file)[0] == [column.name for column in table.columns]
