"""What the database itself refuses, whoever writes with whatever SQL: as the application's login and as the owner."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, connections, transaction

from colonnade.funding.actions import Voucher, close_books
from colonnade.funding.bookkeeping import TAKES_FROM_FREE
from colonnade.funding.models import Allocation, Entry, Posting
from colonnade.funding.policies import ONLY_ADDED_TO
from colonnade.funding.tests.fund import DAY, TEST, Fund


@contextmanager
def refused(words: str) -> Iterator[None]:
    """What is written inside is refused, at the latest when it is committed."""
    with pytest.raises(DatabaseError, match=words), committed():
        yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def committed() -> Iterator[None]:
    """What a commit looks at is looked at when the block ends."""
    with transaction.atomic():
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def write(fund: Fund, *lines: tuple[str, str], on: date = DAY, **more: object) -> Entry:
    """An entry by SQL of one's own, past every rule of the application."""
    entry = Entry.objects.unscoped("test").create(
        on=on, kind="receipt", narrative="", document="x", recorded_by=fund.people["officer"], **more
    )
    Posting.objects.unscoped("test").bulk_create(
        Posting(entry=entry, account=account, window=fund.general, currency="USD", amount=usd, usd=usd)
        for account, usd in ((account, Decimal(usd)) for account, usd in lines)
    )
    return entry


def test_an_entry_whose_debits_and_credits_differ_is_not_committed(fund: Fund) -> None:
    with refused("debits and credits of entry"):
        write(fund, ("cash", "10.00"), ("contributions", "-9.99"))


def test_an_entry_balances_in_each_purse_and_not_only_over_all(fund: Fund) -> None:
    with refused("debits and credits of entry"):
        entry = write(fund, ("cash", "10.00"))
        Posting.objects.unscoped("test").create(
            entry=entry, account="contributions", window=fund.narrow, currency="USD", amount=-10, usd=-10
        )


def test_a_line_is_not_slipped_into_an_entry_later(fund: Fund) -> None:
    entry = fund.receive()
    with refused("debits and credits of entry"):
        Posting.objects.unscoped("test").create(
            entry=entry, account="cash", window=fund.general, currency="USD", amount=1, usd=1
        )


@pytest.mark.parametrize("account", sorted(TAKES_FROM_FREE))
def test_no_account_overdraws_a_purse(fund: Fund, account: str) -> None:
    fund.receive("10.00")
    with refused("would be overdrawn by 0.01"):
        write(fund, (account, "10.01"), ("cash", "-10.01"))


def test_a_purse_is_overdrawn_on_no_day_of_the_past(fund: Fund) -> None:
    fund.receive("10.00")
    write(fund, ("encumbered", "10.00"), ("reserved", "-10.00"))
    fund.receive("10.00")
    with refused("would be overdrawn by 10.00"):
        write(fund, ("encumbered", "10.00"), ("reserved", "-10.00"), on=date(2019, 5, 19))


@pytest.mark.parametrize("table", ONLY_ADDED_TO)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_application_can_not_change_or_remove_what_stands(fund: Fund, table: str, statement: str) -> None:
    fund.receive()
    close_books(until=DAY, person=fund.people["officer"], actor=TEST)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize("table", ONLY_ADDED_TO)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_owner_of_the_tables_can_not_either(table: str, statement: str) -> None:
    owner = connections["owner"]
    with (
        pytest.raises(DatabaseError, match="only ever added to"),
        transaction.atomic("owner"),
        owner.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


def test_nothing_is_dated_into_closed_books(fund: Fund) -> None:
    close_books(until=DAY, person=fund.people["officer"], actor=TEST)
    with refused("are closed"):
        write(fund, ("cash", "10.00"), ("contributions", "-10.00"))


def test_an_entry_is_corrected_once_and_a_correction_never(fund: Fund) -> None:
    entry = fund.receive("10.00")
    lines = (("cash", "-10.00"), ("contributions", "10.00"))
    first = write_correction(fund, entry, lines)
    with refused("duplicate key"):
        write_correction(fund, entry, lines)
    with refused("a correction is not corrected"):
        write_correction(fund, first, (("cash", "10.00"), ("contributions", "-10.00")))


def write_correction(fund: Fund, entry: Entry, lines: tuple[tuple[str, str], ...]) -> Entry:
    made = Entry.objects.unscoped("test").create(
        on=DAY, kind="correction", corrects=entry, narrative="", document="x", recorded_by=fund.people["officer"]
    )
    Posting.objects.unscoped("test").bulk_create(
        Posting(entry=made, account=account, window=fund.general, currency="USD", amount=usd, usd=usd)
        for account, usd in ((account, Decimal(usd)) for account, usd in lines)
    )
    return made


def test_a_posting_in_another_currency_has_its_rate_and_source(fund: Fund) -> None:
    entry = fund.receive()
    with refused("a_posting_has_its_rate"):
        Posting.objects.unscoped("test").create(
            entry=entry, account="cash", window=fund.general, currency="EUR", amount=1, usd=1
        )


def test_whoever_proposed_an_allocation_does_not_decide_it(fund: Fund) -> None:
    fund.receive()
    made = fund.allocate()
    rows = Allocation.objects.unscoped("test").filter(pk=made.pk)
    with refused("not decided again"):
        rows.update(amount_usd=1)
    fresh = Allocation.objects.unscoped("test").create(
        project=fund.project,
        entity=fund.entity,
        window=fund.general,
        amount_usd=1,
        support_usd=0,
        support_percent=0,
        proposed_by=fund.people["officer"],
    )
    with refused("another_person_decides_an_allocation"):
        Allocation.objects.unscoped("test").filter(pk=fresh.pk).update(
            standing="approved", decided_by=fund.people["officer"]
        )


def test_every_change_of_the_books_is_in_the_log(fund: Fund) -> None:
    fund.receive(voucher=Voucher(DAY, "R/77"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, count(*) FROM audit_event WHERE action = 'record_receipt' GROUP BY 1 ORDER BY 1"
        )
        assert cursor.fetchall() == [("funding_entry", 1), ("funding_posting", 2)]
