"""A statement as a file says its period and its total; a correction is proposed for the day of what it corrects."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from colonnade.funding.actions import Voucher, close_books, record_in_kind
from colonnade.funding.tests.fund import Fund, by
from colonnade.web.fund.tests.conftest import As
from colonnade.web.fund.tests.reading import at, busy

PERIOD = "first=2019-05-01&last=2019-05-31"


def with_goods(fund: Fund) -> None:
    """A lively month, in which goods came as well."""
    busy(fund)
    fund.receive("300.00", window=fund.narrow)
    who: dict[str, Any] = {"contributor": fund.giver, "window": fund.narrow, "voucher": Voucher(date(2019, 5, 9), "V")}
    record_in_kind(**who, amount=Decimal(80), currency="USD", **by(fund))


def test_the_csv_has_its_period_its_total_and_goods_apart(fund: Fund, signed_in: As) -> None:
    with_goods(fund)
    answer = signed_in("auditor").get(f"/money/fund/statement.csv?{PERIOD}")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]  # streamed
    assert lines[0].startswith("From,Until,Code,Window,Earmark,Opening balance,Given,")
    assert lines[0].endswith(",In kind, in no balance") or lines[0].endswith(',"In kind, in no balance"')
    assert lines[1].startswith("2019-05-01,2019-05-31,general,General,Without earmark,0.00,111185.00,")
    assert lines[2].startswith("2019-05-01,2019-05-31,narrow,Narrow,Without earmark,0.00,300.00,")
    assert lines[2].endswith(",80.00")
    assert lines[-1].startswith("2019-05-01,2019-05-31,,Total,,0.00,111485.00,")
    assert lines[-1].endswith(",80.00")
    assert len(lines) == 4


def test_the_workbook_has_the_same_numbers_and_says_what_they_are(fund: Fund, signed_in: As) -> None:
    with_goods(fund)
    answer = signed_in("auditor").get(f"/money/fund/statement.xlsx?{PERIOD}")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a streamed answer
    book = load_workbook(BytesIO(content))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert rows[0][6] == "Given"
    assert [row[6] for row in rows[1:]] == [111185, 300, 111485]
    assert rows[-1][3] == "Total"
    about = {row[0].value: row[1].value for row in book.worksheets[1].iter_rows()}
    assert about["Statement of the fund"] == "2019-05-01 – 2019-05-31"
    assert about["As seen by"] == "the secretariat"
    assert signed_in("donor").get(f"/money/fund/statement.xlsx?{PERIOD}").status_code == 404


def test_goods_in_kind_stand_apart_on_the_page(fund: Fund, signed_in: As) -> None:
    with_goods(fund)
    page = at(signed_in("auditor"), f"statement/?{PERIOD}")
    assert "In kind, in no balance" in page
    assert "Narrow Without earmark 0.00 300.00 0.00 0.00 0.00 0.00 0.00 300.00 0.00 300.00 80.00" in page


def test_a_correction_is_proposed_for_the_day_of_the_entry_while_that_is_open(fund: Fund, signed_in: As) -> None:
    entry = fund.receive("999.00")
    client = signed_in("officer")
    address = f"entries/{entry.public_id}/correct/"
    page = at(client, address).replace("\u00a0", " ")
    assert "Dated 20 May 2019, as the entry is, it takes the entry out of statements of 2019" in page
    body = client.get(f"/money/fund/{address}").content.decode()
    proposed = re.search(r'name="on" value="([^"]*)"', body)
    assert proposed is not None
    assert proposed[1] == "2019-05-20"
    assert client.post(f"/money/fund/{address}", {"on": proposed[1], "reason": "Twice"}).status_code == 302
    assert "0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00" in at(client, "statement/?first=2019-01-01&last=2019-12-31")


def test_where_the_books_are_closed_the_form_says_which_period_gets_the_minus(fund: Fund, signed_in: As) -> None:
    entry = fund.receive("999.00")
    close_books(until=date(2019, 12, 31), **by(fund))
    client = signed_in("officer")
    page = at(client, f"entries/{entry.public_id}/correct/").replace("\u00a0", " ")
    assert "The books are closed up to 31 Dec 2019: statements of 2019 keep the entry of 20 May 2019" in page
    assert 'name="on" value="2019' not in client.get(f"/money/fund/entries/{entry.public_id}/correct/").content.decode()
