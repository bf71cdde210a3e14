"""Exchange rates: the month of the day, and never one where there is none."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colonnade.core.money import Money, Rate, to_usd
from colonnade.core.problems import ProblemsFound
from colonnade.core.rates import RateTable, load_rates

PACK = Path(__file__).resolve().parents[3] / "strategies" / "ungcts"
HEADER = "currency,on,usd_per_unit,source\n"
TABLE = RateTable({("EUR", date(2019, 5, 1)): Rate("EUR", date(2019, 5, 1), Decimal("1.1185"), "a bank")})


def test_a_rate_holds_for_its_month_and_no_other() -> None:
    assert TABLE.find("EUR", date(2019, 5, 31)) == TABLE.rates["EUR", date(2019, 5, 1)]
    assert TABLE.find("EUR", date(2019, 6, 1)) is None
    assert TABLE.find("EUR", date(2019, 4, 30)) is None
    assert TABLE.find("EUR", None) is None
    assert TABLE.find("JOD", date(2019, 5, 31)) is None


@settings(deadline=None)
@given(st.dates(), st.sampled_from(["EUR", "JOD", "USD", "GBP"]))
def test_no_day_and_no_currency_makes_a_rate_of_one(on: date, currency: str) -> None:
    rate = TABLE.find(currency, on)
    assert rate is None or (rate.on == on.replace(day=1) and rate.usd_per_unit == Decimal("1.1185"))
    if currency not in ("USD", "EUR"):
        assert to_usd(Money(Decimal(7), currency), rate) is None


def written(folder: Path, text: str) -> Path:
    path = folder / "rates.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("euro,2019-05-01,1.1,bank", "currency"),
        ("USD,2019-05-01,1.1,bank", "currency"),
        ("EUR,2019-05-02,1.1,bank", "on"),
        ("EUR,May 2019,1.1,bank", "on"),
        ('EUR,2019-05-01,"1,1",bank', "usd_per_unit"),
        ("EUR,2019-05-01,0,bank", "usd_per_unit"),
        ("EUR,2019-05-01,-1,bank", "usd_per_unit"),
        ("EUR,2019-05-01,1.1,", "source"),
        ("EUR,2019-05-01,1.1", None),
    ],
)
def test_a_wrong_row_refuses_the_table_and_is_named(tmp_path: Path, row: str, column: str | None) -> None:
    with pytest.raises(ProblemsFound) as refused:
        load_rates(written(tmp_path, f"{HEADER}GBP,2019-05-01,1.28,bank\n{row}\n"))
    assert {(problem.row, problem.column) for problem in refused.value.problems} == {(3, column)}


def test_two_rates_of_one_month_are_refused(tmp_path: Path) -> None:
    row = "EUR,2019-05-01,1.1,bank\n"
    with pytest.raises(ProblemsFound, match="a second rate of EUR"):
        load_rates(written(tmp_path, HEADER + row + row))


def test_another_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="another header"):
        load_rates(written(tmp_path, "currency,month,rate\n"))


def test_the_rates_of_the_pack_are_those_of_the_central_bank() -> None:
    """Spot checks against the bank's own monthly averages: EUR 02.2020 1.0905, 08.2019 1.1126; JPY through 120.05."""
    rates = load_rates(PACK / "rates.csv")
    for currency, on, expected in (
        ("EUR", date(2020, 2, 7), "1.0905"),
        ("EUR", date(2019, 8, 31), "1.1126"),
        ("JPY", date(2020, 2, 29), "0.009084"),
    ):
        found = rates.find(currency, on)
        assert found is not None
        assert abs(found.usd_per_unit - Decimal(expected)) / found.usd_per_unit < Decimal("0.0005")
    assert rates.find("ISK", date(2010, 6, 1)) is None


def test_the_table_of_rates_is_small() -> None:
    assert (PACK / "rates.csv").stat().st_size < 400_000
