"""The small house with money in it: rounds of seed money, a published list of contributors, an appeal."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import LazySettings

from colonnade.funding.models import Appeal, AppealEntry, Contribution, Contributor, SeedAward, SeedRound
from colonnade.members.models import Entity
from colonnade.portfolio.models import InventoryEntry, Project
from colonnade.strategy.models import Pillar
from colonnade.web.conftest import House


@pytest.fixture
def funded(house: House, settings: LazySettings) -> House:
    """Two rounds (one published otherwise than its awards), three contributors, an appeal of three levels."""
    report = Path(settings.PACK_DIR) / "reports" / "annual" / "report.toml"
    report.write_text(report.read_text() + 'appeal = "wells-appeal"\n')
    water = Entity.objects.get(code="WATER")
    SeedRound.objects.filter(code="2019").update(
        ceiling_usd=Decimal(100), published_count=2, published_total_usd=Decimal(150)
    )
    early = SeedRound.objects.create(
        code="2018", title="Round of 2018", year=2018, source="s", published_count=1, published_total_usd=Decimal(70)
    )
    SeedAward.objects.create(round=early, number=1, title="A pump", amount_usd=Decimal(70), entity=water, source="s")
    SeedRound.objects.create(code="2020", title="Round of 2020", year=2020, source="s")
    for rank, code in enumerate(("first", "second"), start=1):
        Contributor.objects.create(
            code=code, name=f"The {code} giver", kind="state", rank=rank, source="s", provenance="published"
        )
    Contributor.objects.filter(code="second").update(in_kind_usd=Decimal(1_500_000), in_kind_year=2018)
    giver = Contributor.objects.get(code="giver")
    for reference in ("public", "compact", "restricted"):
        project = Project.objects.unscoped("test").get(reference=reference)
        Contribution.objects.unscoped("test").create(
            contributor=giver,
            project=project,
            currency="USD",
            amount=Decimal(1000),
            amount_usd=Decimal(1000),
            received_on=date(2019, 3, 1),
            level=project.level,
            provenance="illustrative",
        )
    call = Appeal.objects.create(
        key="wells-appeal", title="The appeal for wells", first_year=2019, last_year=2020, source="s"
    )
    for reference, asked in (("public", 500), ("compact", 300)):
        project = Project.objects.unscoped("test").get(reference=reference)
        AppealEntry.objects.unscoped("test").create(
            appeal=call,
            project=project,
            level=project.level,
            title=project.title,
            entity=water,
            pillar=Pillar.objects.get(code="I"),
            requirement_usd=Decimal(asked),
            at_launch=reference == "public",
            provenance="illustrative",
        )
    AppealEntry.objects.unscoped("test").create(
        appeal=call, title="A pump elsewhere", entity=water, requirement_usd=Decimal(40), provenance="illustrative"
    )
    entries = InventoryEntry.objects.unscoped("test").filter(inventory__key="wells-2019")
    entries.filter(project__reference="formula").update(budget=None, budget_usd=None)
    entries.filter(project__reference="well-01").update(funding=Decimal(1_200_000), funding_usd=Decimal(1_200_000))
    entries.filter(project__reference="well-02").update(funding=Decimal(0), funding_usd=Decimal(0))
    return house
