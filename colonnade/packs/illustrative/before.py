"""The portfolio before: what the earlier inventory said of the carried projects, and those that have left since."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from colonnade.packs.illustrative.allocation import by_share, deal
from colonnade.packs.illustrative.projects import NOT_BEGUN, Maker, carry_out, plan_one, usd
from colonnade.portfolio.reported import ReportedMoney, ReportedProject


def with_their_past(
    maker: Maker, projects: Sequence[ReportedProject], asked: Mapping[str, Any]
) -> tuple[list[ReportedProject], list[str | None]]:
    """Each carried project's status in the inventory before (``None``: was not there), and dates that allow for both.

    ``asked`` has a table ``carried_<status>`` for every status that carried projects have now.
    """
    then: dict[str, Iterator[str]] = {
        status: iter(deal(asked[f"carried_{status}"], maker.rng))
        for status in maker.vocabulary.targets["portfolio"]["carried"]
    }
    statuses = [next(then[project.status]) if project.status in then else None for project in projects]
    dated = [
        project if status is None else _between(maker, project, status, asked["as_of"])
        for project, status in zip(projects, statuses, strict=True)
    ]
    return dated, statuses


def make_before(
    maker: Maker, projects: Sequence[ReportedProject], statuses: Sequence[str | None], asked: Mapping[str, Any]
) -> list[ReportedProject]:
    """The earlier inventory. Raises ``ValueError`` where its parts do not add up to the number that was asked for."""
    rng = maker.rng
    carried = [(project, status) for project, status in zip(projects, statuses, strict=True) if status]
    places = range(len(carried))
    unknown = set(rng.sample([place for place in places if carried[place][0].scope], asked["scope_unknown"]))
    moved = set(rng.sample(places, asked["other_pillar"]))
    pillars = list(maker.vocabulary.targets["portfolio"]["pillars"])
    earlier = []
    for place, (project, status) in enumerate(carried):
        others = [code for code in pillars if code != project.pillar]
        budget, funding = _money_then(maker, project, status)
        earlier.append(
            replace(
                project,
                status=status,
                scope="" if place in unknown else project.scope,
                pillar=rng.choice(others) if place in moved else project.pillar,
                budget=budget,
                funding=funding,
            )
        )
    earlier += _left(maker, asked, pillars, first=len(projects) + 1)
    if len(earlier) != asked["projects"]:
        raise ValueError(f"the portfolio before has {len(earlier)} projects, not {asked['projects']}")
    return earlier


def _between(maker: Maker, project: ReportedProject, then: str, before: date) -> ReportedProject:
    """The project with dates by which it had the status ``then`` on the day ``before``, and has its own today."""
    day, as_of = maker.rng.randrange, maker.vocabulary.as_of
    gap = (as_of - before).days
    if then == "completed":
        ends = before - timedelta(days=day(10, 300))
        return replace(project, starts_on=ends - timedelta(days=day(300, 1100)), ends_on=ends)
    if then in NOT_BEGUN:
        starts = before + timedelta(days=day(gap // 10, gap * 3 // 4))
    else:
        starts = before - timedelta(days=day(30, 700))
    if project.status == "completed":
        return replace(project, starts_on=starts, ends_on=as_of - timedelta(days=day(gap // 20, gap // 5)))
    return replace(project, starts_on=starts, ends_on=as_of + timedelta(days=day(30, 900)))


def _money_then(maker: Maker, project: ReportedProject, then: str) -> tuple[ReportedMoney | None, ReportedMoney | None]:
    """Budget and funding as they were: nothing received before a project begins, all of it once it is completed."""
    if then == "completed":
        return project.budget, project.funding
    rng = maker.rng
    budget = _part(project.budget, rng.choice((100, 100, 100, 95, 90, 80, 110)))
    return budget, _part(project.funding, 0 if then in NOT_BEGUN else rng.choice((100, 60, 40, 20, 0)))


def _part(money: ReportedMoney | None, percent: int) -> ReportedMoney | None:
    if money is None:
        return None
    amount = Decimal(int(money.amount) * percent // 100)
    return replace(money, amount=amount, usd=amount)


def _left(maker: Maker, asked: Mapping[str, Any], pillars: Sequence[str], first: int) -> Iterator[ReportedProject]:
    """Projects of the earlier inventory that the later one no longer has."""
    rng, on = maker.rng, asked["as_of"]
    statuses = deal(asked["left"], rng)
    scopes = deal(by_share(len(statuses), asked["left_scopes"]), rng)
    for number, (status, scope) in enumerate(zip(statuses, scopes, strict=True), start=first):
        project = carry_out(maker, number, plan_one(maker, rng.choice(pillars), scope, status))
        amount = 40_000 * rng.randrange(2, 30)
        ends = on + timedelta(days=120) if status == "ongoing" else on - timedelta(days=rng.randrange(20, 300))
        yield replace(
            project,
            level="public",
            budget=usd(amount, on),
            funding=usd(amount if status == "completed" else amount * 3 // 4, on),
            starts_on=ends - timedelta(days=rng.randrange(500, 900)),
            ends_on=ends,
        )
