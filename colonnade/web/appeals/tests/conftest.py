"""The small house with a fund and a launched appeal of two projects in it, and a browser for each of its people."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from colonnade.funding.actions import (
    Ask,
    Years,
    acknowledge_pledge,
    add_entry,
    launch_appeal,
    open_appeal,
    pledge_to_appeal,
)
from colonnade.funding.models import Appeal, AppealEntry, Intention, Pledge
from colonnade.funding.tests.fund import Fund, by, make_fund
from colonnade.places.models import Country
from colonnade.portfolio.models import ProjectCountry, ProjectTheme
from colonnade.strategy.models import Pillar, Strategy, Theme
from colonnade.web.conftest import House

As = Callable[[str], Client]
YEAR = timezone.localdate().year


@dataclass
class Call:
    """The appeal, its entries by title, and the fund."""

    fund: Fund
    appeal: Appeal

    def entry(self, title: str) -> AppealEntry:
        return AppealEntry.objects.unscoped("test").select_related("appeal").get(title=title, appeal=self.appeal)

    def address(self, title: str, more: str = "") -> str:
        return f"/money/appeals/wells/projects/{self.entry(title).public_id}/{more}"

    def pledge(self, amount: int, shown: str, title: str = "A funded well") -> Intention:
        """The donor's pledge, which an officer acknowledged."""
        said = pledge_to_appeal(
            entry=self.entry(title), contributor=self.fund.giver, amount=Decimal(amount), currency="USD",
            years=Years(YEAR, YEAR), shown=shown, window=self.fund.general, beyond=True,
            **by(self.fund, "donor"),
        )  # fmt: skip
        rests = Pledge.objects.unscoped("test").get(pk=said.rests_on_id or 0)
        acknowledge_pledge(pledge=rests, **by(self.fund))
        return Intention.objects.unscoped("test").get(pk=said.pk)

    def add(self, title: str, requirement: int, **more: Any) -> AppealEntry:
        """One more project."""
        return add_entry(appeal=self.appeal, ask=ask(self.fund, title, requirement, **more), **by(self.fund))


def ask(fund: Fund, title: str, requirement: int, **more: Any) -> Ask:
    return Ask(title=title, requirement_usd=Decimal(requirement), **{"entity": fund.entity, "pillar": None, **more})


@pytest.fixture
def fund(house: House, settings: LazySettings) -> Fund:  # noqa: ARG001  # its strategy
    """The fund, in the house."""
    Strategy.objects.update(fund="The Well Fund")
    return make_fund(Path(settings.PACK_DIR))


@pytest.fixture
def call(fund: Fund) -> Call:
    """One project of the portfolio in two States and a theme, one outside it that the compact alone reads."""
    theme = Theme.objects.order_by("pk").first() or Theme.objects.create(
        code="deep-water", title="Deep water", short_title="Deep", position=1, pillar=Pillar.objects.first(), source="s"
    )
    ProjectTheme.objects.unscoped("test").create(project=fund.project, theme=theme)
    for state in Country.objects.filter(code__in=("QFA", "QFB")):
        ProjectCountry.objects.unscoped("test").create(project=fund.project, country=state)
    appeal = open_appeal(key="wells", title="The call for wells", first_year=YEAR, last_year=YEAR + 1, **by(fund))
    made = Call(fund, appeal)
    made.add(
        "A funded well", 1000, project=fund.project, pillar=Pillar.objects.first(), priority="high",
        partial_sums="400 The drilling\n800 The pump",
    )  # fmt: skip
    made.add("A well of the compact", 300, level="compact")
    launch_appeal(appeal=appeal, **by(fund))
    appeal.refresh_from_db()
    return made


@pytest.fixture
def signed_in(fund: Fund) -> As:
    """A browser for somebody of the fund; ``public`` for nobody."""

    def browser(name: str) -> Client:
        client = Client()
        if name != "public":
            client.force_login(fund.people[name])
        return client

    return browser
