"""Money that moves: commitments, disbursements, incoming funds and the rest, each with its date and its two ends."""

from dataclasses import dataclass
from datetime import date

from lxml.etree import _Element

from colonnade.exchange.iati import codes
from colonnade.exchange.iati.organisations import TransactionOrganisation, read_transaction_organisation
from colonnade.exchange.iati.places import RecipientCountry, RecipientRegion, read_country, read_region
from colonnade.exchange.iati.sectors import Sector, read_sector
from colonnade.exchange.iati.values import Notes, Value, attribute, code, iso_date, value

INCOMING_FUNDS, OUTGOING_COMMITMENT, INCOMING_COMMITMENT = "1", "2", "11"


@dataclass(frozen=True, slots=True)
class Transaction:
    """One transaction. Sectors and places stand here where a publisher states them per transaction."""

    type: str
    ref: str
    on: date | None
    value: Value
    provider: TransactionOrganisation | None
    receiver: TransactionOrganisation | None
    sectors: tuple[Sector, ...]
    country: RecipientCountry | None
    region: RecipientRegion | None


def read_transactions(activity: _Element, currency: str, language: str, notes: Notes) -> tuple[Transaction, ...]:
    """Every transaction that has a type and a sound value; the others are left out and noted."""
    found = []
    for element in activity.findall("transaction"):
        kind_element = element.find("transaction-type")
        kind = ""
        if kind_element is not None:
            kind = code(kind_element, "code", codes.TRANSACTION_TYPE, "transaction type", notes)
        else:
            notes.add(element, "", "a transaction without a type; it is left out", "state its transaction-type")
        amount = value(element, currency, notes)
        if kind and amount is not None:
            found.append(_read(element, kind, amount, language, notes))
    return tuple(found)


def _read(element: _Element, kind: str, amount: Value, language: str, notes: Notes) -> Transaction:
    day = element.find("transaction-date")
    provider, receiver = element.find("provider-org"), element.find("receiver-org")
    country, region = element.find("recipient-country"), element.find("recipient-region")
    sectors = (read_sector(sector, language, notes) for sector in element.findall("sector"))
    return Transaction(
        type=kind,
        ref=attribute(element, "ref"),
        on=iso_date(day, "iso-date", notes) if day is not None else None,
        value=amount,
        provider=read_transaction_organisation(provider, language, notes) if provider is not None else None,
        receiver=read_transaction_organisation(receiver, language, notes) if receiver is not None else None,
        sectors=tuple(sector for sector in sectors if sector),
        country=read_country(country, notes) if country is not None else None,
        region=read_region(region, language, notes) if region is not None else None,
    )
