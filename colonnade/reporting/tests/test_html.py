"""The report as HTML: self-contained, every number linked, every identifier unique, every chart named."""

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from colonnade.reporting.document import Block, ChartBlock
from colonnade.reporting.html import render_body, render_html
from colonnade.reporting.tests import samples


@pytest.fixture
def page(tmp_path: Path) -> HtmlElement:
    return html.document_fromstring(render_html(samples.document(tmp_path)))


def found(page: HtmlElement, path: str) -> list[HtmlElement]:
    return [element for element in page.iterfind(path) if isinstance(element, HtmlElement)]


def test_language_title_and_one_heading_of_the_first_level(page: HtmlElement) -> None:
    assert page.get("lang") == "en-GB"
    assert page.findtext(".//title") == "The water programme: analysis of the portfolio"
    assert len(found(page, ".//h1")) == 1


def test_nothing_is_fetched_and_nothing_runs(page: HtmlElement) -> None:
    assert not found(page, ".//script")
    assert not found(page, ".//link")
    assert not [element for element in page.iter() if isinstance(element, HtmlElement) and element.get("src")]
    assert "url(http" not in (page.findtext(".//style") or "")


def test_identifiers_are_unique_and_every_link_has_its_target(page: HtmlElement) -> None:
    identifiers = [element.get("id") for element in page.iter() if isinstance(element.tag, str) and element.get("id")]
    assert len(identifiers) == len(set(identifiers))
    targets = [anchor.get("href", "") for anchor in found(page, ".//a")]
    assert targets
    assert {target.removeprefix("#") for target in targets} <= set(identifiers)


def test_every_number_of_a_table_is_a_link_to_its_definition(page: HtmlElement) -> None:
    cells = [cell for cell in found(page, ".//td") if "t" not in cell.get("class", "")]
    numbers = [cell for cell in cells if (cell.text_content() or "").strip() not in {"", "–"}]
    assert len(numbers) > 15
    for cell in numbers:
        (link,) = found(cell, "./a")
        assert link.get("href") == f"#figure-{link.get('data-figure', '').split('/')[0]}"


def test_numbers_in_the_text_are_links_with_their_tag(page: HtmlElement) -> None:
    paragraph = next(p for p in found(page, ".//p") if p.get("id") == "para-1")
    tags = [link.get("data-figure") for link in found(paragraph, "./a") if link.get("class") == "figure"]
    assert tags == ["projects", "projects_previous"]


def test_tables_have_captions_and_headers_of_rows_and_columns(page: HtmlElement) -> None:
    for table in found(page, ".//table"):
        assert table.findtext("caption/span", "").startswith("Table ")
        assert {cell.get("scope") for cell in found(table, "./thead//th")} == {"col"}
        assert {cell.get("scope") for cell in found(table, "./tbody//th")} == {"row"}


def test_charts_are_named_and_point_to_their_table(page: HtmlElement) -> None:
    figures = found(page, ".//figure")
    assert len(figures) == 2
    for figure in figures:
        svg = figure.find("svg")
        assert svg is not None
        assert svg.get("role") == "img"
        assert svg.findtext("desc")
        assert (figure.findtext("p/a") or "").startswith("The numbers are given in table ")


def test_the_contents_lead_to_every_section(page: HtmlElement) -> None:
    (contents,) = found(page, ".//nav")
    entries = [link.text_content() for link in found(contents, "./ol/li/a")]
    assert entries == ["I. Portfolio", "A. Entities", "Definitions and sources of the numbers"]


def test_the_banner_is_at_the_head(page: HtmlElement) -> None:
    (banner,) = [p for p in found(page, ".//p") if p.get("class") == "banner"]
    assert "Illustrative records." in banner.text_content()


def test_the_annex_gives_definition_source_records_and_query(page: HtmlElement) -> None:
    entry = next(article for article in found(page, ".//article") if article.get("id") == "figure-projects")
    text = entry.text_content()
    for expected in ("What counts as projects in the portfolio.", "WP/2026/3 para. 4", "314", "SELECT count(*)"):
        assert expected in text


def test_a_page_of_the_application_may_lead_elsewhere(tmp_path: Path) -> None:
    body = html.fromstring(render_body(samples.document(tmp_path), lambda tag: f"/figures/{tag}"))
    assert body.tag == "main"
    links = {link.get("href") for link in body.iterfind(".//a")}
    assert "/figures/projects_by_pillar/pillar=S/share" in links


def test_texts_are_escaped(tmp_path: Path) -> None:
    document = samples.document(tmp_path, '# A <b> & "c"\n\nFive < six & {projects}.\n')
    written = render_html(document)
    assert "A &lt;b&gt; &amp; &quot;c&quot;" in written
    assert "Five &lt; six &amp; " in written


def test_a_chart_that_is_not_drawn_is_fetched_by_its_number(tmp_path: Path) -> None:
    drawn = samples.document(tmp_path)
    sketched = replace(drawn, blocks=tuple(_undrawn(block) for block in drawn.blocks))
    body = html.fromstring(render_body(sketched, lambda tag: f"/figures/{tag}", lambda number: f"charts/{number}.svg"))
    pictures = found(body, ".//img")
    assert [picture.get("src") for picture in pictures] == ["charts/1.svg", "charts/2.svg"]
    assert all(picture.get("alt") and picture.get("width") and picture.get("height") for picture in pictures)
    assert not found(body, ".//svg")


def _undrawn(block: Block) -> Block:
    return replace(block, svg="") if isinstance(block, ChartBlock) else block
