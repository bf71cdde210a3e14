"""A document is composed from text and figures: numbered without gaps, and without what was not reported."""

from dataclasses import replace
from pathlib import Path

import pytest

from colonnade.analysis.figures.result import TableValue
from colonnade.core.problems import ProblemsFound
from colonnade.reporting.compose import relabelled
from colonnade.reporting.document import Heading, Paragraph, Style, TableBlock, Value, paragraph_ranges
from colonnade.reporting.folder import read_report
from colonnade.reporting.tests import samples


def table_of(folder: Path, settings: str, key: str = "projects_by_pillar") -> TableBlock:
    (table,) = samples.document(folder, f"# A\n\n::table {key}\n  caption: C\n{settings}").tables
    return table


def texts(table: TableBlock) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_headings_paragraphs_items_tables_and_charts_are_numbered(tmp_path: Path) -> None:
    document = samples.document(tmp_path)
    assert [heading.number for heading in document.headings] == ["I.", "A."]
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    assert [paragraph.number for paragraph in paragraphs if paragraph.style is Style.BODY] == [1, 2, 3]
    assert [paragraph.marker for paragraph in paragraphs if paragraph.style is Style.ITEM] == ["(a)", "(b)"]
    assert [table.number for table in document.tables] == [1, 2]
    assert [(chart.number, chart.table_number) for chart in document.charts] == [(1, 1), (2, 2)]


def test_a_paragraph_without_its_number_is_left_out_and_then_its_heading(tmp_path: Path) -> None:
    document = samples.document(tmp_path)
    assert "What was not reported" not in [heading.text for heading in document.headings]
    assert all("unreported" not in block.text for block in document.blocks if isinstance(block, Paragraph))


def test_what_refers_to_a_missing_table_is_left_out_and_numbers_run_on(tmp_path: Path) -> None:
    results = samples.results()
    results["projects_by_pillar"] = replace(results["projects_by_pillar"], value=None)
    document = samples.document(tmp_path, figures=results)
    assert [(table.number, table.figure) for table in document.tables] == [(1, "projects_by_entity_and_pillar")]
    assert document.tables[0].total_rows == 0  # its lower margin would come from the other
    assert [block.number for block in document.blocks if isinstance(block, Paragraph) and block.number] == [1]


def test_a_table_keeps_its_own_rows_where_a_margin_is_missing(tmp_path: Path) -> None:
    results = samples.results()
    results["projects_by_entity"] = replace(results["projects_by_entity"], value=None)
    document = samples.document(tmp_path, figures=results)
    spread = document.tables[1]
    assert spread.header == ("Entity", "Springs", "Rivers", "Lakes")
    assert spread.total_rows == 1


def test_a_table_prints_shares_to_one_decimal_and_a_total_where_there_is_one(tmp_path: Path) -> None:
    table = table_of(tmp_path, "")
    assert table.header == ("Pillar", "Projects", "Share of projects (per\u00a0cent)", "Year before")
    assert texts(table)[0] == ["Springs", "104", "33.1", "100"]
    assert texts(table)[-1] == ["Total", "314", "", "317"]
    assert table.rows[0][1].tag == "projects_by_pillar/pillar=S/projects"
    assert table.rows[-1][1].tag == "projects_by_pillar/total/projects"


def test_settings_choose_columns_titles_order_and_length(tmp_path: Path) -> None:
    table = table_of(tmp_path, "  columns: pillar, projects\n  titles: projects=Number\n  sort: projects\n  limit: 2\n")
    assert table.header == ("Pillar", "Number")
    assert texts(table) == [["Rivers", "189"], ["Springs", "104"]]
    assert table.total_rows == 0  # a total under part of the rows would be wrong


def test_a_column_that_nobody_reported_is_left_out(tmp_path: Path) -> None:
    results = samples.results()
    value = results["projects_by_pillar"].value
    assert isinstance(value, TableValue)
    rows = tuple((*row[:3], None) for row in value.rows)
    results["projects_by_pillar"] = replace(
        results["projects_by_pillar"], value=TableValue(value.columns, rows, {"projects": 314})
    )
    (table,) = samples.document(tmp_path, "::table projects_by_pillar\n  caption: C\n", results).tables
    assert table.header == ("Pillar", "Projects", "Share of projects (per\u00a0cent)")


def test_a_spread_table_takes_its_margins_from_other_figures(tmp_path: Path) -> None:
    spread = samples.document(tmp_path).tables[1]
    assert spread.header == ("Entity", "Springs", "Rivers", "Lakes", "Total")
    assert texts(spread) == [
        ["ALPHA", "104", "186", "10", "300"],
        ["Office of Beta", "–", "3", "11", "14"],
        ["Total", "104", "189", "21", "314"],
    ]
    assert spread.rows[0][4].figure == "projects_by_entity"
    assert spread.rows[2][1].figure == "projects_by_pillar"
    assert not spread.rows[1][1].is_number  # nothing to open
    assert "A dash" in spread.note


def test_figures_used_are_listed_in_the_order_of_first_use(tmp_path: Path) -> None:
    document = samples.document(tmp_path)
    assert [figure.key for figure in document.figures] == [
        "projects", "budget_total", "projects_previous", "projects_by_pillar", "projects_by_entity",
        "projects_by_entity_and_pillar",
    ]  # fmt: skip


def test_every_value_and_cell_names_a_figure_of_the_annex(tmp_path: Path) -> None:
    document = samples.document(tmp_path)
    listed = {figure.key for figure in document.figures}
    values = [i.figure for b in document.blocks if isinstance(b, Paragraph) for i in b.inlines if isinstance(i, Value)]
    cells = [cell.figure for table in document.tables for row in table.rows for cell in row if cell.is_number]
    assert set(values) | set(cells) <= listed
    assert values
    assert cells


def test_sections_state_their_paragraphs(tmp_path: Path) -> None:
    document = samples.document(tmp_path)
    assert paragraph_ranges(document.blocks) == {"portfolio": (1, 3), "entities": (3, 3)}


def test_codes_read_differently_in_tables_and_in_sentences() -> None:
    forms = {"pillar": {"table": "{code}. {title}", "text": "pillar {code} ({lower})"}}
    results = samples.results()
    assert relabelled(results, forms, "table")["projects_by_pillar"].label("pillar", "S") == "S. Springs"
    assert relabelled(results, forms, "text")["projects_by_pillar"].label("pillar", "S") == "pillar S (springs)"


def test_anchors_are_unique_even_under_equal_headings(tmp_path: Path) -> None:
    document = samples.document(tmp_path, "# A\n\nOne.\n\n# A\n\nTwo.\n")
    anchors = [block.anchor for block in document.blocks if isinstance(block, Heading)]
    assert len(set(anchors)) == len(anchors) == 2


TABLE = "::table projects_by_pillar\n  caption: C\n"
CHART = "::chart projects_by_pillar\n  category: pillar\n  caption: C\n"


@pytest.mark.parametrize(
    ("body", "met"),
    [
        ("{nothing}\n", "nothing"),
        ("{projects_by_pillar}\n", "projects_by_pillar"),
        ("{projects_by_pillar pillar=S money}\n", "money"),
        ("{projects share}\n", "projects"),
        ("{@nobody}\n", "@nobody"),
        ("{table projects}\n", "projects"),
        ("{largest projects_by_pillar money}\n", "money"),
        ("{if varies projects_by_pillar money: a}\n", "money"),
        (f"{CHART}  kind: bars\n  measure: projects\n", "projects_by_pillar"),
        (
            "::table projects_by_pillar\n  caption: C\n\n::table projects_by_pillar\n  caption: C\n",
            "projects_by_pillar",
        ),
        ("{each projects_by_pillar: {colour}}\n", "colour"),
    ],
)
def test_a_text_that_mentions_what_does_not_exist_is_refused(tmp_path: Path, body: str, met: str) -> None:
    with pytest.raises(ProblemsFound) as refused:
        samples.read_sample(tmp_path, body)
    assert [problem.value for problem in refused.value.problems] == [met]


def test_everything_wrong_in_a_report_comes_together(tmp_path: Path) -> None:
    settings = samples.REPORT_TOML.replace('title = "The', 'titel = "The').replace('"#1b5e9b"', '"blue"')
    samples.write_report(tmp_path, "{nothing}\n", settings, "{\n")
    with pytest.raises(ProblemsFound) as refused:
        read_report(tmp_path, samples.KNOWN)
    assert [(problem.file, problem.column) for problem in refused.value.problems] == [
        ("report.toml", "title"),
        ("summary.md", None),
        ("report.toml", "colours"),
        ("body.md", None),
    ]


def test_a_missing_text_and_another_encoding_are_named(tmp_path: Path) -> None:
    samples.write_report(tmp_path)
    (tmp_path / "summary.md").write_bytes("Müll".encode("latin-1"))
    (tmp_path / "body.md").unlink()
    with pytest.raises(ProblemsFound) as refused:
        read_report(tmp_path, samples.KNOWN)
    assert sorted(problem.file for problem in refused.value.problems) == ["report.toml", "summary.md"]


def test_no_report_is_said_as_such(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"report\.toml"):
        read_report(tmp_path, samples.KNOWN)
