"""A plan of action as documents: a brief of two pages whatever there is, a whole plan that adds up, nothing released
that is not."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import docx
import pytest

from colonnade.reporting.briefs import compose_full_plan, compose_plan_brief
from colonnade.reporting.briefs.plan import amounts
from colonnade.reporting.briefs.tests import plans
from colonnade.reporting.briefs.tests.test_state_brief import pages_of, words_in
from colonnade.reporting.pdf import render_pdf
from colonnade.reporting.word import render_word


@pytest.mark.parametrize("title", ["Wells", plans.TITLE, plans.TITLE * 2, plans.TITLE * 4])
@pytest.mark.parametrize("number", [0, 1, 6, 12, 40])
def test_the_brief_is_of_two_pages(number: int, title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "TITLE", title)
    assert pages_of(render_pdf(compose_plan_brief(plans.facts(number)))) == 2


def test_a_plan_of_a_few_activities_is_printed_whole() -> None:
    assert [table.caption for table in compose_plan_brief(plans.facts(4)).tables if "more." in table.note] == []


def test_the_whole_plan_leaves_nothing_out() -> None:
    facts = plans.facts(30)
    text = words_in(compose_full_plan(facts))
    for activity in facts.content.activities:
        assert activity.project_reference in text
    for need in facts.content.needs:
        assert need.reference in text
    assert "Ministry of Justice, Note 14/2019" in text


@pytest.mark.parametrize("compose", [compose_plan_brief, compose_full_plan])
def test_needs_stand_the_most_urgent_first_without_numbers(compose: Any) -> None:
    facts = plans.facts(12)
    document = compose(facts)
    (table,) = [each for each in document.tables if each.header[:2] == ("Reference", "Need")]
    told = [row[0].text for row in table.rows]
    assert told
    assert told == [each.reference for each in facts.content.needs][: len(told)]
    assert not any(table.numeric)
    assert "the most urgent first" in words_in(document)
    assert not any("Rank" in each.header for each in document.tables)


def test_tables_of_outputs_add_up_to_the_plan() -> None:
    facts = plans.facts(11)
    document = compose_full_plan(facts)
    costs = [
        Decimal(table.rows[-1][3].text.replace(",", ""))
        for table in document.tables
        if table.caption.endswith(": activities")
    ]
    assert f"{sum(costs):,}" == amounts(facts.content.money)[0]


def test_chapters_and_tables_are_numbered_without_a_gap() -> None:
    document = compose_full_plan(plans.facts(9))
    assert [table.number for table in document.tables] == list(range(1, len(document.tables) + 1))
    assert len({heading.anchor for heading in document.headings}) == len(document.headings)
    file = docx.Document(BytesIO(render_word(document)))
    assert [each.text for each in file.paragraphs if each.text.startswith("Definitions")] == []


def test_where_a_reader_sees_no_need_and_no_risk_none_is_named() -> None:
    whole = plans.facts(5)
    for compose in (compose_plan_brief, compose_full_plan):
        text = words_in(compose(plans.facts(5, content=plans.without_what_is_kept(whole.content))))
        assert "no need that the reader of this may see" in text
        assert not [need for need in whole.content.needs if need.reference in text]


def test_a_plan_of_nothing_yet_can_be_read() -> None:
    empty = plans.facts(0)
    for compose in (compose_plan_brief, compose_full_plan):
        assert "Borders and justice in Marland" in words_in(compose(empty))
        assert render_pdf(compose(empty)).startswith(b"%PDF")
