"""Activities, rules and lists for the tests of the mapping."""

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from colonnade.core.money import Money, Rate
from colonnade.core.rates import RateTable
from colonnade.exchange.iati.activity import Activity
from colonnade.exchange.iati.budgets import Budget
from colonnade.exchange.iati.dates import ActivityDates
from colonnade.exchange.iati.identification import ReportingOrganisation
from colonnade.exchange.iati.mapping.projects import Lists
from colonnade.exchange.iati.mapping.rulebook import load_rules
from colonnade.exchange.iati.mapping.rules import Rules
from colonnade.exchange.iati.narratives import Narrative
from colonnade.exchange.iati.places import RecipientCountry, RecipientRegion
from colonnade.exchange.iati.sectors import Sector
from colonnade.exchange.iati.tests.making import PACK, ROOT
from colonnade.exchange.iati.transactions import Transaction
from colonnade.exchange.iati.values import Value

MAY = date(2019, 5, 1)
RATES = RateTable(
    {
        (currency, MAY): Rate(currency, MAY, Decimal(rate), "a bank")
        for currency, rate in (("EUR", "1.1"), ("GBP", "1.3"))
    }
)
PLAIN = Activity(
    file="made.xml",
    line=7,
    version="2.03",
    identifier="XM-TEST-1-A",
    reporting=ReportingOrganisation("XM-TEST-1", "Agency of Tests", "40", secondary=False),
    titles=(Narrative("en", "Clinics for the north"),),
    descriptions=(),
    status="2",
    dates=ActivityDates(),
    scope="",
    countries=(),
    regions=(),
    locations=(),
    sectors=(),
    markers=(),
    tags=(),
    humanitarian=None,
    humanitarian_scopes=(),
    budgets=(),
    planned_disbursements=(),
    transactions=(),
    organisations=(),
    related=(),
    other_identifiers=(),
    hierarchy=None,
    default_currency="EUR",
    language="en",
    last_updated=None,
)


@cache
def rules() -> Rules:
    """The rules of the pack."""
    return load_rules(PACK)


@cache
def lists() -> Lists:
    """The countries and regions that every registry has, and one entity."""
    tables = ROOT / "colonnade" / "places" / "tables"
    with (tables / "countries.csv").open(encoding="utf-8") as stream:
        countries = {row["iso2"]: row["iso3"] for row in csv.DictReader(stream) if row["iso2"]}
    with (tables / "regions.csv").open(encoding="utf-8") as stream:
        regions = frozenset(row["code"] for row in csv.DictReader(stream))
    return Lists({"XM-DAC-41114": "UNDP"}, countries, regions)


def activity(title: str = "", description: str = "", **changes: Any) -> Activity:
    """The plain activity with another title, a description, or other fields."""
    if title:
        changes["titles"] = (Narrative("en", title),)
    if description:
        changes["descriptions"] = (Narrative("en", description),)
    return replace(PLAIN, **changes)


def countries(*codes: str) -> tuple[RecipientCountry, ...]:
    return tuple(RecipientCountry(code, None) for code in codes)


def regions(*codes: str) -> tuple[RecipientRegion, ...]:
    return tuple(RecipientRegion(code, "1", "", None) for code in codes)


def sectors(**shares: int) -> tuple[Sector, ...]:
    """Purpose codes with their shares: ``sectors(s15220=60, s15130=40)``."""
    return tuple(Sector("1", code.removeprefix("s"), "", Decimal(share)) for code, share in shares.items())


def value(amount: str, currency: str = "EUR", on: date | None = MAY) -> Value:
    return Value(Money(Decimal(amount), currency), on)


def budget(amount: str, currency: str = "EUR", *, kind: str = "1", year: int = 2019, on: date | None = MAY) -> Budget:
    return Budget(kind, "1", date(year, 1, 1), date(year, 12, 31), value(amount, currency, on))


def transaction(kind: str, amount: str, currency: str = "EUR", on: date | None = MAY) -> Transaction:
    return Transaction(kind, "", MAY, value(amount, currency, on), None, None, (), None, None)
