"""Several files as one inventory: each activity once, no budget at two levels, refused files named."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from colonnade.core.rates import load_rates
from colonnade.exchange.iati.mapping.published import Published, read_published
from colonnade.exchange.iati.mapping.tests.examples import RATES, lists, rules
from colonnade.exchange.iati.tests.making import PACK, SHARED, activity_xml, file_of

STATUS = '<activity-status code="2"/>'
EUR = 'default-currency="EUR"'


def read(*files: Path) -> Published:
    return read_published(files, rules(), RATES, lists())


def money(amount: str, body: str = "") -> str:
    return f'{STATUS}{body}<budget><value value-date="2019-05-01">{amount}</value></budget>'


def child_of(parent: str) -> str:
    return f'<related-activity ref="{parent}" type="1"/>'


def budgets(found: Published) -> dict[str, Decimal | None]:
    return {project.reference: project.budget.amount if project.budget else None for project in found.projects}


@pytest.mark.parametrize("order", [("old", "new"), ("new", "old")])
def test_the_later_update_of_an_activity_is_taken_in_whatever_order(tmp_path: Path, order: tuple[str, str]) -> None:
    files = {
        "old": activity_xml(money("1"), attributes=f'{EUR} last-updated-datetime="2019-01-01T00:00:00Z"'),
        "new": activity_xml(money("2"), attributes=f'{EUR} last-updated-datetime="2020-01-01T00:00:00Z"'),
    }
    found = read(*(file_of(tmp_path, files[name], name=f"{name}.xml") for name in order))
    assert budgets(found) == {"XM-TEST-1-A": Decimal("2.00")}
    (problem,) = found.problems
    assert problem.file == "old.xml"
    assert "also in new.xml, row 2, which is taken" in problem.message


def test_of_two_equally_old_reports_the_first_is_taken(tmp_path: Path) -> None:
    found = read(
        file_of(tmp_path, activity_xml(money("1")), name="a.xml"),
        file_of(tmp_path, activity_xml(money("2")), name="b.xml"),
    )
    assert budgets(found) == {"XM-TEST-1-A": Decimal("1.00")}
    assert [problem.file for problem in found.problems] == ["b.xml"]


def test_a_budget_is_not_counted_at_two_levels(tmp_path: Path) -> None:
    found = read(
        file_of(
            tmp_path,
            activity_xml(money("100"), identifier="P"),
            activity_xml(money("60", child_of("P")), identifier="C1"),
            activity_xml(money("30", child_of("P")), identifier="C2"),
            activity_xml(money("25", child_of("C2")), identifier="G"),
        )
    )
    assert budgets(found) == {
        "P": Decimal("10.00"),
        "C1": Decimal("60.00"),
        "C2": Decimal("5.00"),
        "G": Decimal("25.00"),
    }
    assert len(found.problems) == 2


def test_a_parent_whose_children_state_all_of_it_states_none_and_says_why(tmp_path: Path) -> None:
    found = read(
        file_of(
            tmp_path,
            activity_xml(money("100"), identifier="P"),
            activity_xml(money("100", child_of("P")), identifier="C"),
        )
    )
    assert budgets(found) == {"P": None, "C": Decimal("100.00")}
    (fact,) = (fact for fact in found.projects[1].facts if fact.field == "budget")
    assert (fact.rule, fact.evidence) == ("budget-beyond-children", "100.00 EUR is stated by 1 children")


def test_children_in_another_currency_leave_both_and_it_is_noted(tmp_path: Path) -> None:
    child = money("60", child_of("P")).replace("<value ", '<value currency="GBP" ')
    found = read(file_of(tmp_path, activity_xml(money("100"), identifier="P"), activity_xml(child, identifier="C")))
    assert budgets(found) == {"C": Decimal("60.00"), "P": Decimal("100.00")}
    assert "both levels are counted" in found.problems[0].message


def test_a_parent_that_was_not_read_changes_nothing(tmp_path: Path) -> None:
    found = read(file_of(tmp_path, activity_xml(money("60", child_of("P")), identifier="C")))
    assert budgets(found) == {"C": Decimal("60.00")}
    assert found.problems == ()


def test_files_are_counted_and_refused_ones_named(tmp_path: Path) -> None:
    good = file_of(tmp_path, activity_xml(STATUS), activity_xml(), name="good.xml")
    bad = file_of(tmp_path, name="bad.xml", root='version="1.05"')
    found = read(good, bad, tmp_path / "none.xml")
    assert [(one.file, one.activities, one.problems, one.refused) for one in found.files] == [
        ("good.xml", 2, 1, False),
        ("bad.xml", 0, 1, True),
        ("none.xml", 0, 1, True),
    ]
    assert [project.reference for project in found.projects] == ["XM-TEST-1-A"]


def test_the_day_is_the_latest_update_else_the_latest_transaction(tmp_path: Path) -> None:
    paid = '<transaction><transaction-type code="3"/><transaction-date iso-date="2018-02-03"/><value>1</value>'
    paid += "</transaction>"
    assert read(file_of(tmp_path, activity_xml(STATUS + paid))).as_of == date(2018, 2, 3)
    updated = activity_xml(STATUS + paid, attributes=f'{EUR} last-updated-datetime="2017-01-01T00:00:00Z"')
    assert read(file_of(tmp_path, updated)).as_of == date(2017, 1, 1)
    assert read(file_of(tmp_path, activity_xml(STATUS))).as_of is None


@pytest.mark.skipif(not SHARED.is_dir(), reason="shared/data/iati is not there: made files only")
def test_all_published_files_make_one_inventory() -> None:
    files = sorted(SHARED.glob("*.xml"))
    found = read_published(files, rules(), load_rates(PACK / "rates.csv"), lists())
    read_in = sum(one.activities for one in found.files)
    duplicates = sum("which is taken" in problem.message for problem in found.problems)
    assert [one.file for one in found.files if one.refused] == [
        "dfid-CD-v1.01.xml",
        "ec-elarg-kosovo-v1.04.xml",
        "sida-v1.00.xml",
    ]
    assert read_in - duplicates == len(found.projects)
    assert len({project.reference for project in found.projects}) == len(found.projects)
    for project in found.projects:
        for amount in (project.budget, project.funding):
            assert amount is None or amount.amount >= 0
            assert amount is None or amount.currency != "USD" or amount.usd == amount.amount
        assert sum(place.share or 0 for place in (*project.countries, *project.regions)) <= Decimal("100.1")
        mapped = {fact.field for fact in project.facts}
        assert ("pillar" in mapped) == (project.pillar is not None)
        assert ("scope" in mapped) == bool(project.scope)
        assert "status" in mapped
