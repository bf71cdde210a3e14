"""An appeal from its opening to its close: who does what, what counts, what a moment keeps, who is told of a pledge."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from colonnade.core.viewer import PUBLIC, Viewer
from colonnade.funding.actions import (
    Ask,
    FundRefused,
    Voucher,
    Years,
    acknowledge_pledge,
    add_entry,
    change_entry,
    close_appeal,
    end_plan,
    keep_moment,
    launch_appeal,
    open_appeal,
    pledge_to_appeal,
    record_receipt,
    remove_entry,
    show_to_others,
    state_plan,
    withdraw_pledge,
)
from colonnade.funding.appeal_sums import Sums
from colonnade.funding.appeal_workflow import APPEALS
from colonnade.funding.models import (
    Appeal,
    AppealEntry,
    AppealMoment,
    Contribution,
    FrozenSum,
    Intention,
    IntentionAmount,
    Pledge,
    Shown,
)
from colonnade.funding.queries import about, seen_appeal, seen_at, seen_entry
from colonnade.funding.tests.fund import Fund, by, pledge, usd
from colonnade.needs.models import Response

TODAY = timezone.localdate()
NAMES = ("officer", "auditor", "board", "donor", "other donor", "focal", "state")


def draft(fund: Fund) -> Appeal:
    return open_appeal(key="wells", title="The wells", first_year=TODAY.year, last_year=TODAY.year + 1, **by(fund))


def ask(fund: Fund, title: str = "A funded well", **more: Any) -> Ask:
    asked: dict[str, Any] = {"entity": fund.entity, "pillar": None, "requirement_usd": Decimal(1000)}
    return Ask(title=title, **{**asked, **more})


def launched(fund: Fund, *asks: Ask) -> tuple[Appeal, list[AppealEntry]]:
    appeal = draft(fund)
    entries = [add_entry(appeal=appeal, ask=one, **by(fund)) for one in asks or [ask(fund, project=fund.project)]]
    launch_appeal(appeal=appeal, **by(fund))
    appeal.refresh_from_db()
    return appeal, [AppealEntry.objects.unscoped("test").get(pk=one.pk) for one in entries]


def promised(fund: Fund, entry: AppealEntry, amount: str = "400", shown: str = Shown.NOTHING, **more: Any) -> Intention:
    asked: dict[str, Any] = {
        "contributor": fund.giver, "currency": "USD", "years": Years(TODAY.year, TODAY.year), "window": fund.general,
        **by(fund, "donor"),
    }  # fmt: skip
    said = pledge_to_appeal(entry=entry, amount=Decimal(amount), shown=shown, beyond=True, **{**asked, **more})
    acknowledge_pledge(pledge=Pledge.objects.unscoped("test").get(pk=said.rests_on_id or 0), **by(fund))
    return Intention.objects.unscoped("test").select_related("rests_on").get(pk=said.pk)


def whole(appeal: Appeal, viewer: Viewer) -> Sums:
    return seen_appeal(viewer, appeal).whole


def test_an_entry_of_a_draft_is_read_inside_the_compact_alone(fund: Fund) -> None:
    appeal = draft(fund)
    entry = add_entry(appeal=appeal, ask=ask(fund), **by(fund))
    assert (entry.level, entry.level_at_launch) == ("compact", "public")
    assert seen_appeal(PUBLIC, appeal).asked == ()
    assert seen_appeal(fund.viewer("donor"), appeal).asked == ()
    assert len(seen_appeal(fund.viewer("focal"), appeal).asked) == 1
    launch_appeal(appeal=appeal, **by(fund))
    appeal.refresh_from_db()
    (seen,) = seen_appeal(PUBLIC, appeal).asked
    assert (seen.entry.level, seen.entry.at_launch) == ("public", True)
    assert appeal.launched_in == TODAY.isoformat()


def test_what_is_asked_for_narrowly_stays_narrow_at_the_launch(fund: Fund) -> None:
    appeal, _entries = launched(fund, ask(fund, "Open"), ask(fund, "Narrow", level="restricted"))
    assert [one.entry.title for one in seen_appeal(PUBLIC, appeal).asked] == ["Open"]
    assert len(seen_appeal(fund.viewer("officer"), appeal).asked) == 2
    assert len(seen_appeal(fund.viewer("focal"), appeal).asked) == 1


@pytest.mark.parametrize("name", [name for name in NAMES if name != "officer"])
def test_the_secretariat_alone_runs_an_appeal(fund: Fund, name: str) -> None:
    appeal, (entry,) = launched(fund)
    for write in (
        lambda: open_appeal(key="x", title="x", first_year=2020, last_year=2020, **by(fund, name)),
        lambda: add_entry(appeal=appeal, ask=ask(fund), **by(fund, name)),
        lambda: change_entry(entry=entry, ask=ask(fund), seen_version=entry.version, **by(fund, name)),
        lambda: remove_entry(entry=entry, because="b", **by(fund, name)),
        lambda: keep_moment(appeal=appeal, title="t", **by(fund, name)),
        lambda: close_appeal(appeal=appeal, **by(fund, name)),
    ):
        with pytest.raises(FundRefused, match="Only the secretariat"):
            write()


def test_an_appeal_goes_from_draft_to_launched_to_closed_and_never_back(fund: Fund) -> None:
    appeal = draft(fund)
    with pytest.raises(FundRefused, match="add a project first"):
        launch_appeal(appeal=appeal, **by(fund))
    with pytest.raises(FundRefused, match="not open where the record stands"):
        close_appeal(appeal=appeal, **by(fund))
    with pytest.raises(FundRefused, match="not launched yet"):
        keep_moment(appeal=appeal, title="t", **by(fund))
    add_entry(appeal=appeal, ask=ask(fund), **by(fund))
    launch_appeal(appeal=appeal, **by(fund))
    with pytest.raises(FundRefused, match="not open where the record stands"):
        launch_appeal(appeal=appeal, **by(fund))
    close_appeal(appeal=appeal, **by(fund))
    with pytest.raises(FundRefused, match="closed"):
        add_entry(appeal=appeal, ask=ask(fund), **by(fund))
    kinds = AppealMoment.objects.filter(appeal=appeal).values_list("number", "kind")
    assert list(kinds) == [(1, "launch"), (2, "later")]
    assert '"drafted" -> "launched"' in APPEALS.diagram()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": " "}, "title"),
        ({"requirement_usd": Decimal(0)}, "above zero"),
        ({"requirement_usd": Decimal("1.005")}, "two decimals"),
        ({"starts_on": date(2020, 2, 1), "ends_on": date(2020, 1, 1)}, "before it begins"),
        ({"partial_sums": "half a well"}, "half a well"),
        ({"partial_sums": "1001 more than all"}, "not above the requirement"),
    ],
)
def test_what_does_not_hold_is_refused_and_nothing_is_written(fund: Fund, wrong: dict[str, Any], said: str) -> None:
    appeal = draft(fund)
    with pytest.raises(FundRefused, match=said):
        add_entry(appeal=appeal, ask=Ask(**{**_values(ask(fund)), **wrong}), **by(fund))
    assert not AppealEntry.objects.unscoped("test").filter(appeal=appeal).exists()


def _values(of: Ask) -> dict[str, Any]:
    return {name: getattr(of, name) for name in ("title", "entity", "pillar", "requirement_usd")}


def test_a_project_is_in_an_appeal_once_and_may_come_back(fund: Fund) -> None:
    appeal, (entry,) = launched(fund)
    with pytest.raises(FundRefused, match="already"):
        add_entry(appeal=appeal, ask=ask(fund, project=fund.project), **by(fund))
    remove_entry(entry=entry, because="It was dug", **by(fund))
    assert seen_appeal(PUBLIC, appeal).asked == ()
    add_entry(appeal=appeal, ask=ask(fund, project=fund.project), **by(fund))
    assert len(seen_appeal(PUBLIC, appeal).asked) == 1


def test_a_save_over_what_somebody_else_changed_is_refused(fund: Fund) -> None:
    _appeal, (entry,) = launched(fund)
    change_entry(entry=entry, ask=ask(fund, "Other"), seen_version=entry.version, **by(fund))
    with pytest.raises(FundRefused, match="while you were writing"):
        change_entry(entry=entry, ask=ask(fund, "Mine"), seen_version=entry.version, **by(fund))


def test_money_counts_from_the_day_on_which_the_project_joined(fund: Fund) -> None:
    appeal, (entry,) = launched(fund)
    for day, amount in ((date(TODAY.year - 1, 1, 1), 300), (TODAY, 70)):
        Contribution.objects.unscoped("test").create(
            contributor=fund.giver, project=fund.project, level="public", currency="USD", amount=amount,
            amount_usd=amount, received_on=day,
        )  # fmt: skip
    assert whole(appeal, PUBLIC).received == 70
    AppealEntry.objects.unscoped("test").filter(pk=entry.pk).update(joined_on=date(TODAY.year - 1, 1, 1))
    assert whole(appeal, PUBLIC).received == 370


def test_what_the_fund_allocated_is_received_and_was_paid_for_once(fund: Fund) -> None:
    appeal, (entry,) = launched(fund)
    fund.receive("5000.00")
    fund.allocate("250.00")
    officer = fund.viewer("officer")
    assert whole(appeal, officer).received == 250
    said = promised(fund, entry, "600")
    record_receipt(
        contributor=fund.giver, amount=Decimal(200), currency="USD", voucher=Voucher(TODAY, "R/2"),
        window=fund.general, pledge=said.rests_on, **by(fund),
    )  # fmt: skip
    found = whole(appeal, officer)
    assert (found.received, found.pledged, found.shortfall) == usd(250, 400, 350)
    record_receipt(
        contributor=fund.giver, amount=Decimal(400), currency="USD", voucher=Voucher(TODAY, "R/3"),
        window=fund.general, pledge=said.rests_on, **by(fund),
    )  # fmt: skip
    found = whole(appeal, officer)
    assert (found.received, found.pledged, found.shortfall) == usd(600, 0, 400)
    # Nobody who may not read what came in is told of it.
    assert whole(appeal, PUBLIC) == Sums(usd(1000)[0], shortfall=usd(1000)[0])


@pytest.mark.parametrize("outside", [False, True])
def test_who_sees_what_of_a_pledge_is_what_its_donor_lets_them(fund: Fund, outside: bool) -> None:
    appeal, (entry,) = launched(fund, ask(fund, project=None if outside else fund.project))
    said = promised(fund, entry)

    def told() -> dict[str, tuple[bool, Decimal]]:
        viewers = {name: fund.viewer(name) for name in NAMES} | {"public": PUBLIC}
        return {
            name: (Intention.objects.visible_to(viewer).exists(), whole(appeal, viewer).pledged)
            for name, viewer in viewers.items()
        }

    of_the_books = ("officer", "auditor", "board", "donor")
    hidden = dict.fromkeys((*NAMES, "public"), (False, Decimal(0))) | dict.fromkeys(of_the_books, (True, Decimal(400)))
    assert told() == hidden
    show_to_others(intention=said, shown=Shown.PRESENCE, **by(fund, "donor"))
    assert told() == {**hidden, "other donor": (True, Decimal(0))}
    show_to_others(intention=said, shown=Shown.AMOUNT, **by(fund, "donor"))
    assert told() == dict.fromkeys((*NAMES, "public"), (True, Decimal(400)))
    show_to_others(intention=said, shown=Shown.NOTHING, **by(fund, "donor"))
    assert told() == hidden


def test_a_donor_speaks_for_nobody_else(fund: Fund) -> None:
    appeal, (entry,) = launched(fund)
    said = promised(fund, entry)
    writes: tuple[Callable[[], object], ...] = (
        lambda: promised(fund, entry, contributor=fund.other_giver),
        lambda: show_to_others(intention=said, shown=Shown.AMOUNT, **by(fund, "other donor")),
        lambda: state_plan(
            appeal=appeal, contributor=fund.other_giver, years=Years(TODAY.year, TODAY.year), shown=Shown.AMOUNT,
            entry=entry, **by(fund, "donor"),
        ),
        lambda: promised(fund, entry, **by(fund, "focal")),
    )  # fmt: skip
    for write in writes:
        with pytest.raises(FundRefused, match=r"Only (somebody who answers|the donor)"):
            write()
    with pytest.raises(FundRefused, match="withdrawn on the page of the pledge"):
        end_plan(intention=said, **by(fund, "donor"))


def test_a_withdrawn_pledge_is_told_to_nobody(fund: Fund) -> None:
    appeal, (entry,) = launched(fund)
    said = promised(fund, entry, shown=Shown.AMOUNT)
    assert said.rests_on is not None
    withdraw_pledge(pledge=said.rests_on, reason="A change of plan", **by(fund))
    assert whole(appeal, PUBLIC).pledged == 0
    assert Intention.objects.unscoped("test").get(pk=said.pk).ended_on == TODAY


def test_a_plan_is_in_no_total_and_its_amount_is_a_row_of_its_own(fund: Fund) -> None:
    appeal, (entry,) = launched(fund)
    plan = state_plan(
        appeal=appeal, contributor=fund.giver, years=Years(TODAY.year, TODAY.year + 1), shown=Shown.PRESENCE,
        entry=entry, amount=Decimal(77), **by(fund, "donor"),
    )  # fmt: skip
    assert whole(appeal, fund.viewer("donor")).pledged == 0
    other = fund.viewer("other donor")
    assert Intention.objects.visible_to(other).get() == plan
    assert not IntentionAmount.objects.visible_to(other).exists()
    assert not Intention.objects.visible_to(PUBLIC).exists()
    show_to_others(intention=plan, shown=Shown.AMOUNT, **by(fund, "donor"))
    assert IntentionAmount.objects.visible_to(PUBLIC).get().amount_usd == 77
    end_plan(intention=plan, **by(fund, "donor"))
    with pytest.raises(FundRefused, match="ended already"):
        end_plan(intention=plan, **by(fund, "donor"))


def test_a_pledge_of_a_project_that_the_keepers_wrote_down_counts_as_well(fund: Fund) -> None:
    appeal, _entries = launched(fund)
    pledge(fund, amount=Decimal(90), currency="USD", pledged_on=TODAY, project=fund.project, level="public")
    assert whole(appeal, PUBLIC).pledged == 90
    Pledge.objects.unscoped("test").update(pledged_on=date(2019, 1, 1))
    assert whole(appeal, PUBLIC).pledged == 0


def test_a_moment_keeps_what_was_and_tells_each_reader_what_they_may_read_now(fund: Fund) -> None:
    appeal, (entry,) = launched(fund)
    promised(fund, entry, "300")
    promised(fund, entry, "100", shown=Shown.AMOUNT)
    moment = keep_moment(appeal=appeal, title="March", **by(fund))
    change_entry(entry=entry, ask=ask(fund, requirement_usd=Decimal(2000)), seen_version=entry.version, **by(fund))
    promised(fund, entry, "50", shown=Shown.AMOUNT)

    def then(name: str) -> tuple[Decimal, Decimal]:
        viewer = fund.viewer(name) if name != "public" else PUBLIC
        (one,) = seen_at(viewer, moment)
        return one.sums.requirement, one.sums.pledged

    assert then("officer") == then("donor") == then("board") == usd(1000, 400)
    assert then("public") == then("other donor") == usd(1000, 100)
    assert whole(appeal, PUBLIC).pledged == 150
    kinds = FrozenSum.objects.visible_to(PUBLIC).filter(moment=moment).values_list("kind", flat=True)
    assert set(kinds) == {"pledged"}


@pytest.mark.parametrize("table", ["funding_appealmoment", "funding_frozenentry", "funding_frozensum"])
def test_what_was_kept_is_not_changed(fund: Fund, table: str) -> None:
    _appeal, (entry,) = launched(fund)
    promised(fund, entry)
    keep_moment(appeal=entry.appeal, title="t", **by(fund))
    for statement in ("DELETE FROM {}", "UPDATE {} SET id = id"):
        with pytest.raises(DatabaseError, match=r"only ever added to|denied"), transaction.atomic():
            connection.cursor().execute(statement.format(table))


def test_themes_places_and_needs_are_those_of_the_project(fund: Fund) -> None:
    appeal, (entry,) = launched(fund)
    found = about(fund.viewer("officer"), [entry])
    assert found.of("themes", entry) == []
    assert not Response.objects.unscoped("test").exists()
    seen = seen_entry(PUBLIC, appeal, entry.public_id)
    assert seen is not None
    assert seen.sums.shortfall == 1000
    assert seen_entry(PUBLIC, appeal, "nothing") is None


def test_a_donor_asks_for_money_of_a_launched_appeal_in_its_years(fund: Fund) -> None:
    appeal, (entry,) = launched(fund)
    with pytest.raises(FundRefused, match="This appeal is for"):
        promised(fund, entry, years=Years(1999, 1999))
    with pytest.raises(FundRefused, match="before the first"):
        promised(fund, entry, years=Years(TODAY.year + 1, TODAY.year))
    with pytest.raises(FundRefused, match="what others see"):
        promised(fund, entry, shown="everything")
    with pytest.raises(FundRefused, match="what it is for"):
        state_plan(
            appeal=appeal, contributor=fund.giver, years=Years(TODAY.year, TODAY.year), shown=Shown.NOTHING,
            **by(fund, "donor"),
        )  # fmt: skip
    close_appeal(appeal=appeal, **by(fund))
    with pytest.raises(FundRefused, match="closed"):
        promised(fund, entry)
