"""The small house with a library: publications of two pillars and none, an audit, what was sent in."""

from decimal import Decimal

import pytest

from colonnade.members.models import Entity
from colonnade.places.models import Country
from colonnade.results.models import OversightRecommendation, Publication, Submission
from colonnade.strategy.models import Pillar
from colonnade.web.conftest import House


@pytest.fixture
def shelves(house: House) -> House:
    """Five publications, three oversight rows, three submissions of which one stands for twenty."""
    water = Entity.objects.get(code="WATER")
    pipes = Entity.objects.create(
        code="PIPES", abbreviation="PIPES", name="Pipe Office", kind="office", role="member", source="s"
    )
    pillars = {pillar.code: pillar for pillar in Pillar.objects.all()}
    for code, kind, title, pillar, published_in, standing, publishers in (
        ("digging", "handbook", "Digging by hand", "I", "2019-11", "published", [water]),
        ("lining", "handbook", "Lining a well", "I", "2018", "published", [water, pipes]),
        ("joints", "guide", "Joints that hold", "II", "2019-05-20", "published", [pipes]),
        ("taps", "guide", "=Taps, a guide", "II", "2020", "planned", [pipes]),
        ("songs", "study", "Songs of the wells", None, "", "published", []),
    ):
        row = Publication.objects.create(
            code=code,
            kind=kind,
            title=title,
            pillar=pillars[pillar] if pillar else None,
            published_in=published_in,
            standing=standing,
            source="W/1 para. 2",
        )
        row.publishers.set(publishers)
    for code, field, number, importance, done in (
        ("audit", "All fields", 12, "important", Decimal(90)),
        ("audit-critical", "All fields", 0, "critical", None),
        ("audit-1", "Planning", None, "important", None),
    ):
        OversightRecommendation.objects.create(
            code=code,
            report="Audit of the wells",
            body="Office of Audits",
            released_in="2018-12",
            field=field,
            number=number,
            importance=importance,
            percent_implemented=done,
            standing="Accepted",
            source="s",
        )
    Submission.objects.create(
        kind="state", submitter="Hereland", country=Country.objects.get(code="QMA"), source="footnote 1"
    )
    Submission.objects.create(kind="organisation", submitter="Pipe Office", entity=pipes, source="footnote 2")
    Submission.objects.create(kind="civil_society", submitter="Societies", number=20, source="para. 3")
    return house
