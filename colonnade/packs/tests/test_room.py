"""Whatever the reader admits fits the registry: a pack that was checked cannot fail half-way through loading."""

from collections.abc import Iterator
from typing import get_args, get_type_hints

import pytest
from django.db import models

from colonnade.packs.columns import Column, Kind
from colonnade.packs.loading import LISTS
from colonnade.packs.pack import Pack
from colonnade.packs.tables import BY_NAME, TABLES

#: The longest text of the kinds with a shape of their own: a date.
FIXED = len("2019-05-16")
#: Kinds whose text is as long as its author makes it.
FREE = (Kind.TEXT, Kind.CODE, Kind.LINK)


def pairs() -> Iterator[tuple[str, Column, "models.Field[object, object]"]]:
    """Each column of each file, with the field that keeps it."""
    for loaded in LISTS:
        for column in BY_NAME[loaded.table].columns:
            if column.name not in loaded.dropped and not column.refers_to:
                field = loaded.model._meta.get_field((loaded.renamed or {}).get(column.name, column.name))
                assert isinstance(field, models.Field)
                yield f"{loaded.table}.{column.name}", column, field


PAIRS = list(pairs())
BY_NAMES = [name for name, _, _ in PAIRS]


@pytest.mark.parametrize(("name", "column", "field"), PAIRS, ids=BY_NAMES)
def test_a_text_that_the_reader_admits_is_not_too_long_for_its_field(
    name: str, column: Column, field: "models.Field[object, object]"
) -> None:
    if field.max_length is None or column.kind is Kind.COLOUR:
        return
    longest = column.longest if column.kind in FREE else max(map(len, column.choices), default=FIXED)
    assert longest is not None, f"{name}: state longest={field.max_length}"
    assert longest <= field.max_length


@pytest.mark.parametrize(("name", "column", "field"), PAIRS, ids=BY_NAMES)
def test_a_choice_that_the_reader_admits_is_a_choice_of_its_field(
    name: str, column: Column, field: "models.Field[object, object]"
) -> None:
    if field.choices and column.kind is not Kind.CHOICE:
        pytest.fail(f"{name}: the field has choices, the column has none")
    if field.choices:
        assert set(column.choices) <= {value for value, _ in field.flatchoices}


@pytest.mark.parametrize(("name", "column", "field"), PAIRS, ids=BY_NAMES)
def test_a_number_that_the_reader_admits_is_not_too_large_for_its_field(
    name: str, column: Column, field: "models.Field[object, object]"
) -> None:
    if isinstance(field, models.PositiveSmallIntegerField):
        assert column.most <= 32_767, name
    if isinstance(field, models.DecimalField):
        room = (field.max_digits, field.decimal_places)
        assert room == {Kind.AMOUNT: (18, 2), Kind.PERCENT: (7, 4)}[column.kind], name


@pytest.mark.parametrize(("name", "column", "field"), PAIRS, ids=BY_NAMES)
def test_a_cell_that_may_be_empty_has_a_field_that_may_be_empty(
    name: str, column: Column, field: "models.Field[object, object]"
) -> None:
    texts = (models.TextField, models.CharField)
    assert column.required or field.null or isinstance(field, texts), name


def test_every_file_of_a_pack_is_loaded() -> None:
    assert {loaded.table for loaded in LISTS} == {table.name for table in TABLES}


def test_a_pack_has_the_rows_of_every_file_with_their_types() -> None:
    hints = get_type_hints(Pack)
    assert {name: get_args(hints[name])[0] for name in BY_NAME} == {table.name: table.row_type for table in TABLES}
