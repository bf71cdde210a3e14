"""Numbers, shares and dates under anything that a file may hold."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from colonnade.exchange.iati import codes
from colonnade.exchange.iati.values import Notes, add_up, decimal, iso_date, percentage, value

#: Text that XML can carry in an attribute.
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"))


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4))
def test_a_plain_number_reads_as_itself(number: Decimal) -> None:
    assert decimal(f"\n {number:f} ") == number


@settings(deadline=None)
@given(TEXT)
def test_text_reads_as_a_finite_number_or_as_none(text: str) -> None:
    found = decimal(text)
    assert found is None or (found.is_finite() and not set(text.strip()) - set("+-.0123456789"))


@settings(deadline=None)
@given(TEXT | st.decimals(min_value=-300, max_value=300, allow_nan=False).map(str))
def test_a_share_is_from_0_to_100_or_left_out_and_noted(text: str) -> None:
    element, notes = etree.Element("sector", percentage=text), Notes("made.xml")
    found = percentage(element, notes)
    assert found is None or 0 <= found <= 100
    assert (found is None) == (bool(notes.problems) or not text.strip())


@settings(deadline=None)
@given(
    st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    st.sampled_from(["", "Z", "T00:00:00", "T10:11:12.5+02:00", "-05:00"]),
)
def test_every_date_reads_as_itself(day: date, tail: str) -> None:
    notes = Notes("made.xml")
    assert iso_date(etree.Element("activity-date", attrib={"iso-date": f" {day}{tail}"}), "iso-date", notes) == day
    assert notes.problems == []


@settings(deadline=None)
@given(TEXT)
def test_a_text_is_a_date_or_noted(text: str) -> None:
    notes = Notes("made.xml")
    found = iso_date(etree.Element("activity-date", attrib={"iso-date": text}), "iso-date", notes)
    assert (found is None) == bool(notes.problems)


@settings(deadline=None)
@given(st.lists(st.integers(1, 1000), min_size=1, max_size=12))
def test_shares_of_a_whole_add_up_however_they_were_rounded(parts: list[int]) -> None:
    whole = sum(parts)
    assert add_up([round(Decimal(part) * 100 / whole, 2) for part in parts])


@settings(deadline=None)
@given(st.lists(st.none() | st.decimals(0, 100, places=2), max_size=6))
def test_shares_that_are_far_from_a_whole_do_not_add_up(shares: list[Decimal | None]) -> None:
    stated = [share for share in shares if share is not None]
    assert add_up(shares) == (not stated or abs(sum(stated, Decimal(0)) - 100) <= Decimal("0.1"))


@settings(deadline=None)
@given(TEXT, TEXT, st.sampled_from(["", "EUR"]))
def test_an_amount_has_a_known_currency_or_is_left_out_and_noted(amount: str, currency: str, default: str) -> None:
    budget, notes = etree.Element("budget"), Notes("made.xml")
    etree.SubElement(budget, "value", currency=currency).text = amount
    found = value(budget, default, notes)
    assert (found is None) == bool(notes.problems)
    assert found is None or found.money.currency in codes.CURRENCY
