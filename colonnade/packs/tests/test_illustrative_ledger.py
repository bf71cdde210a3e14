"""The illustrative ledger: of fictional contributors alone, marked as such, balanced, and recorded once."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings

from colonnade.core.viewer import AUDIENCES
from colonnade.funding.models import Allocation, Contributor, Entry, Pledge, Posting
from colonnade.funding.queries import balances, statement, together
from colonnade.funding.tests.fund import TEST, Fund, make_fund
from colonnade.packs.illustrative.ledger import GIVERS, PROJECTS, record_illustrative_ledger
from colonnade.portfolio.models import Inventory, Project

RATES = "currency,on,usd_per_unit,source\nEUR,2019-02-01,1.1351,A bank\nEUR,2019-05-01,1.1185,A bank\n"


@pytest.fixture
def fund(db: None, settings: LazySettings, tmp_path: Path) -> Fund:  # noqa: ARG001  # the fixture opens the database
    settings.PACK_DIR = tmp_path
    made = make_fund(tmp_path)
    Inventory.objects.create(key="now", title="Now", as_of=date(2019, 8, 31), provenance="illustrative", source="s")
    for number in range(GIVERS):
        Contributor.objects.create(
            code=f"C-{number}", name=f"Fiction {number}", kind="state", provenance="illustrative", source="s"
        )
    for number in range(PROJECTS):
        Project.objects.unscoped("test").create(
            reference=f"I-{number}", title=f"Fiction {number}", lead_entity=made.entity, status="ongoing",
            level="public", provenance="illustrative",
        )  # fmt: skip
    return made


@pytest.mark.parametrize("rates", [RATES, "currency,on,usd_per_unit,source\n"])
def test_it_balances_says_what_it_is_and_names_nobody_of_the_published_list(
    fund: Fund, settings: LazySettings, rates: str
) -> None:
    (Path(settings.PACK_DIR) / "rates.csv").write_text(rates)
    who = {"officer": fund.people["officer"], "second": fund.people["second"]}
    assert record_illustrative_ledger(**who, actor=TEST)
    for model in (Entry, Pledge, Allocation):
        assert set(model.objects.unscoped("test").values_list("provenance", flat=True)) == {"illustrative"}
    named = set(Posting.objects.unscoped("test").values_list("contributor__provenance", flat=True))
    assert named == {"illustrative", None}
    viewer = AUDIENCES["secretariat"].viewer
    rows = statement(viewer, date(2019, 1, 1), date(2019, 12, 31))
    assert rows
    assert all(row.adds_up for row in rows)
    whole = together(balances(viewer).values())
    assert whole.in_kind > 0
    assert whole.new_money > whole.committed > 0
    assert ("EUR" in rates) == Posting.objects.unscoped("test").filter(currency="EUR").exists()


def test_it_is_recorded_once_and_not_where_there_is_nobody_to_give(fund: Fund) -> None:
    who = {"officer": fund.people["officer"], "second": fund.people["second"]}
    assert record_illustrative_ledger(**who, actor=TEST)
    written = Entry.objects.unscoped("test").count()
    assert not record_illustrative_ledger(**who, actor=TEST)
    assert Entry.objects.unscoped("test").count() == written


def test_a_strategy_without_illustrative_contributors_has_an_empty_ledger(fund: Fund) -> None:
    Contributor.objects.filter(provenance="illustrative").delete()
    who = {"officer": fund.people["officer"], "second": fund.people["second"]}
    assert not record_illustrative_ledger(**who, actor=TEST)
    assert not Entry.objects.unscoped("test").exists()
