"""The text of the analysis of the whole portfolio: it mentions what exists, and reads right for any values."""

import random
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from colonnade.analysis.figures.definition import FigureDefinition, library
from colonnade.analysis.figures.result import FigureResult, Number, TableValue
from colonnade.reporting import compose as compose_module
from colonnade.reporting.compose import Setting, compose
from colonnade.reporting.document import ChartBlock, Document, Paragraph, Value
from colonnade.reporting.folder import read_report

REPORT = read_report(Path(settings.PACK_DIR) / "reports" / "annex-ii", library())
CODES: dict[str, list[str | None]] = {
    "pillar": ["I", "II", "III", "IV"],
    "scope": ["global", "regional", "national", None],
    "progress": ["completed", "ongoing", "new"],
    "flow": ["carried", "left", "new"],
}
#: What annex II and the paragraphs that belong to it publish, by figure.
PUBLISHED = (
    "projects", "projects_previous", "projects_by_pillar", "entities_implementing", "projects_by_entity",
    "projects_by_entity_and_pillar", "projects_by_scope", "projects_by_group_status", "portfolio_flow", "budget_total",
    "budget_active", "budget_completed", "funding_active", "shortfall_total", "shortfall_share", "money_by_pillar",
    "money_by_entity", "seed_awards_2018", "seed_awards_2019", "seed_total_2018", "seed_total_2019", "appeal_projects",
    "appeal_entities", "appeal_projects_at_launch", "prevention_by_area", "prevention_by_scope", "prevention_completed",
    "office_projects", "office_by_status", "office_by_scope", "events_workshops", "events_side", "events_participants",
    "events_states", "unoct_events_2019", "trained_2019", "conferences", "trust_fund_list",
    "gender_marker_distribution", "gender_principal_share", "coverage_of_needs", "needs_count", "pillar_balance",
)  # fmt: skip


def test_it_holds_every_figure_that_the_published_annex_holds() -> None:
    assert set(PUBLISHED) <= set(REPORT.mentions.figures)


def test_it_states_no_number_of_the_portfolio_itself() -> None:
    """Numbers come from figures. What is left are symbols, dates and the target, which the sources fix."""
    fixed = re.compile(
        r"\b(?:A/\d+/\d+|S/\d+/\d+|72/284|2018|2019|2020|74|paragraph (?:37|59)|15 per cent|100 per cent)\b"
    )
    for text in REPORT.texts:
        source = (Path(settings.PACK_DIR) / "reports" / "annex-ii" / text.file).read_text(encoding="utf-8")
        prose = re.sub(r"\{[^{}]*\}|^(::|  ).*$", "", source, flags=re.MULTILINE)
        while "{" in prose:
            prose, before = re.sub(r"\{[^{}]*\}", "", prose), prose
            if prose == before:
                break
        left = re.findall(r"(?<![\w{=_-])\d[\d,.]*", fixed.sub("", prose))
        assert left == [], text.file


@pytest.fixture
def without_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts are tested elsewhere; drawing hundreds here would take minutes."""

    def undrawn(source: Any, *_: Any, number: int, anchor: str, table: Any) -> ChartBlock:
        return ChartBlock(number, source.name, source.key, anchor, "", {}, "<svg/>", 1, 1, table.number, table.anchor)

    monkeypatch.setattr(compose_module, "build_chart", undrawn)


def composed(results: Mapping[str, FigureResult], **parameters: str) -> Document:
    told = {"as_of": "31 August 2019", "audience": "the public", "provenance": "illustrative", **parameters}
    named = {"inventory_title": "the inventory", "previous_title": "the one before", **told}
    return compose(REPORT, results, Setting("the public", "31 August 2019", "", "", named))


class Invented:
    """Random results for every figure, from a seed: hundreds of values, of which a few go missing."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def results(self) -> dict[str, FigureResult]:
        return {key: self.result(library()[key]) for key in REPORT.mentions.figures}

    def result(self, definition: FigureDefinition) -> FigureResult:
        value: Number | TableValue | None = None
        if self.random.random() > 0.1:
            value = self.table(definition) if definition.is_table else self.number(definition.unit)
        qualifier = self.random.choice(["exact", "exact", "at least"])
        labels = {"pillar": {code: f"Title {code}" for code in ("I", "II", "III", "IV")}}
        return FigureResult(
            definition.key, 1, definition.title, "source", definition.unit, qualifier, definition.of, value, 3, "", "",
            "", labels=labels,
        )  # fmt: skip

    def number(self, unit: str) -> Number:
        if unit == "count":
            return self.random.choice([0, 1, 1, 2, 9, 10, self.random.randint(0, 400)])
        return Decimal(self.random.choice([0, self.random.randint(0, 10_000 if unit == "per cent" else 10**11)])) / 100

    def table(self, definition: FigureDefinition) -> TableValue:
        first, *others = [column.name for column in definition.dimensions]
        codes = CODES.get(first) or ["a", "b", None][: self.random.randint(1, 3)]
        measures = [column for column in definition.columns if column.unit is not None]
        gaps = self.random.random() < 0.2
        rows = [
            (
                code,
                *("x" for _ in others),
                *(
                    None if gaps and self.random.random() < 0.3 else self.number(measure.unit or "")
                    for measure in measures
                ),
            )
            for code in codes
        ]
        totals = {name: self.number(definition.column(name).unit or "") for name in definition.totals}
        return TableValue(tuple(column.column for column in definition.columns), tuple(rows), totals)


#: Blanks, signs and holes where none belong, and sentences that begin with a numeral.
_SPOILT = re.compile(r"[{}|\x00]|  | [,.;:)]|\( |None|\bnan\b|,,|\.\.|;;|, \.|[a-z)]\. [$\d]")
_SINGULAR = re.compile(r"\bone (?:projects|States|entities|needs|workshops|people|events)\b")


def wrong_in(text: str) -> str:
    """What an editor would strike, or nothing."""
    for pattern in (_SPOILT, _SINGULAR):
        if met := pattern.search(text):
            return f"{met[0]!r} in {text!r}"
    if not text[0].isupper() or text[-1] not in ".:;)":
        return f"begins or ends wrongly: {text!r}"
    return ""


@pytest.mark.usefixtures("without_drawing")
@pytest.mark.parametrize("seed", range(150))
def test_it_reads_right_for_any_values(seed: int) -> None:
    results = Invented(seed).results()
    document = composed(results, provenance=("illustrative", "published")[seed % 2])
    paragraphs = [block for block in (*document.summary, *document.blocks) if isinstance(block, Paragraph)]
    assert paragraphs
    assert [wrong for paragraph in paragraphs if (wrong := wrong_in(paragraph.text))] == []
    values = [i for paragraph in paragraphs for i in paragraph.inlines if isinstance(i, Value)]
    assert {value.figure for value in values} <= {figure.key for figure in document.figures}


@pytest.mark.usefixtures("without_drawing")
def test_without_any_figures_only_words_are_left() -> None:
    document = composed({}, provenance="published")
    assert not document.figures
    assert not document.tables
    assert [heading.text for heading in document.headings] == ["Introduction", "Method and limits"]
