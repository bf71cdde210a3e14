"""Who funds what where, and who plans to, as far as one reader is told: the coordination among donors.

A line is a donor at an entry of the appeal, or at a pillar, a State or a region that a plan names. It comes from what
the donor said of a pledge or a plan, from a pledge that is read by its level, or from a contribution to the project.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from colonnade.core.viewer import Viewer
from colonnade.funding.appeal_sums import CROWDED
from colonnade.funding.models import (
    Appeal,
    AppealEntry,
    Contributor,
    Intention,
    IntentionAmount,
    Pledge,
    Shown,
)
from colonnade.funding.queries.appeal_places import About
from colonnade.funding.queries.appealing import AskedFor, Kind, Toward, toward


class How(StrEnum):
    """In which way a donor is there."""

    CONTRIBUTED = "contributed"
    PLEDGED = "pledged"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class DonorLine:
    """A donor at one thing. ``usd`` is ``None`` where the reader is not told how much. ``intention`` is what the donor
    said, where they said it here; ``pledge`` is what it rests on, or the latest of those that were added up, where the
    reader may read it: its standing is that of the line."""

    contributor: Contributor
    how: How
    entry: AppealEntry | None
    pillar: str | None
    regions: tuple[str, ...]
    countries: tuple[str, ...]
    first_year: int | None
    last_year: int | None
    usd: Decimal | None
    intention: Intention | None = None
    pledge: Pledge | None = None


@dataclass(frozen=True, slots=True)
class Crowd:
    """A place or a pillar at which at least :data:`CROWDED` donors are seen."""

    dimension: str
    code: str
    donors: tuple[Contributor, ...]


def donor_lines(viewer: Viewer, appeal: Appeal, asked: Sequence[AskedFor], places: About) -> list[DonorLine]:
    """Every line that ``viewer`` may read, by the donor's name."""
    entries = {one.entry.pk: one.entry for one in asked}
    said = list(
        Intention.objects.visible_to(viewer)
        .filter(appeal=appeal, ended_on__isnull=True)
        .select_related("contributor__country", "contributor__entity", "entry", "pillar", "region", "country__region")
        .order_by("pk")
    )
    planned = dict(
        IntentionAmount.objects.visible_to(viewer)
        .filter(intention__in=[one.pk for one in said])
        .values_list("intention_id", "amount_usd")
    )
    money = toward(viewer, appeal, list(entries.values()))
    pledged = {one.record: one.usd for one in money if one.kind == Kind.PLEDGED}
    told = {one.rests_on_id for one in said if one.rests_on_id is not None}
    pledges = Pledge.objects.visible_to(viewer).in_bulk({*told, *pledged})
    lines = []
    for one in said:
        entry = entries.get(one.entry_id or 0)
        if one.entry_id is not None and entry is None:
            continue  # it left the appeal
        rests = one.kind == Intention.Kind.PLEDGE
        usd = pledged.get(one.rests_on_id or 0) if rests else planned.get(one.pk)
        how = How.PLEDGED if rests else How.PLANNED
        pledge = pledges.get(one.rests_on_id or 0)
        lines.append(replace(_said(one, how, entry, usd, places), pledge=pledge))
    lines += _by_the_books(money, entries, told, places, pledges)
    return sorted(lines, key=lambda line: (line.contributor.name, line.how, line.entry.title if line.entry else ""))


def intentions_of(viewer: Viewer, appeal: Appeal, donors: Iterable[int]) -> list[Intention]:
    """What these donors said and did not end, the latest first."""
    rows = Intention.objects.visible_to(viewer).filter(appeal=appeal, contributor__in=donors, ended_on__isnull=True)
    return list(rows.select_related("contributor__country", "contributor__entity", "entry", "pillar", "country"))


def intention_called(viewer: Viewer, appeal: Appeal, public_id: str) -> Intention | None:
    """One of them."""
    rows = Intention.objects.visible_to(viewer).filter(appeal=appeal, public_id=public_id)
    return rows.select_related("contributor__country", "contributor__entity", "entry").first()


def without_a_donor(asked: Sequence[AskedFor], lines: Sequence[DonorLine]) -> list[AskedFor]:
    """Entries that are short and at which no donor is seen, the largest shortfall first: the gaps."""
    there = {line.entry.pk for line in lines if line.entry is not None}
    gaps = [one for one in asked if one.entry.pk not in there and one.sums.received == 0 and one.sums.shortfall > 0]
    return sorted(gaps, key=lambda one: (-one.sums.shortfall, one.entry.title))


def beyond_their_requirement(asked: Sequence[AskedFor]) -> list[AskedFor]:
    """Entries that are to get more than they ask for, the largest surplus first."""
    return sorted((one for one in asked if one.sums.surplus > 0), key=lambda one: -one.sums.surplus)


def crowds(lines: Sequence[DonorLine]) -> list[Crowd]:
    """Pillars, regions and States at which many donors are seen, the most first."""
    there: dict[tuple[str, str], dict[int, Contributor]] = defaultdict(dict)
    for line in lines:
        for dimension, codes in (
            ("pillar", (line.pillar,) if line.pillar else ()),
            ("region", line.regions),
            ("country", line.countries),
        ):
            for code in codes:
                there[dimension, code][line.contributor.pk] = line.contributor
    found = [
        Crowd(dimension, code, tuple(sorted(donors.values(), key=lambda one: one.name)))
        for (dimension, code), donors in there.items()
        if len(donors) >= CROWDED
    ]
    return sorted(found, key=lambda one: (-len(one.donors), one.dimension, one.code))


def is_shared(intention: Intention) -> bool:
    """Whether its donor lets others see anything of it."""
    return intention.shown != Shown.NOTHING


def _said(one: Intention, how: How, entry: AppealEntry | None, usd: Decimal | None, places: About) -> DonorLine:
    if entry is not None:
        pillar = entry.pillar.code if entry.pillar else None
        regions, countries = tuple(places.of("regions", entry)), tuple(places.of("countries", entry))
    else:
        pillar = one.pillar.code if one.pillar else None
        countries = (one.country.code,) if one.country else ()
        of = one.region or (one.country.region if one.country else None)
        regions = (of.code,) if of else ()
    return DonorLine(one.contributor, how, entry, pillar, regions, countries, one.first_year, one.last_year, usd, one)


def _by_the_books(
    money: Iterable[Toward],
    entries: dict[int, AppealEntry],
    told: set[int],
    places: About,
    pledges: Mapping[int, Pledge],
) -> Iterable[DonorLine]:
    """Lines of pledges and contributions of which the donor said nothing here, one a donor, entry and standing."""
    sums: dict[tuple[int, How, int, str], Decimal] = defaultdict(Decimal)
    latest: dict[tuple[int, How, int, str], Pledge] = {}
    for one in money:
        if one.contributor is None or (one.kind == Kind.PLEDGED and one.record in told):
            continue
        if one.kind in (Kind.PLEDGED, Kind.CONTRIBUTED):
            how = How.PLEDGED if one.kind == Kind.PLEDGED else How.CONTRIBUTED
            pledge = pledges.get(one.record) if how == How.PLEDGED else None
            line = (one.contributor, how, one.entry, pledge.standing if pledge else "")
            sums[line] += one.usd
            if pledge is not None:
                latest[line] = pledge
    givers = Contributor.objects.select_related("country", "entity").in_bulk({line[0] for line in sums})
    for line, usd in sums.items():
        giver, how, key, _standing = line
        entry = entries[key]
        yield DonorLine(
            givers[giver],
            how,
            entry,
            entry.pillar.code if entry.pillar else None,
            tuple(places.of("regions", entry)),
            tuple(places.of("countries", entry)),
            None,
            None,
            usd,
            pledge=latest.get(line),
        )
