"""The fund at a glance: what came in, is committed, went out and is free, by window and earmark."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.core.problems import ProblemsFound
from colonnade.core.viewer import Viewer
from colonnade.funding.models import Window
from colonnade.funding.queries import PurseStanding, aged, pledges, together
from colonnade.reporting.claims.loading import load_claims
from colonnade.reporting.claims.model import Claim
from colonnade.strategy.models import Strategy
from colonnade.web.fund.amounts import cell, number, of_purse, to_the_cent
from colonnade.web.fund.purses import earmark_title
from colonnade.web.shared.blocks import Stat
from colonnade.web.shared.facts import Fact, Line, facts
from colonnade.web.shared.numbers import CellView, HeaderView, LinkedNumber, TableView
from colonnade.web.shared.record_addresses import record_address

CLAIMS: Final = "claims.toml"


def glance_stats(viewer: Viewer, rows: list[PurseStanding]) -> tuple[Stat, ...]:
    """In, committed, out, free: of all purses together."""
    whole = together(row.balance for row in rows)
    to_come = sum(aged(pledges(viewer, timezone.localdate())), Decimal(0))
    came = [
        Stat(_("Money in"), number(whole.new_money, of="given"), _("given to the fund, in cash")),
        Stat(
            _("Passed on to it"),
            number(whole.transfers_in, of="passed_on"),
            _("by other entities, where it was counted as given"),
        ),
        Stat(_("In kind"), number(whole.in_kind, of="in_kind"), _("at its valuation")),
    ]
    stood = [
        Stat(
            _("Still to come"),
            LinkedNumber(to_the_cent(to_come), reverse("fund-pledges")),
            _("of what was pledged"),
        ),
        Stat(_("Committed"), number(whole.committed, of="committed"), _("allocated and not spent yet")),
        Stat(
            _("Out"),
            number(whole.spent + whole.support, of="out"),
            _("spent by projects, with programme support"),
        ),
        Stat(_("Free"), number(whole.free, of="free"), _("can be allocated")),
    ]
    there = (whole.new_money, whole.transfers_in, whole.in_kind)
    # Money is always said; the others where there was any.
    return (came[0], *(stat for stat, amount in zip(came[1:], there[1:], strict=True) if amount), *stood)


def purses_table(rows: list[PurseStanding]) -> TableView:
    """Every window, and within it every earmark."""
    header = (
        HeaderView(_("Window")),
        HeaderView(_("Earmark")),
        HeaderView(_("Free"), numeric=True),
        HeaderView(_("Committed"), numeric=True),
        HeaderView(_("Came in"), numeric=True),
        HeaderView(_("Went out"), numeric=True),
        HeaderView(_("Balance"), numeric=True),
    )
    made = []
    for row in rows:
        asked, balance = of_purse(row.window, row.earmark), row.balance
        made.append(
            (
                CellView(str(row.window), header=True),
                CellView(earmark_title(row.earmark)),
                cell(balance.free, **asked, of="free"),
                cell(balance.committed, **asked, of="committed"),
                cell(balance.received, **asked, of="came_in"),
                cell(balance.spent + balance.support, **asked, of="out"),
                cell(balance.held, **asked, of="held"),
            )
        )
    whole = together(row.balance for row in rows)
    totals = (
        CellView(_("Total"), header=True),
        CellView(""),
        cell(whole.free, of="free"),
        cell(whole.committed, of="committed"),
        cell(whole.received, of="came_in"),
        cell(whole.spent + whole.support, of="out"),
        cell(whole.held, of="held"),
    )
    note = _(
        "US dollars. What came in is after refunds and with moves between windows, in cash; goods and services in kind"
        " stand apart. The balance is in cash and with entities; less what is committed, it is free."
    )
    return TableView(_("By window and earmark"), header, tuple(made), totals, note)


def windows_table(windows: list[Window]) -> TableView:
    """The windows as the data pack states them, without amounts."""
    header = (
        HeaderView(_("Window")),
        HeaderView(_("Pillar")),
        HeaderView(_("Programme support (per cent)"), numeric=True),
        HeaderView(_("Source")),
    )
    rows = tuple(
        (
            CellView(str(window), header=True, aside=window.note),
            CellView(window.pillar.code, record_address("pillar", window.pillar.code))
            if window.pillar
            else CellView(_("All")),
            CellView(f"{window.support_percent.normalize():f}", numeric=True),
            CellView(window.source),
        )
        for window in windows
    )
    return TableView(_("Windows of the fund"), header, rows)


def resources(strategy: Strategy | None) -> list[Fact]:
    """Voluntary contributions beside the regular budget: the share that the strategy's document states."""
    claim = _claim(settings.PACK_DIR / CLAIMS, strategy.voluntary_claim) if strategy else None
    if claim is None:
        return []
    share, more_than, of, source = claim
    rest = f"{100 - share:f}"
    voluntary = _("over %(share)s per cent") if more_than else _("%(share)s per cent")
    regular = _("under %(share)s per cent") if more_than else _("%(share)s per cent")
    whole = _("of %(whole)s") % {"whole": of}
    return facts(
        (_("Voluntary contributions"), Line(voluntary % {"share": f"{share:f}"}, aside=whole)),
        (_("Regular budget and all else"), Line(regular % {"share": rest})),
        (_("Source"), source),
    )


def _claim(path: Path, key: str) -> tuple[Decimal, bool, str, str] | None:
    """The value, whether it is a bound, the whole that it is of, and the source of a claim of the data pack."""
    claim = _claims(path, path.stat().st_mtime_ns).get(key) if key and path.is_file() else None
    if claim is None or claim.value is None:
        return None
    value = Decimal(claim.value.numerator) / Decimal(claim.value.denominator)
    return value, claim.qualifier == "more_than", claim.of, claim.source


@lru_cache(maxsize=2)
def _claims(path: Path, changed: int) -> Mapping[str, Claim]:  # noqa: ARG001  # a file that changed is read again
    try:
        return load_claims(path).claims
    except ProblemsFound:  # `colonnade report check` names them
        return {}
