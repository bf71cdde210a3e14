"""``figures.json``: what is read back is what was written, to the last digit."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.analysis.figures.published import Published, PublishedUnreadable, digest_of, dumps, loads, read_figures
from colonnade.analysis.figures.result import Cell, Column, FigureResult, Number, TableValue

texts = st.text(max_size=12)
decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**26), max_value=10**26, places=10)
numbers: st.SearchStrategy[Number] = st.integers(-(10**26), 10**26) | decimals
cells: st.SearchStrategy[Cell] = st.none() | texts | numbers


def figure(value: Number | TableValue | None, unit: str = "count", text: str = "text") -> FigureResult:
    return FigureResult(
        key="projects",
        version=2,
        title=text,
        source="A/74/677 annex II para. 56",
        unit="table" if isinstance(value, TableValue) else unit,
        qualifier="exact",
        of="",
        value=value,
        row_count=3,
        definition=text,
        sql=text,
        records_sql=text,
        note=text,
        labels={"pillar": {"I": text}} if isinstance(value, TableValue) else {},
    )


def published(*figures: FigureResult) -> Published:
    return Published("annex-ii", "public", "2020-02-07T09:30:00Z", "0123456789ab", figures)


@st.composite
def tables(draw: st.DrawFn) -> TableValue:
    columns = (Column("pillar", draw(texts)), Column("share", draw(texts), "per cent"))
    rows = draw(st.lists(st.tuples(st.none() | texts, cells), max_size=4))
    return TableValue(columns, tuple(rows), draw(st.dictionaries(texts, numbers, max_size=2)))


@given(value=st.none() | numbers | tables(), text=texts)
def test_figures_read_back_as_they_were_written(value: Number | TableValue | None, text: str) -> None:
    read = loads(dumps(published(figure(value, text=text))))
    assert read.figures == (figure(value, text=text),)
    found = read.figures[0].value
    if not isinstance(found, TableValue):
        assert type(found) is type(value)
        assert str(found) == str(value) or Decimal(str(found)).as_tuple() == Decimal(str(value)).as_tuple()


@given(value=st.none() | numbers | tables())
def test_any_reader_of_json_can_read_it(value: Number | TableValue | None) -> None:
    content = json.loads(dumps(published(figure(value))))
    assert [*content] == ["report", "audience", "as_of", "snapshot", "keys", "digest", "figures"]
    assert content["keys"] == ["projects"]
    assert {"key", "version", "title", "source", "value", "unit", "qualifier", "of"} <= content["figures"][0].keys()
    assert {"row_count", "definition", "sql"} <= content["figures"][0].keys()
    if isinstance(value, TableValue):
        assert content["figures"][0]["value"].keys() == {"dimensions", "columns", "rows", "totals"}
        assert content["figures"][0]["value"]["dimensions"] == ["pillar"]


@given(value=st.none() | numbers | tables(), text=texts)
def test_the_digest_is_that_of_the_figures_however_the_file_is_laid_out(
    value: Number | TableValue | None, text: str
) -> None:
    written = dumps(published(figure(value, text=text)))
    read = loads(written)
    assert read.digest == read.digest_found
    assert loads(" ".join(written.split("\n"))).digest_found == read.digest


def test_the_digest_tells_values_apart_and_not_their_trailing_noughts() -> None:
    values = ["1", "10", "-1", "0.1", "0"]
    assert len({digest_of([Decimal(value)]) for value in values}) == len(values)
    assert digest_of([Decimal("31.40")]) == digest_of([Decimal("31.4")])
    assert digest_of([Decimal("300.0")]) == digest_of([300])
    assert digest_of(["1e0"]) != digest_of(["2e0"])


def test_numbers_stand_in_base_units_with_every_digit() -> None:
    text = dumps(published(figure(Decimal("238900123.45"), "USD"), figure(314)))
    assert '"value": 238900123.45,' in text
    assert '"display": "$238.9 million",' in text
    assert '"value": 314,' in text
    assert '"display": "314",' in text
    assert '"value": 0.0000000000,' in dumps(published(figure(Decimal("0E-10"), "per cent")))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"report": "x"}',
        '{"report": "", "audience": "", "as_of": "", "snapshot": "", "figures": [{"key": "projects"}]}',
        dumps(published(figure(1))).replace('"value": 1,', '"value": true,'),
        dumps(published(figure(1))).replace('"value": 1,', '"value": "1",'),
        dumps(published(figure(TableValue((Column("a", "A"),), (("x",),))))).replace('["x"]', '["x", "y"]'),
    ],
)
def test_a_file_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(PublishedUnreadable):
        loads(text)


def test_a_folder_without_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PublishedUnreadable, match=r"holds no figures\.json"):
        read_figures(tmp_path)
    (tmp_path / "figures.json").write_bytes(b"\xff\xfe")
    with pytest.raises(PublishedUnreadable, match="UTF-8"):
        read_figures(tmp_path)
