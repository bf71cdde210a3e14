"""Each kind of error in a pack: the file, the row, the column, the value that was met, and how to mend it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from colonnade.core.problems import Problem, ProblemsFound
from colonnade.packs.reading import read_pack
from colonnade.packs.tests.packs import WATER, copy_of, read_rows, replace_text, set_cell, write_rows


@pytest.fixture
def water(tmp_path: Path) -> Path:
    """A copy of the water pack."""
    return copy_of(WATER, tmp_path)


def problems(folder: Path) -> list[Problem]:
    """Everything that is wrong with the pack."""
    with pytest.raises(ProblemsFound) as refused:
        read_pack(folder)
    return list(refused.value.problems)


def the_problem(folder: Path) -> Problem:
    """The one thing that is wrong with the pack."""
    (problem,) = problems(folder)
    return problem


def test_the_sound_pack_is_read(water: Path) -> None:
    pack = read_pack(water)
    assert [pillar.code for pillar in pack.pillars] == ["supply", "quality", "upkeep"]
    assert pack.strategy.base_currency == "EUR"


@pytest.mark.parametrize(
    ("file", "row", "column", "value", "message", "mend"),
    [
        (
            "themes.csv",
            2,
            "pillar",
            "suply",
            "not a code of pillars.csv",
            "write one of: quality, supply, upkeep",
        ),
        (
            "conferences.csv",
            2,
            "country",
            "KEM",
            "not a code of countries.csv",
            "write a code of countries.csv (near: YEM, TKM, KHM), or add a row with this code there",
        ),
        (
            "conferences.csv",
            2,
            "starts_on",
            "2023-02-30",
            "not a date",
            "write year, month and day, as 2019-05-16, of a day that exists",
        ),
        (
            "conferences.csv",
            2,
            "starts_on",
            "30/05/2023",
            "not a date",
            "write year, month and day, as 2019-05-16, of a day that exists",
        ),
        (
            "conferences.csv",
            2,
            "ends_on",
            "2023-05-29",
            "before starts_on (2023-05-30)",
            "write a day or year that is not before starts_on",
        ),
        ("publications.csv", 2, "published_in", "2023-13", "not a date", "write 2019-05-16, 2019-05 or 2019"),
        (
            "targets.csv",
            2,
            "percent",
            "100.01",
            "a share above 100 per cent",
            "write the share in per cent, from 0 to 100",
        ),
        ("targets.csv", 2, "percent", "-1", "a share below 0 per cent", "write the share in per cent, from 0 to 100"),
        (
            "targets.csv",
            2,
            "percent",
            "33 %",
            "not a number",
            "write digits with a point for decimals, without separators, units or signs of per cent",
        ),
        (
            "seed_awards.csv",
            2,
            "amount_usd",
            "5,000",
            "not a number",
            "write digits with a point for decimals, without separators, units or signs of per cent",
        ),
        ("seed_awards.csv", 2, "amount_usd", "0.005", "more than 2 decimals", "round it to 2 decimals"),
        ("seed_awards.csv", 2, "amount_usd", "-5", "less than 0", "write a number from 0 on"),
        (
            "seed_awards.csv",
            2,
            "number",
            "one",
            "not a whole number",
            "write digits only, without separators or units",
        ),
        ("mandates.csv", 2, "year", "21", "not a year", "write four digits, as 2019"),
        ("entities.csv", 3, "contributed", "maybe", "neither yes nor no", "write yes or no"),
        (
            "entities.csv",
            3,
            "role",
            "friend",
            "not one of the choices",
            "write one of: member, observer, contributor, partner",
        ),
        (
            "pillars.csv",
            2,
            "colour",
            "blue",
            "not a colour",
            "write # and six hexadecimal digits, as #1F6FB2",
        ),
        (
            "pillars.csv",
            3,
            "code",
            "supply",
            "the same code as in row 2",
            "write another, or remove one of the two rows",
        ),
        (
            "pillars.csv",
            3,
            "position",
            "1",
            "the same position as in row 2",
            "write another, or remove one of the two rows",
        ),
        (
            "countries.csv",
            2,
            "name",
            "Kenya",
            "the same name as in row 119 of colonnade/places/tables/countries.csv",
            "write another, or remove one of the two rows",
        ),
        (
            "pillars.csv",
            2,
            "title",
            "",
            "empty, and must not be",
            "fill it in: Full title, without the number (text)",
        ),
        (
            "areas.csv",
            2,
            "source",
            "",
            "empty, and must not be",
            "fill it in: Document and paragraph (A/74/677 annex II para. 63), or the public source by name (text)",
        ),
        (
            "areas.csv",
            2,
            "title",
            "Schools\u0007",
            "a control character (U+0007)",
            "remove it; it may hide between two letters",
        ),
        ("programmes.csv", 2, "partners", "LAB;LAB", "twice in the list", "name it once"),
        (
            "programmes.csv",
            2,
            "partners",
            "LAB;;",
            "an empty item in the list",
            "separate items with one ; and end with none",
        ),
        ("markers.csv", 2, "level", "4", "more than 3", "write a number up to 3"),
        ("countries.csv", 2, "iso3", "qma", "not such a code as KEN", "write it as KEN"),
        ("regions.csv", 2, "parent", "VALLEY", "leads back to the row itself", "leave it empty for the outermost row"),
        (
            "instruments.csv",
            2,
            "topic",
            "springs " * 11,
            "87 characters, which is too long",
            "write 80 characters at most",
        ),
    ],
)
def test_a_wrong_cell_is_named_with_its_value_and_its_mend(
    water: Path, file: str, row: int, column: str, value: str, message: str, mend: str
) -> None:
    set_cell(water, file, row, column, value)
    # Some mistakes leave others behind: a code that was renamed is still referred to elsewhere.
    met = [problem for problem in problems(water) if problem.file == file and problem.row == row]
    expected = "LAB" if value == "LAB;LAB" else value.strip()
    assert met == [Problem(file, row, column, expected, message, mend)]


def test_a_missing_file_is_named(water: Path) -> None:
    (water / "pillars.csv").unlink()
    mend = "add pillars.csv; strategies/README.md explains it"
    assert the_problem(water) == Problem("pillars.csv", None, None, "", "the file is missing", mend)


def test_a_missing_strategy_file_is_named(water: Path) -> None:
    (water / "strategy.toml").unlink()
    mend = "add strategy.toml; strategies/README.md explains it"
    assert the_problem(water) == Problem("strategy.toml", None, None, "", "the file is missing", mend)


def test_a_misnamed_file_is_named_with_the_name_it_should_have(water: Path) -> None:
    (water / "targets.csv").rename(water / "target.csv")
    assert the_problem(water) == Problem(
        "target.csv", None, None, "", "not a file of a pack", "rename it to targets.csv"
    )


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert the_problem(tmp_path / "fire").message == "no such folder"


def test_a_missing_column_is_named_once_and_not_for_every_row(water: Path) -> None:
    rows = [row[:4] + row[5:] for row in read_rows(water / "pillars.csv")]
    write_rows(water / "pillars.csv", rows)
    mend = "add the column position: Place in the strategy's order (whole number)"
    assert the_problem(water) == Problem("pillars.csv", 1, "position", "", "a column is missing", mend)


def test_a_missing_key_column_does_not_make_every_reference_wrong(water: Path) -> None:
    rows = [row[1:] for row in read_rows(water / "pillars.csv")]
    write_rows(water / "pillars.csv", rows)
    assert the_problem(water).column == "code"


def test_a_misspelt_column_is_named_with_the_name_it_should_have(water: Path) -> None:
    replace_text(water / "pillars.csv", "short_title", "short_titel")
    wrong, missing = problems(water)
    mend = 'rename it to "short_title"'
    assert wrong == Problem("pillars.csv", 1, "short_titel", "short_titel", "not a column of this file", mend)
    assert (missing.column, missing.message) == ("short_title", "a column is missing")


def test_a_column_that_stands_twice_is_named(water: Path) -> None:
    write_rows(water / "areas.csv", [[*row, row[1]] for row in read_rows(water / "areas.csv")])
    assert the_problem(water).message == "a column that stands twice"


def test_a_row_with_an_unquoted_comma_is_named(water: Path) -> None:
    replace_text(water / "areas.csv", '"Farms, gardens and herds"', "Farms, gardens and herds")
    problem = the_problem(water)
    assert (problem.file, problem.row, problem.column) == ("areas.csv", 3, None)
    assert problem.message == "8 cells under 7 columns"
    assert problem.mend == "put quotes around cells that hold a comma"


def test_a_quote_that_never_closes_is_named_where_it_begins(water: Path) -> None:
    replace_text(water / "areas.csv", '"Farms, gardens and herds"', '"Farms, gardens and herds')
    problem = the_problem(water)
    assert (problem.file, problem.row) == ("areas.csv", 3)
    assert problem.message.startswith("quoting that CSV does not know")


def test_a_row_after_bad_quoting_is_still_checked(water: Path) -> None:
    replace_text(water / "areas.csv", "Schools and clinics", '"Schools" and clinics')
    replace_text(water / "areas.csv", ",2,CW/2024/1 p. 4,", ",two,CW/2024/1 p. 4,")
    assert [(problem.row, problem.column) for problem in problems(water)] == [(2, None), (3, "position")]


def test_a_row_number_is_the_spreadsheets_even_after_cells_of_several_lines(water: Path) -> None:
    set_cell(water, "areas.csv", 2, "note", "one line\nand another")
    set_cell(water, "areas.csv", 3, "position", "two")
    assert the_problem(water).row == 3


def test_an_empty_line_is_no_row_but_is_counted(water: Path) -> None:
    rows = read_rows(water / "areas.csv")
    rows[2][3] = "two"
    write_rows(water / "areas.csv", [*rows[:2], [], *rows[2:]])
    assert the_problem(water).row == 4


def test_a_cell_in_another_encoding_is_named_as_it_was_meant(water: Path) -> None:
    set_cell(water, "entities.csv", 3, "name", "Café of the Valley")
    path = water / "entities.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))
    assert the_problem(water) == Problem(
        "entities.csv", 3, "name", "Café of the Valley", "bytes that are not UTF-8", "save the file as UTF-8"
    )


def test_a_file_in_utf_16_is_named_once(water: Path) -> None:
    path = water / "themes.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    problem = next(problem for problem in problems(water) if problem.file == "themes.csv")
    assert (problem.value, problem.mend) == ("UTF-16", "save the file as UTF-8")
    assert len(problems(water)) == 1


def test_the_mark_that_some_programs_put_before_utf_8_is_no_error(water: Path) -> None:
    path = water / "themes.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(read_pack(water).themes) == 2


def test_a_file_with_semicolons_between_its_columns_is_named(water: Path) -> None:
    path = water / "seed_rounds.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    problem = next(problem for problem in problems(water) if problem.file == "seed_rounds.csv")
    assert problem.message == "columns are separated by semicolons"
    assert problem.mend == "save the file as CSV with commas between the columns"


def test_an_empty_file_is_named(water: Path) -> None:
    (water / "targets.csv").write_text("", encoding="utf-8")
    assert the_problem(water).message == "an empty file"


def test_a_pack_without_pillars_is_refused(water: Path) -> None:
    write_rows(water / "pillars.csv", read_rows(water / "pillars.csv")[:1])
    assert "a file without rows" in {problem.message for problem in problems(water)}


@pytest.mark.parametrize(
    ("old", "new", "column", "value"),
    [
        ('base_currency = "EUR"', 'base_currency = "euro"', "money.base_currency", "euro"),
        ("date = 2024-03-31", 'date = "31 March"', "document.date", "31 March"),
        ("date = 2024-03-31", "date = 2024-03-31T10:00:00", "document.date", "2024-03-31 10:00:00"),
        ('secretariat = "VWO"', 'secretariat = "VWA"', "coordination.secretariat", "VWA"),
        ('pillars = "goals"', 'pilars = "goals"', "terms.pilars", "terms.pilars"),
        ('languages = ["en", "fr"]', "languages = []", "languages", "[]"),
        ('key = "clear-water"', 'key = "Clear Water"', "key", "Clear Water"),
    ],
)
def test_a_wrong_key_of_the_strategy_file_is_named(water: Path, old: str, new: str, column: str, value: str) -> None:
    replace_text(water / "strategy.toml", old, new)
    assert ("strategy.toml", column, value) in {
        (problem.file, problem.column, problem.value) for problem in problems(water)
    }


def test_a_strategy_file_that_is_not_toml_is_named_with_its_line(water: Path) -> None:
    replace_text(water / "strategy.toml", 'key = "clear-water"', "key = clear-water")
    problem = the_problem(water)
    assert (problem.file, problem.row) == ("strategy.toml", 2)


@pytest.mark.parametrize("encode", [lambda text: text.encode("cp1252"), lambda text: text.encode("utf-16")])
def test_a_strategy_file_in_another_encoding_is_named(water: Path, encode: Callable[[str], bytes]) -> None:
    path = water / "strategy.toml"
    path.write_bytes(encode(path.read_text(encoding="utf-8").replace("Clear Water for", "Été clair for")))
    assert the_problem(water).message == "a byte that is not UTF-8"


def test_every_error_of_every_file_is_listed_at_once_in_the_order_of_the_files(water: Path) -> None:
    replace_text(water / "strategy.toml", 'base_currency = "EUR"', 'base_currency = "€"')
    set_cell(water, "pillars.csv", 3, "code", "supply")
    set_cell(water, "pillars.csv", 2, "colour", "blue")
    set_cell(water, "targets.csv", 2, "percent", "101")
    set_cell(water, "conferences.csv", 2, "country", "QMX")
    set_cell(water, "conferences.csv", 2, "starts_on", "soon")
    places = [(problem.file, problem.row, problem.column) for problem in problems(water)]
    assert places == [
        ("strategy.toml", None, "money.base_currency"),
        ("pillars.csv", 2, "colour"),
        ("pillars.csv", 3, "code"),
        ("themes.csv", 3, "pillar"),  # still says "quality", which is no pillar any more
        ("targets.csv", 2, "percent"),
        ("conferences.csv", 2, "starts_on"),
        ("conferences.csv", 2, "country"),
    ]


def test_a_text_about_somebody_is_refused_and_not_repeated(water: Path) -> None:
    set_cell(water, "themes.csv", 2, "title", "Wells for a girl called Amina")
    problem = the_problem(water)
    assert (problem.file, problem.row, problem.column) == ("themes.csv", 2, "title")
    assert "a person, with their name" in problem.message
    assert "Amina" not in str(problem)
